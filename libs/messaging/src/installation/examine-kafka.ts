import { setTimeout as pause } from 'node:timers/promises';
import { consumerGroups, topicRights, topicsToMake } from '@tributary/contracts';
import type { TopicOperation, TopicRight } from '@tributary/contracts';
import { connectionFault, found } from '@tributary/platform';
import type { InstallationFinding } from '@tributary/platform';
import { GroupAdmin } from '../kafka/group-admin.js';
import type { GroupPosition } from '../kafka/group-admin.js';
import type { KafkaConnection } from '../kafka/kafka-client.js';
import { TopicAdmin } from '../kafka/topic-admin.js';
import { judgeGroups, judgeTopics } from './judge-kafka.js';
import type { GroupFacts } from './judge-kafka.js';
import { rightsProbe } from './rights-probe.js';
import type { RightsProbe } from './rights-probe.js';

/** Which part of the catalogue is looked at. */
export interface KafkaScope {
  readonly targets: readonly string[];
  /** Clients of docs/acls.md that the connection is used as: only what they need is looked at, and whether they may. None: everything. */
  readonly clients: readonly string[];
}

/** Topics and groups of an installation beside the catalogue. @throws what the client throws. */
export async function examineKafka(connection: KafkaConnection, scope: KafkaScope): Promise<InstallationFinding[]> {
  const rights = rightsOf(scope);
  const concerns = ({ name }: { readonly name: string }): boolean =>
    scope.clients.length === 0 || rights.some((right) => right.name === name);
  const wanted = topicsToMake(scope).filter(concerns);
  const groups = consumerGroups(scope).filter(concerns);
  const lacking = await lackingRights(connection, rights);
  // What a right is missing for is said once, and is not asked for or called missing, too.
  const refused = new Set(lacking.map(({ about }) => about));
  const seen = <One extends { readonly name: string }>(all: readonly One[]): One[] => all.filter(({ name }) => !refused.has(name));
  return whileUnsettled(async () => {
    const { topics, brokers } = await TopicAdmin.describe(
      connection,
      seen(wanted).map(({ name }) => name),
    );
    const facts = new Map((await GroupAdmin.positions(connection, seen(groups))).map(groupFacts));
    return [...lacking, ...judgeTopics(seen(wanted), topics, brokers), ...judgeGroups(seen(groups), facts)];
  });
}

/** What brokers answer for a moment after a topic was made or one of them has gone. */
const unsettled = /does not host this topic-partition|leadership election|not the leader/i;
const unsettledTries = 10;
const unsettledPauseMs = 500;

/** Reads, and again while the brokers have not yet told each other which of them has what. @throws what the last reading throws. */
export async function whileUnsettled<T>(read: () => Promise<T>, pauseMs = unsettledPauseMs): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      if (tries === unsettledTries || !unsettled.test(error instanceof Error ? error.message : String(error))) throw error;
      await pause(pauseMs);
    }
  }
}

/** Where the client library asks for a group without a right on it, it says that no coordinator was found. */
const refusal = /group coordinator/i;

function groupFacts({ group, members = 0, topics: read, problem }: GroupPosition): [string, GroupFacts] {
  if (problem === undefined) return [group, { members, lag: read.reduce((sum, { lag }) => sum + lag, 0n) }];
  const error = new Error(problem);
  if (connectionFault(error) !== 'rights' && !refusal.test(problem)) throw error;
  return [group, { members, lag: 0n, problem }];
}

/** Names of the clients that there are, for targets. */
export function kafkaClients(targets: readonly string[]): readonly string[] {
  return [...topicRights({ targets }).keys()];
}

function rightsOf({ targets, clients }: KafkaScope): TopicRight[] {
  const all = topicRights({ targets });
  return clients.flatMap((client) => all.get(client) ?? []);
}

/** Rights that the brokers refuse, one finding for each topic and group. */
async function lackingRights(connection: KafkaConnection, rights: readonly TopicRight[]): Promise<InstallationFinding[]> {
  if (rights.length === 0) return [];
  const probe = await rightsProbe(connection);
  try {
    const refused = new Map<string, TopicOperation[]>();
    for (const resource of ['topic', 'group'] as const)
      for (const [operation, ask] of Object.entries(questions(probe)[resource])) {
        const asked = rights.filter((right) => right.resource === resource && right.operations.some((one) => one === operation));
        if (asked.length === 0) continue;
        const allowed = new Set(await ask(asked.map(({ name }) => name)));
        for (const { name } of asked)
          if (!allowed.has(name))
            refused.set(`${resource} ${name}`, [...(refused.get(`${resource} ${name}`) ?? []), operation as TopicOperation]);
      }
    return [...refused].map(([about, operations]) => {
      const name = about.slice(about.indexOf(' ') + 1);
      return found('brokers.right-missing', name, `The user lacks ${operations.join(', ')} on ${about}.`);
    });
  } finally {
    await probe.close();
  }
}

type Question = (names: readonly string[]) => Promise<string[]>;

/** How each operation is asked for. Nothing is written or made; of groups only one that there is none of could be deleted. */
function questions(probe: RightsProbe): Readonly<Record<'topic' | 'group', Partial<Readonly<Record<TopicOperation, Question>>>>> {
  return {
    topic: { Read: probe.readable, Write: probe.writable, Describe: probe.describable, Create: probe.creatable },
    group: { Read: probe.joinable, Describe: probe.describableGroups },
  };
}
