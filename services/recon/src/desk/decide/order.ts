import { headers as names, topics } from '@tributary/contracts';
import type { OrderAction } from '@tributary/contracts';

export type { OrderAction };

/** A dead letter as it is dispatched to its group. */
export interface DispatchedLetter {
  /** Id of the item: its group answers under it. */
  readonly item: string;
  readonly action: OrderAction;
  readonly reason: string;
  /** The ERP's keys of the document that stands for it. */
  readonly reference: Readonly<Record<string, string>> | null;
  /** For a replay that answers a question of a flow: the code of the question and the answer. */
  readonly answer: { readonly code: string; readonly text: string } | null;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string;
  readonly value: Buffer;
  /** Of the dead letter. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A record for the replay topic, with its partition. */
export interface ReplayRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Headers of the failure and of an earlier order: the dispatched record has its own, or none. */
const failureHeaderNames = new Set<string>([
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
 * The record that returns a dead letter to its group, in the partition that the message came from: the member that owns the partition owns
 * the sequence, and handles the record as its head (I4).
 */
export function replayRecord(letter: DispatchedLetter): ReplayRecord {
  const kept = Object.entries(letter.headers).filter(([name]) => !failureHeaderNames.has(name));
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
      ...(letter.answer ? { [names.answers]: withAnswer(letter.headers[names.answers], letter.answer) } : {}),
    },
  };
}

/** The answers that were given before, and this one. Each stands under the code of its question, so it never counts for another one. */
function withAnswer(before: string | undefined, { code, text }: { readonly code: string; readonly text: string }): string {
  const known = before === undefined ? {} : (JSON.parse(before) as Record<string, string>);
  return JSON.stringify({ ...known, [code]: text });
}

/** Key of the messages that stay in order: one sequence of one partition of one group. */
export function laneOf(letter: {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly sequence: string;
}): string {
  return `${letter.group}/${letter.topic}/${letter.partition}/${letter.sequence}`;
}

/** Delay before an unanswered item is dispatched again, ms: doubled each time, bounded. Its group acts once, so a repeat costs one look-up. */
export function redeliveryDelayMs(firstMs: number, deliveryCount: number): number {
  return Math.min(firstMs * 2 ** Math.max(0, deliveryCount - 1), longestRedeliveryDelayMs);
}

const longestRedeliveryDelayMs = 600_000;
