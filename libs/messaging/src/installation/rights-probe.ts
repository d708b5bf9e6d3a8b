import { createRequire } from 'node:module';
import type { KafkaConnection } from '../kafka/kafka-client.js';

/** Requests of the client library, one at a time and with the error codes of each topic and group: its public functions stop at the first error. */
interface Wire {
  readonly connect: () => Promise<void>;
  readonly refreshMetadata: () => Promise<void>;
  readonly disconnect: () => Promise<void>;
  readonly findControllerBroker: () => Promise<{
    readonly lookupRequest: (apiKey: number, definition: unknown) => (order: object) => Exchange;
    readonly connectionPool: { send(exchange: Exchange & { logResponseError: boolean }): Promise<unknown> };
  }>;
}
interface Exchange {
  readonly request: object;
  readonly response: { readonly decode: (bytes: Buffer) => unknown };
}
const require = createRequire(import.meta.url);
const Cluster = require('kafkajs/src/cluster') as new (options: object) => Wire;
const socketFactory = require('kafkajs/src/network/socketFactory') as () => object;
const apiKeys = require('kafkajs/src/protocol/requests/apiKeys') as Record<string, number>;
const { requests } = require('kafkajs/src/protocol/requests') as { requests: Record<string, unknown> };
const Encoder = require('kafkajs/src/protocol/encoder') as new () => Writer;
interface Writer {
  writeString(text: string | null): this;
  writeInt16(value: number): this;
  writeInt32(value: number): this;
  writeArray(items: readonly Writer[]): this;
}
const quiet = { namespace: () => quiet, error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

/** TOPIC_, GROUP_ and CLUSTER_AUTHORIZATION_FAILED (Kafka protocol guide, "Error codes"). Every other answer came after the authorizer. */
const refusals: ReadonlySet<number> = new Set([29, 30, 31]);

/** Asks a broker, as one client, what it lets that client do. Nothing is written or made, and only a group can be deleted. */
export interface RightsProbe {
  /** Of these topics, those that it lets the client write: a batch without records is refused for that, after the client's rights were looked at. */
  writable(topics: readonly string[]): Promise<string[]>;
  readable(topics: readonly string[]): Promise<string[]>;
  /** Topics that it would let the client make; asked with `validateOnly`. */
  creatable(topics: readonly string[]): Promise<string[]>;
  /** Topics whose partitions it lets the client know, of those that are there. */
  describable(topics: readonly string[]): Promise<string[]>;
  deletableTopics(topics: readonly string[]): Promise<string[]>;
  /** Groups that it lets the client be a member of. */
  joinable(groups: readonly string[]): Promise<string[]>;
  /** Groups whose members it lets the client know. */
  describableGroups(groups: readonly string[]): Promise<string[]>;
  deletableGroups(groups: readonly string[]): Promise<string[]>;
  close(): Promise<void>;
}

/** Signs in and asks. @param connection of the client that is asked for. */
export async function rightsProbe({ brokers, ssl, sasl }: KafkaConnection): Promise<RightsProbe> {
  const limits = { connectionTimeout: 3_000, authenticationTimeout: 10_000, reauthenticationThreshold: 10_000, metadataMaxAge: 300_000 };
  const rest = { clientId: 'probe', retry: {}, allowAutoTopicCreation: false, isolationLevel: 1, logger: quiet };
  const cluster = new Cluster({ brokers, ssl, sasl, socketFactory: socketFactory(), ...limits, ...rest });
  await cluster.connect();
  await cluster.refreshMetadata();
  const broker = await cluster.findControllerBroker();
  const send = async ({ request, response }: Exchange): Promise<Answer> =>
    (await broker.connectionPool.send({
      request,
      response: { ...response, parse: async (answer: unknown) => answer } as Exchange['response'],
      logResponseError: false,
    })) as Answer;
  const ask = (name: string, order: object): Promise<Answer> => send(broker.lookupRequest(apiKeys[name] as number, requests[name])(order));
  return { ...topicProbes(ask, send), ...groupProbes(ask), close: () => cluster.disconnect() };
}

type Ask = (name: string, order: object) => Promise<Answer>;
interface Answer {
  readonly errorCode?: number;
  readonly topics?: readonly { readonly topicName: string; readonly partitions: readonly { readonly errorCode: number }[] }[];
  readonly responses?: Answer['topics'];
  readonly topicErrors?: readonly { readonly topic: string; readonly errorCode: number }[];
  readonly topicMetadata?: readonly { readonly topic: string; readonly topicErrorCode: number }[];
  readonly groups?: readonly { readonly groupId: string; readonly errorCode: number }[];
  readonly results?: readonly { readonly groupId: string; readonly errorCode: number }[];
}

function topicProbes(
  ask: Ask,
  send: (exchange: Exchange) => Promise<Answer>,
): Pick<RightsProbe, 'writable' | 'readable' | 'creatable' | 'describable' | 'deletableTopics'> {
  const byPartition = ({ topics, responses }: Answer): string[] =>
    (topics ?? responses ?? []).flatMap(({ topicName, partitions }) =>
      partitions.every(({ errorCode }) => !refusals.has(errorCode)) ? [topicName] : [],
    );
  const byTopic = ({ topicErrors = [] }: Answer): string[] =>
    topicErrors.flatMap(({ topic, errorCode }) => (refusals.has(errorCode) ? [] : [topic]));
  return {
    writable: async (topics) => byPartition(await send(produceNothing(topics))),
    readable: async (topics) => {
      const partitions = [{ partition: 0, fetchOffset: 0, maxBytes: 1_000 }];
      const order = { replicaId: -1, maxWaitTime: 0, minBytes: 0, maxBytes: 1_000, topics: topics.map((topic) => ({ topic, partitions })) };
      return byPartition(await ask('Fetch', order));
    },
    creatable: async (topics) =>
      byTopic(
        await ask('CreateTopics', {
          validateOnly: true,
          timeout: 5_000,
          topics: topics.map((topic) => ({ topic, numPartitions: 1, replicationFactor: 1 })),
        }),
      ),
    describable: async (topics) => {
      const { topicMetadata = [] } = await ask('Metadata', { topics, allowAutoTopicCreation: false });
      return topicMetadata.flatMap(({ topic, topicErrorCode }) => (refusals.has(topicErrorCode) ? [] : [topic]));
    },
    deletableTopics: async (topics) => byTopic(await ask('DeleteTopics', { topics, timeout: 5_000 })),
  };
}

function groupProbes(ask: Ask): Pick<RightsProbe, 'joinable' | 'describableGroups' | 'deletableGroups'> {
  return {
    joinable: async (groups) => {
      const answers = await Promise.all(
        groups.map(async (groupId) => ({
          groupId,
          ...(await ask('Heartbeat', { groupId, groupGenerationId: 1, memberId: 'nobody' })),
        })),
      );
      return answers.flatMap(({ groupId, errorCode = 0 }) => (refusals.has(errorCode) ? [] : [groupId]));
    },
    describableGroups: async (groups) => {
      const answer = await ask('DescribeGroups', { groupIds: groups });
      return (answer.groups ?? []).flatMap(({ groupId, errorCode }) => (refusals.has(errorCode) ? [] : [groupId]));
    },
    deletableGroups: async (groups) => {
      const { results = [] } = await ask('DeleteGroups', groups);
      return results.flatMap(({ groupId, errorCode }) => (refusals.has(errorCode) ? [] : [groupId]));
    },
  };
}

/** Produce (version 7) of an empty record set. The client library encodes no such thing. */
function produceNothing(topics: readonly string[]): Exchange {
  const { response } = (
    require('kafkajs/src/protocol/requests/produce') as { protocol: (of: object) => (order: object) => Exchange }
  ).protocol({ version: 7 })({ acks: -1, timeout: 5_000, topicData: [] });
  const encode = async (): Promise<Writer> =>
    new Encoder()
      .writeString(null)
      .writeInt16(-1)
      .writeInt32(5_000)
      .writeArray(topics.map((topic) => new Encoder().writeString(topic).writeArray([new Encoder().writeInt32(0).writeInt32(0)])));
  return { request: { apiKey: apiKeys.Produce, apiVersion: 7, apiName: 'Produce', encode }, response };
}
