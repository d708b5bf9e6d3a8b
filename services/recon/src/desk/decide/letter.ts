import { shortReference } from '@tributary/domain';
import { fieldsOf, moneyOfObject } from '../../intake/decide/raw-event.js';
import type { MoneyAtRisk } from '../../intake/decide/raw-event.js';

export type { MoneyAtRisk };

/** SourceRecord of the message that died: what the group that has its partition knows it by. */
export interface SourceRecord {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

const idLength = 16;

/** Id of a dead letter, by where its record lies: the same after a rebuild. 80 bits, short enough to be read aloud. */
export function letterId(topic: string, partition: number, offset: bigint): string {
  return `dl_${shortReference(`${topic}/${partition}/${offset}`, idLength)}`;
}

/** Id under which a dead letter is given back by an order: unique per letter and decision, and it names the letter. */
export function itemId(orderId: string, letter: string): string {
  return `${orderId}:${letter}`;
}

/** The letter that an answer is about; undefined when the order was not made here. */
export function letterOfItem(item: string): string | undefined {
  return /^ord_[\w-]+:(dl_[0-9A-Z]{16})$/.exec(item)?.[1];
}

export interface LetterOfSource {
  readonly id: string;
  /** Letters of one place, oldest first. */
  readonly order: bigint;
  readonly deadAtMs: number;
}

export interface Closure {
  readonly itemId: string;
  readonly result: string;
  readonly closedAtMs: number;
}

export type LetterState =
  { readonly state: 'open' | 'ordered' } | { readonly state: 'closed'; readonly result: string; readonly closedAtMs: number };

/** Answers after which the message is done with. */
const ended = new Set(['replayed', 'skipped', 'resolved']);

/**
 * How the dead letters of one place stand, whatever was read first. A message can die again and again; the newest letter is the one that
 * counts, an older one ended by its own answer or because there is a newer one.
 * @param ordered letters that an unfinished order will give back.
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
      // Any order that ended the message ended every letter of it that there was: also one by another tool, or about a repeated letter.
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
 * Money that a message is about, if it tells any: `amount` of a canonical fact, a posting request or an outcome, or the amount of the object
 * in a raw Stripe event by its type. In minor units; the currency is what the message says, and may be none.
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
