import { consumerGroups, topicsToMake } from '@tributary/contracts';
import { GroupAdmin, TopicAdmin } from '@tributary/messaging';
import type { KafkaConnection } from '@tributary/messaging';
import { connectionProblem } from '@tributary/platform';
import { found, judgeGroups, judgeTopics } from './judge.js';
import type { Finding, GroupFacts } from './judge.js';

/** Topics and groups of an installation beside the catalogue. Never throws. */
export async function examineKafka(connection: KafkaConnection, targets: readonly string[]): Promise<Finding[]> {
  const wanted = topicsToMake({ targets });
  const groups = consumerGroups({ targets });
  try {
    const { topics, brokers } = await TopicAdmin.describe(
      connection,
      wanted.map(({ name }) => name),
    );
    const facts = new Map<string, GroupFacts>();
    for (const { name, topics: read } of groups)
      facts.set(name, { members: await GroupAdmin.members(connection, name), lag: await GroupAdmin.lag(connection, name, read) });
    return [...judgeTopics(wanted, topics, brokers), ...judgeGroups(groups, facts)];
  } catch (error) {
    return [found('brokers.silent', 'kafka', `Kafka was not asked to the end: ${connectionProblem(error)}.`)];
  }
}
