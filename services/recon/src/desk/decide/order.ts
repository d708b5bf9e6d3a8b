import { headers as names, topics } from '@tributary/contracts';
import type { OrderAction } from '@tributary/contracts';

export type { OrderAction };

/** A dead letter as it is dispatched to its consumer group. */
export interface DispatchedLetter {
  /** Id of the order item: the consumer group reports its result under this id. */
  readonly item: string;
  readonly action: OrderAction;
  readonly reason: string;
  /** For `resolve`: the keys under which the ERP has the document. */
  readonly reference: Readonly<Record<string, string>> | null;
  /** For a replay that answers a question of a flow: the code of the question, and the answer. */
  readonly answer: { readonly code: string; readonly text: string } | null;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string;
  readonly value: Buffer;
  /** Headers of the dead letter. */
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

/** Headers of the failure and of an earlier order. They are not copied: the dispatched record sets its own, or none. */
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
  names.orderSeal,
]);

/** Longest reason in a header, characters: the size of a record is limited. */
const longestReason = 1_000;

/**
 * The record that returns a dead letter to its consumer group, in the partition of the original message: the member that owns the partition
 * also owns the sequence, and handles the record as its head (I4).
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

/** Adds this answer to the earlier ones. Each is stored under the code of its question, so it never applies to another question. */
function withAnswer(before: string | undefined, { code, text }: { readonly code: string; readonly text: string }): string {
  const known = before === undefined ? {} : (JSON.parse(before) as Record<string, string>);
  return JSON.stringify({ ...known, [code]: text });
}

/** Key that groups messages which must stay in order: one sequence of one partition of one consumer group. */
export function laneOf(letter: {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly sequence: string;
}): string {
  return `${letter.group}/${letter.topic}/${letter.partition}/${letter.sequence}`;
}

/**
 * Delay before an unanswered item is dispatched again, ms: doubled each time, with an upper bound. The consumer group acts on an item only
 * once, so a repeat costs it one lookup.
 */
export function redeliveryDelayMs(firstMs: number, deliveryCount: number): number {
  return Math.min(firstMs * 2 ** Math.max(0, deliveryCount - 1), longestRedeliveryDelayMs);
}

const longestRedeliveryDelayMs = 600_000;
