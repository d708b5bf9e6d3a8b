import type { ConsumerConfig, IHeaders } from 'kafkajs';
import type { IncomingMessage } from '../envelope.js';
import { libraryRetry, metadataMaxAgeMs } from './kafka-client.js';

/** Time that the coordinator waits for members to join again, milliseconds. */
export const rebalanceTimeoutMs = 60_000;
/** Interval of heartbeats, milliseconds; shorter where a session is shorter than three of them. */
export const heartbeatIntervalMs = 3_000;
/** Retries of a consumer's requests, before the client restarts it. */
export const consumerRetry = { ...libraryRetry, retries: 5, maxRetryTime: 3_000 };

/** Client configuration of a group member (docs/reference/kafkajs.md, section 12). */
export function consumerConfig(groupId: string, sessionTimeoutMs: number): ConsumerConfig {
  return {
    groupId,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: rebalanceTimeoutMs,
    heartbeatInterval: Math.min(heartbeatIntervalMs, sessionTimeoutMs / 3),
    metadataMaxAge: metadataMaxAgeMs,
    maxWaitTimeInMs: 500,
    minBytes: 1,
    // Small fetches: records of a paused partition are decoded, dropped and fetched again (with 10 MiB here, 226 MiB more memory in ten minutes
    // of an unavailable target). A batch that is larger than the limit comes alone.
    maxBytes: 2_097_152,
    maxBytesPerPartition: 1_048_576,
    allowAutoTopicCreation: false,
  };
}

/** Converts a record of the client. */
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

/** Waits for a promise to settle, whatever its result, but at most `ms` milliseconds. */
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
