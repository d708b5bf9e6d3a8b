import { shortReference } from '@tributary/domain';
import { fieldsOf, moneyOfObject } from '../../intake/decide/raw-event.js';
import type { MoneyAtRisk } from '../../intake/decide/raw-event.js';

export type { MoneyAtRisk };

/** Position of a dead-lettered message in its source topic. The consumer group that owns the partition identifies the message by it. */
export interface SourceRecord {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

const idLength = 16;

/**
 * Id of a dead letter, derived from the position of its record, so that a rebuild yields the same id. 80 bits: short enough to read aloud.
 */
export function letterId(topic: string, partition: number, offset: bigint): string {
  return `dl_${shortReference(`${topic}/${partition}/${offset}`, idLength)}`;
}

/** Id under which an order dispatches a dead letter: unique per letter and order, and it contains the id of the letter. */
export function itemId(orderId: string, letter: string): string {
  return `${orderId}:${letter}`;
}

/** The letter that a result refers to; undefined when the order was not created by recon. */
export function letterOfItem(item: string): string | undefined {
  return /^ord_[\w-]+:(dl_[0-9A-Z]{16})$/.exec(item)?.[1];
}

/** A dead letter as one of several of the same source record. */
export interface LetterOfSource {
  readonly id: string;
  /** Sorts the letters of one source record, oldest first. */
  readonly order: bigint;
  readonly deadAtMs: number;
}

/** The result that a consumer group reported for one item of an order. */
export interface Closure {
  readonly itemId: string;
  readonly result: string;
  readonly closedAtMs: number;
}

/** State of a dead letter; `ordered` while an unfinished order contains it. */
export type LetterState =
  { readonly state: 'open' | 'ordered' } | { readonly state: 'closed'; readonly result: string; readonly closedAtMs: number };

/** Results after which the message needs no further processing. */
const ended = new Set(['replayed', 'skipped', 'resolved']);

/**
 * The state of every dead letter of one source record, independent of the order in which events were read. A message can be dead-lettered
 * several times. Only its newest letter can be open or ordered; an older one is closed by its own result or because a newer letter exists.
 * @param ordered letters that an unfinished order will dispatch.
 */
export function letterStates(
  letters: readonly LetterOfSource[],
  closures: readonly Closure[],
  ordered: ReadonlySet<string>,
): ReadonlyMap<string, LetterState> {
  const sorted = [...letters].sort((a, b) => (a.order < b.order ? -1 : 1));
  return new Map(
    sorted.map((letter, index): [string, LetterState] => {
      const own = closures.find((closure) => letterOfItem(closure.itemId) === letter.id);
      if (own) return [letter.id, closedBy(own)];
      // A result that concludes the message closes all its earlier letters, also when another tool gave the order or it named a repeated
      // letter.
      const final = closures.find(({ result, closedAtMs }) => ended.has(result) && closedAtMs >= letter.deadAtMs);
      if (final) return [letter.id, closedBy(final)];
      const newer = sorted[index + 1];
      if (newer) return [letter.id, { state: 'closed', result: 'dead-again', closedAtMs: newer.deadAtMs }];
      return [letter.id, { state: ordered.has(letter.id) ? 'ordered' : 'open' }];
    }),
  );
}

function closedBy({ result, closedAtMs }: Closure): LetterState {
  return { state: 'closed', result, closedAtMs };
}

/**
 * The amount that a message is about, if it has one: `amount` of a canonical fact, a posting request or an outcome; for a raw Stripe event,
 * the amount of its object by the type of the object. In minor units; the currency is taken from the message and may be invalid.
 */
export function moneyAtRisk(value: unknown): MoneyAtRisk | undefined {
  const record = fieldsOf(value);
  const stripe = moneyOfObject(fieldsOf(fieldsOf(record.data).object));
  if (stripe) return stripe;
  for (const holder of [record, ...Object.values(record).map(fieldsOf)]) {
    const { minor, currency } = fieldsOf(holder.amount);
    if (typeof minor === 'bigint' && typeof currency === 'string') return { minor, currency };
  }
  return undefined;
}
