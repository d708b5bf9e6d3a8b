import { startStack, uniqueName } from '@tributary/local-stack';
import { TopicAdmin, withAdmin } from './topic-admin.js';

it('makes hundreds of partitions at once: when it is done, each has a leader, and nothing is made twice', async () => {
  const stack = await startStack({ kafka: true });
  try {
    const prefix = uniqueName('many');
    const wanted = Array.from({ length: 80 }, (_, index) => ({ name: `${prefix}.${index}`, partitions: 6 }));
    const connection = { brokers: stack.brokers, clientId: 'spec' };
    const made = await TopicAdmin.ensureTopics(connection, wanted);
    expect(made.created).toHaveLength(80);
    const { topics } = await withAdmin(connection, (admin) => admin.fetchTopicMetadata({ topics: wanted.map(({ name }) => name) }));
    expect(topics.flatMap(({ partitions }) => partitions).filter(({ leader }) => leader >= 0)).toHaveLength(480);
    expect(await TopicAdmin.ensureTopics(connection, wanted)).toMatchObject({ created: [] });
  } finally {
    await stack.stop();
  }
}, 120_000);
