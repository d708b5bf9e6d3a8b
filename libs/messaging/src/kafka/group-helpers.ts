import type { ConsumerConfig, IHeaders } from 'kafkajs';
import type { IncomingMessage } from '../envelope.js';
import type { PartitionWorker } from '../partition-worker.js';
import { libraryRetry, metadataMaxAgeMs } from './kafka-client.js';

export const rebalanceTimeoutMs = 60_000;
export const heartbeatIntervalMs = 3_000;
export const consumerRetry = { ...libraryRetry, retries: 5, maxRetryTime: 3_000 };

/** What a member of a group is set up with (docs/reference/kafkajs.md, section 12). */
export function consumerConfig(groupId: string, sessionTimeoutMs: number): ConsumerConfig {
  return {
    groupId,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: rebalanceTimeoutMs,
    heartbeatInterval: Math.min(heartbeatIntervalMs, sessionTimeoutMs / 3),
    metadataMaxAge: metadataMaxAgeMs,
    maxWaitTimeInMs: 500,
    minBytes: 1,
    // No more than is worked on soon: what a held partition gives beyond that is decoded, dropped and fetched again (226 MiB more memory in ten
    // minutes of a silent target with 10 MiB here). A batch that is larger than this comes alone.
    maxBytes: 2_097_152,
    maxBytesPerPartition: 1_048_576,
    allowAutoTopicCreation: false,
  };
}

/** A partition as long as it is assigned to this consumer. */
export interface Assigned {
  readonly worker: PartitionWorker;
  readonly topic: string;
  readonly partition: number;
  committed: bigint | undefined;
  /** Commit function of the newest batch: works as long as the group generation stands. */
  commit: ((offset: bigint) => Promise<void>) | undefined;
  /** A commit without a batch is under way. */
  committing: boolean;
}

/** A partition as keys of maps and people call it. */
export function nameOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

/** A record as the client gives it, as ours. */
export function incoming(
  topic: string,
  partition: number,
  record: { offset: string; key: Buffer | null; value: Buffer | null; headers?: IHeaders; timestamp: string },
): IncomingMessage {
  return {
    topic,
    partition,
    offset: BigInt(record.offset),
    key: record.key,
    value: record.value,
    headers: record.headers ?? {},
    timestamp: Number(record.timestamp),
  };
}

/** Waits for work, but no longer than this; what it fails with is not looked at. @param ms milliseconds. */
export async function within(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    work.then(
      () => undefined,
      () => undefined,
    ),
    new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    }),
  ]);
  clearTimeout(timer);
}
