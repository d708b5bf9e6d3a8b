import { createRequire } from 'node:module';
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import kafkajs from 'kafkajs';
import type { ISocketFactory, Kafka as KafkaType, KafkaConfig, LogEntry, RetryOptions } from 'kafkajs';
import { patchFetchDecoding } from './fetch-decoding.js';
import { patchBatchEncoding } from './batch-encoding.js';
import { patchRecordEncoding } from './record-encoding.js';
import { patchGroupMembership } from './group-membership.js';
import type { MessagingLog } from '../log.js';
import type { MessageSeals } from '../seal/message-seals.js';
import { quietSockets, withoutUnrefLeak } from './sockets.js';

/** The client's classes; everything else of the library imports them from here, so that the patches below are applied. */
export const { Kafka, PartitionAssigners, Partitioners, CompressionTypes } = kafkajs;

/** Everything here was found necessary by running it: docs/reference/kafkajs.md, sections 9 and 12. kafkajs is pinned exactly. */
interface RequestQueuePrototype {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  pending: unknown[];
  throttledUntil: number;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}
const require = createRequire(import.meta.url);
const RequestQueue = require('kafkajs/src/network/requestQueue') as { prototype: RequestQueuePrototype };

/** Stops the timer when nothing is throttled: the original keeps a 1 ms timer running per connection. */
RequestQueue.prototype.scheduleCheckPendingRequests = function scheduleCheckPendingRequests(this: RequestQueuePrototype): void {
  if (this.throttleCheckTimeoutId || this.pending.length === 0) return;
  const wait = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    wait > 0 ? wait : 10,
  );
};

interface RunnerPrototype {
  running: boolean;
  fetch(nodeId: number): Promise<unknown[]>;
}
const Runner = require('kafkajs/src/consumer/runner') as { prototype: RunnerPrototype };
const fetchOfRunner = Runner.prototype.fetch;

/**
 * Fails once the consumer is stopped. The original returns an empty fetch immediately, and fetchers that were created just after the stop (when
 * a broker came or went) are never ended: they loop without yielding to the event loop. An error ends them.
 */
Runner.prototype.fetch = function fetch(this: RunnerPrototype, nodeId: number): Promise<unknown[]> {
  if (!this.running) return Promise.reject(new kafkajs.KafkaJSError('the consumer was stopped', { retriable: true }));
  return fetchOfRunner.call(this, nodeId);
};

patchRecordEncoding();
patchBatchEncoding();
patchFetchDecoding();
patchGroupMembership();

// A consumer that meets an unknown codec stops permanently, so every process registers the two that brokers use by default.
const codecs = kafkajs.CompressionCodecs as unknown as Record<
  number,
  () => { compress(encoder: { buffer: Buffer }): Promise<Buffer>; decompress(buffer: Buffer): Promise<Buffer> }
>;
codecs[CompressionTypes.ZSTD] = () => ({
  compress: async ({ buffer }) => zstdCompressSync(buffer),
  decompress: async (buffer) => zstdDecompressSync(buffer),
});
codecs[CompressionTypes.GZIP] = () => ({
  compress: async ({ buffer }) => gzipSync(buffer),
  decompress: async (buffer) => gunzipSync(buffer),
});

/** How a client reaches a cluster. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'] | undefined;
  /** Calls the schema registry; default: `fetch`. */
  readonly registryFetch?: typeof fetch;
  /** Seals what is published and checks what is read; without it neither. */
  readonly seals?: MessageSeals;
  /** Tests cut connections with it. */
  readonly socketFactory?: ISocketFactory;
  readonly log?: MessagingLog;
}

/** Moderate: unlimited re-sending is the send queue's task. Given in full, because kafkajs changes its defaults under NODE_ENV=test. */
export const libraryRetry: RetryOptions = { retries: 8, initialRetryTime: 200, maxRetryTime: 2_000, multiplier: 2, factor: 0.2 };
/** Below the defaults, which make a frozen broker a five-minute outage (section 1, rule 8). */
export const requestTimeoutMs = 12_000;
/** Age at which the client reads cluster metadata again, milliseconds. */
export const metadataMaxAgeMs = 15_000;

/** A client object of its own: consumers share it with nothing else (section 1, rule 7). */
export function kafkaClient(connection: KafkaConnection): KafkaType {
  const { log } = connection;
  return new Kafka({
    clientId: connection.clientId,
    brokers: [...connection.brokers],
    ...(connection.ssl === undefined ? {} : { ssl: connection.ssl }),
    ...(connection.sasl === undefined ? {} : { sasl: connection.sasl }),
    socketFactory: withoutUnrefLeak(connection.socketFactory ?? quietSockets),
    connectionTimeout: 3_000,
    authenticationTimeout: 10_000,
    requestTimeout: requestTimeoutMs,
    retry: libraryRetry,
    logCreator: () => (entry: LogEntry) => {
      const { message, timestamp: _timestamp, logger: _logger, ...fields } = entry.log;
      // The library calls every retried request an error; the lanes and the watchdog decide what really is one.
      log?.(entry.level === 1 || entry.level === 2 ? 'warn' : 'debug', `kafkajs ${entry.namespace}: ${message}`, fields);
    },
  });
}
