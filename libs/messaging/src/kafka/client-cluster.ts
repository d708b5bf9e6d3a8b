import type { Kafka } from 'kafkajs';

/** A record as the client decodes it. */
export interface ClientRecord {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;
  readonly isControlRecord?: boolean;
}

/** What a fetch says of one partition. */
export interface FetchedPartition {
  readonly partition: number;
  readonly highWatermark: string;
  readonly messages: readonly ClientRecord[];
}

interface FetchRequest {
  readonly replicaId: -1;
  readonly isolationLevel: 1;
  readonly maxWaitTime: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly fetchOffset: string; readonly maxBytes: number }[];
  }[];
}

interface ClientBroker {
  fetch(request: FetchRequest): Promise<{ readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[] }>;
}

/** The part of the client below its consumers: requests to single brokers, without a consumer group. */
export interface ClientCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addTargetTopic(topic: string): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number; readonly leader: number }[];
  findBroker(of: { readonly nodeId: string }): Promise<ClientBroker>;
  fetchTopicsOffset(
    topics: readonly {
      readonly topic: string;
      readonly partitions: readonly { readonly partition: number }[];
      readonly fromTimestamp?: number;
      readonly fromBeginning?: boolean;
    }[],
  ): Promise<{ readonly partitions: readonly { readonly partition: number; readonly offset: string }[] }[]>;
}

interface Options {
  readonly metadataMaxAge: number;
  readonly allowAutoTopicCreation: false;
  readonly isolationLevel: 1;
}

/**
 * A cluster with the connection of a client. The library has consumers only with a group, and a group for one record would have to be joined
 * and may have to be deleted, which takes seconds and a right that readers of single records do not need.
 * @throws {TypeError} with a version of the client that makes its clusters in another way; it is pinned exactly.
 */
export function clusterOf(client: Kafka, metadataMaxAge: number): ClientCluster {
  const own = Object.getOwnPropertySymbols(client).find(({ description }) => description === 'private:Kafka:createCluster');
  const make = own === undefined ? undefined : (client as unknown as Record<symbol, (options: Options) => ClientCluster>)[own];
  if (make === undefined) throw new TypeError('this version of kafkajs makes its clusters in another way');
  return make({ metadataMaxAge, allowAutoTopicCreation: false, isolationLevel: 1 });
}
