import type { PartitionMetadata } from 'kafkajs';
import type { EncodedMessage } from '../partition-send-queue.js';
import { textOf } from './client-errors.js';
import { kafkaClient, libraryRetry, metadataMaxAgeMs, Partitioners } from './kafka-client.js';
import type { KafkaConnection } from './kafka-client.js';
import { keyPartition } from './key-partition.js';

const metadataRetryMs = 500;
/** Partition counts only grow, so an old list still names partitions that exist. */
const metadataKeptMs = metadataMaxAgeMs * 20;

/** The partitions of topics as the brokers last named them, and which of them a record belongs to. */
export class TopicPartitions {
  private readonly known = new Map<string, { at: number; metadata: PartitionMetadata[] }>();
  private readonly asking = new Map<string, Promise<PartitionMetadata[]>>();
  private readonly partition = Partitioners.DefaultPartitioner();
  private closed = false;

  /** @param onProblem called with every failure to read a topic's partitions. */
  constructor(
    private readonly connection: KafkaConnection,
    private readonly onProblem: (problem: string) => void,
  ) {}

  /** The partition of a record while the partitions of its topic are known; undefined while somebody waits for them, who comes first. */
  knownPartitionOf(topic: string, message: EncodedMessage): number | undefined {
    const known = this.asking.has(topic) ? undefined : this.known.get(topic);
    if (!known || Date.now() - known.at >= metadataKeptMs) return undefined;
    return this.partitionAmong(topic, known.metadata, message);
  }

  /** The partition of a record, by its key. Waits for a topic that does not exist yet, as for a broker. */
  async partitionOf(topic: string, message: EncodedMessage): Promise<number> {
    const metadata = await this.metadataOf(topic);
    return this.partitionAmong(topic, metadata, message);
  }

  private partitionAmong(topic: string, partitionMetadata: PartitionMetadata[], { key, value }: EncodedMessage): number {
    return key === null
      ? this.partition({ topic, partitionMetadata, message: { key, value } })
      : keyPartition(key, partitionMetadata.length);
  }

  /** Node id of a partition's leader, or -1 while it is unknown. */
  leaderOf(topic: string, partition: number): number {
    return this.known.get(topic)?.metadata.find(({ partitionId }) => partitionId === partition)?.leader ?? -1;
  }

  /** Ends the waiting for topics that do not exist. */
  close(): void {
    this.closed = true;
  }

  private async metadataOf(topic: string): Promise<PartitionMetadata[]> {
    const known = this.known.get(topic);
    if (known && Date.now() - known.at < metadataKeptMs) return known.metadata;
    // One request for all waiting callers: their messages keep their order, over one connection.
    let asked = this.asking.get(topic);
    if (!asked) {
      asked = this.askMetadata(topic).finally(() => this.asking.delete(topic));
      this.asking.set(topic, asked);
    }
    return asked;
  }

  private async askMetadata(topic: string): Promise<PartitionMetadata[]> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.readMetadata(topic);
      } catch (error) {
        this.onProblem(`${topic}: ${textOf(error)}`);
        if (this.closed) throw error;
        if (attempt % 10 === 0) this.connection.log?.('warn', `reading the partitions of ${topic}: ${textOf(error)}; trying again`, {});
        await new Promise((resolve) => setTimeout(resolve, metadataRetryMs));
      }
    }
  }

  private async readMetadata(topic: string): Promise<PartitionMetadata[]> {
    const admin = kafkaClient({ ...this.connection, clientId: `${this.connection.clientId}-metadata` }).admin({
      retry: { ...libraryRetry, retries: 2 },
    });
    try {
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const metadata = topics[0]?.partitions ?? [];
      if (metadata.length === 0) throw new Error(`topic ${topic} has no partitions`);
      metadata.sort((a, b) => a.partitionId - b.partitionId);
      // The default partitioner prefers partitions with a leader for records without a key only; ours all have keys.
      this.known.set(topic, { at: Date.now(), metadata });
      return metadata;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}
