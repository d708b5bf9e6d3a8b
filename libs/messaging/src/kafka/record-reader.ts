import { setTimeout as delay } from 'node:timers/promises';
import type { IncomingMessage } from '../envelope.js';
import { clusterOf } from './client-cluster.js';
import type { ClientCluster, ClientRecord, FetchedPartition } from './client-cluster.js';
import { incoming } from './group-helpers.js';
import { kafkaClient, metadataMaxAgeMs } from './kafka-client.js';
import type { KafkaConnection } from './kafka-client.js';

/** Where a record is looked for when its place is not known. */
export interface RecordSearch {
  readonly topic: string;
  /** When it was written at the earliest and at the latest, ms since 1970. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Partition that is looked at first. */
  readonly first?: number;
  isIt(message: IncomingMessage): boolean;
}

/** The records of a partition before this one are no longer kept, or there is none behind its end. */
export class RecordGoneError extends Error {}

/** The whole of one look-up, ms: a page waits for it. */
const withinMs = 6_000;
const fetchWaitMs = 100;
/** A batch that is larger than this comes alone. */
const searchBytes = 262_144;
/** Most that is read of one partition in a search. */
const searchedBytes = 8 * searchBytes;
const outOfRange = 'OFFSET_OUT_OF_RANGE';

/**
 * Reads single records beside whatever groups read a topic: without a group, so that it needs no right but to read the topic, and leaves
 * nothing behind. Each call connects, reads and disconnects.
 */
export class RecordReader {
  constructor(private readonly connection: KafkaConnection) {}

  /**
   * The record at a place; undefined where the offset has none (compaction, control records).
   * @throws {RecordGoneError} when it is not kept any more; an Error when the brokers do not answer in time, or refuse.
   */
  async at(topic: string, partition: number, offset: bigint): Promise<IncomingMessage | undefined> {
    return this.within(topic, async (cluster) => {
      const fetched = await fetchFrom(cluster, topic, partition, offset, 1);
      const found = fetched?.messages.find((record) => BigInt(record.offset) === offset && !record.isControlRecord);
      return found && asMessage(topic, partition, found);
    });
  }

  /** The first record of a topic that is the one, among those that were written in a span of time; undefined when none is. */
  async find(search: RecordSearch): Promise<IncomingMessage | undefined> {
    const { topic, first } = search;
    return this.within(topic, async (cluster, isOver) => {
      const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId: partition }) => ({ partition }));
      const [starts] = await cluster.fetchTopicsOffset([{ topic, partitions, fromTimestamp: search.fromMs }]);
      const inOrder = [...(starts?.partitions ?? [])].sort((a, b) => Number(b.partition === first) - Number(a.partition === first));
      for (const { partition, offset } of inOrder) {
        if (Number(offset) < 0) continue; // nothing was written that late
        const found = await searchPartition(cluster, search, partition, BigInt(offset), isOver);
        if (found) return found;
      }
      return undefined;
    });
  }

  private async within<T>(topic: string, work: (cluster: ClientCluster, isOver: () => boolean) => Promise<T>): Promise<T> {
    const cluster = clusterOf(kafkaClient({ ...this.connection, clientId: `${this.connection.clientId}-record` }), metadataMaxAgeMs);
    const ended = new AbortController();
    const late = delay(withinMs, undefined, { signal: ended.signal }).then(
      () => Promise.reject(new Error(`reading a record of ${topic}: no answer within ${withinMs} ms`)),
      () => new Promise<never>(() => undefined),
    );
    const reading = async (): Promise<T> => {
      await cluster.connect();
      await cluster.addTargetTopic(topic);
      return work(cluster, () => ended.signal.aborted);
    };
    try {
      return await Promise.race([reading(), late]);
    } catch (error) {
      if ((error as { readonly type?: unknown }).type === outOfRange)
        throw new RecordGoneError(`${topic}: the record is not kept any more`, { cause: error });
      throw error;
    } finally {
      ended.abort();
      await cluster.disconnect().catch(() => undefined);
    }
  }
}

async function searchPartition(
  cluster: ClientCluster,
  { topic, toMs, isIt }: RecordSearch,
  partition: number,
  start: bigint,
  isOver: () => boolean,
): Promise<IncomingMessage | undefined> {
  let from = start;
  for (let read = 0; read < searchedBytes && !isOver(); read += searchBytes) {
    const fetched = await fetchFrom(cluster, topic, partition, from, searchBytes);
    const records = (fetched?.messages ?? []).filter(({ offset }) => BigInt(offset) >= from);
    const found = records
      .filter(({ isControlRecord }) => !isControlRecord)
      .map((record) => asMessage(topic, partition, record))
      .find(isIt);
    const last = records.at(-1);
    if (found || last === undefined) return found;
    from = BigInt(last.offset) + 1n;
    if (from >= BigInt(fetched?.highWatermark ?? '0') || (!last.isControlRecord && Number(last.timestamp) > toMs)) return undefined;
  }
  return undefined;
}

async function fetchFrom(
  cluster: ClientCluster,
  topic: string,
  partition: number,
  offset: bigint,
  maxBytes: number,
): Promise<FetchedPartition | undefined> {
  const leader = cluster.findTopicPartitionMetadata(topic).find(({ partitionId }) => partitionId === partition)?.leader;
  if (leader === undefined) throw new RecordGoneError(`${topic} has no partition ${partition}`);
  const broker = await cluster.findBroker({ nodeId: String(leader) });
  const { responses } = await broker.fetch({
    ...{ replicaId: -1, isolationLevel: 1, maxWaitTime: fetchWaitMs, minBytes: 1, maxBytes },
    topics: [{ topic, partitions: [{ partition, fetchOffset: offset.toString(), maxBytes }] }],
  });
  return responses[0]?.partitions[0];
}

const asMessage = (topic: string, partition: number, record: ClientRecord): IncomingMessage => incoming(topic, partition, record);
