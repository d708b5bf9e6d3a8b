import { headers as names, topics } from '@tributary/contracts';
import type { OrderAction } from '@tributary/contracts';

export type { OrderAction };

/** A dead letter as it is given back. */
export interface GivenLetter {
  /** Id under which it is given back, and under which its group answers. */
  readonly item: string;
  readonly action: OrderAction;
  readonly reason: string;
  /** The ERP's keys of the document that stands for it. */
  readonly reference: Readonly<Record<string, string>> | null;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string;
  readonly value: Buffer;
  /** Of the dead letter. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A record for the replay topic: bytes, in a partition that is given. */
export interface ReplayRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Headers of the dead letter itself, and of an earlier order: the record says these anew, or not at all. */
const ofTheDeath = new Set<string>([
  names.errorCode,
  names.errorText,
  names.errorContext,
  names.attempts,
  names.firstFailureAt,
  names.lastFailureAt,
  names.disposition,
  names.dueAt,
  names.order,
  names.orderAction,
  names.orderReason,
  names.orderReference,
]);

/** Text of a header is bounded: a record has a largest size, and a reason is a sentence. */
const longestReason = 1_000;

/**
 * The record that gives a dead letter back to its group, into the partition the message came from: whoever has that partition has the
 * sequence, and acts on it as the head of the sequence (I4).
 */
export function replayRecord(letter: GivenLetter): ReplayRecord {
  const kept = Object.entries(letter.headers).filter(([name]) => !ofTheDeath.has(name));
  return {
    topic: topics.replay(letter.topic, letter.group),
    partition: letter.partition,
    key: letter.key === '' ? null : Buffer.from(letter.key),
    value: letter.value,
    headers: {
      ...Object.fromEntries(kept),
      [names.originalTopic]: letter.topic,
      [names.originalPartition]: String(letter.partition),
      [names.originalOffset]: letter.offset.toString(),
      [names.consumerGroup]: letter.group,
      [names.order]: letter.item,
      [names.orderAction]: letter.action,
      [names.orderReason]: letter.reason.slice(0, longestReason),
      ...(letter.reference ? { [names.orderReference]: JSON.stringify(letter.reference) } : {}),
    },
  };
}

/** The chain that has to stay in order: one sequence of one partition of one group. */
export function laneOf(letter: {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly sequence: string;
}): string {
  return `${letter.group}/${letter.topic}/${letter.partition}/${letter.sequence}`;
}

/** An unanswered item is given again after this long, doubled each time. Its group answers once, so that costs one look-up. */
export function giveAgainMs(firstMs: number, gives: number): number {
  return Math.min(firstMs * 2 ** Math.max(0, gives - 1), longestGiveAgainMs);
}

const longestGiveAgainMs = 600_000;
