import type { EventDefinition } from '@tributary/contracts';

/** The context of a message: a handler's second argument. */
export interface MessageContext {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Record key as text. */
  readonly key: string;
  /** All headers as text. */
  readonly headers: Readonly<Record<string, string>>;
  /** `ce_id`. */
  readonly eventId: string;
  /** `ce_type`. */
  readonly eventType: string;
  /** `tributary_sequence`, or the key when absent. */
  readonly sequence: string;
  /** `tributary_source_event`, or '' when absent. */
  readonly sourceEventId: string;
  /** 1 for the first delivery to the handler in this process. */
  readonly attempt: number;
  /** Aborted when the partition is lost, or the grace period at shutdown is over. */
  readonly signal: AbortSignal;
}

/** One message to publish. */
export interface Outgoing<Value = unknown> {
  readonly event: EventDefinition<Value>;
  /** Needed where the event has no fixed topic (posting requests). */
  readonly topic?: string;
  readonly key: string;
  /** Event id; deterministic. */
  readonly id: string;
  /** null is a tombstone. */
  readonly value: Value | null;
  readonly sequence?: string;
  readonly sourceEventId?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A record that is already encoded: a dead letter, a replay. */
export interface RawRecord {
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string | Buffer>>;
  /** Default: by key. */
  readonly partition?: number;
}

/** Options of one publish call. */
export interface PublishOptions {
  /** Give up waiting after this. The messages may still be written: consumers are idempotent. */
  readonly deadlineMs?: number;
}

/** Publishes and resolves when every message is durable (acks=all). Rejects only for messages that can never be written, or after a deadline. */
export interface Publisher {
  publish(messages: readonly Outgoing[], options?: PublishOptions): Promise<void>;
  publishRaw(records: readonly RawRecord[], options?: PublishOptions): Promise<void>;
}

/** Nest token under which services inject their Publisher. */
export const PUBLISHER = Symbol('Publisher');

/** Makes an outgoing message, typed by its event. */
export function outgoing<Value>(message: Outgoing<Value>): Outgoing {
  return message as Outgoing;
}
