import { join } from 'node:path';
import { topicRights, topics, topicsToMake } from '@tributary/contracts';
import { workspaceRoot } from '@tributary/local-stack';
import { RightsAdmin, TopicAdmin } from '@tributary/messaging';
import type { GrantedRight } from '@tributary/messaging';
import { administrator, startRightsBroker } from '../acls/testing/rights-broker.js';
import type { RightsBroker } from '../acls/testing/rights-broker.js';
import { examine, fault, faultWithinMs, silentHost } from './testing/doctor-run.js';
import type { Change, Examination } from './testing/doctor-run.js';

const target = 'main';
const lame = 'lame';
const clients = ['ingest', `erp-sink-${target}`];
const [ingest = '', sink = ''] = clients;
let broker: RightsBroker;
/** Topics of the target whose topics are not as they should be. */
const ofLame = topicsToMake({ targets: [lame] }).filter(({ name }) => name.includes(lame));
const [short, kept, absent, ...rest] = ofLame;
beforeAll(async () => {
  if (!short || !kept || !absent) throw new Error('a target has topics');
  broker = await startRightsBroker([...clients, 'stranger']);
  const admin = broker.connectionOf(administrator);
  await TopicAdmin.ensureTopics(admin, topicsToMake({ targets: [target] }));
  const cleanup = kept.config['cleanup.policy'] === 'compact' ? 'delete' : 'compact';
  await TopicAdmin.ensureTopics(admin, [
    { ...short, partitions: 1 },
    { ...kept, config: { ...kept.config, 'cleanup.policy': cleanup } },
    ...rest,
  ]);
  await RightsAdmin.grant(admin, clients.flatMap(rightsOf));
}, 180_000);
afterAll(() => broker?.stop());

function rightsOf(client: string): GrantedRight[] {
  return (topicRights({ targets: [target] }).get(client) ?? []).flatMap(({ resource, pattern, name, operations }) =>
    operations.map((operation) => ({ principal: `User:${client}`, resource, pattern, name, operation, host: '*' })),
  );
}

/** The registry is away in all of them; here it is about Kafka. */
function as(user: string, args: readonly string[], more: NodeJS.ProcessEnv = {}, kafka = 30_000): Examination {
  const variables = Object.entries(broker.variablesOf(user)).map(([name, value]) => [name, String(value)]);
  return {
    args,
    env: { ...(Object.fromEntries(variables) as NodeJS.ProcessEnv), SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1', ...more },
    limits: { registry: 200, kafka },
  };
}
const asAdmin = (name = target): Examination => as(administrator, ['--target', name]);
const asIngest = (): Examination => as(ingest, ['--target', target, '--client', 'ingest']);

it(
  'says that Kafka does not answer, also where a host takes the connection and is silent',
  async () => {
    await fault('brokers.silent', 'kafka', as(ingest, ['--client', 'ingest'], { KAFKA_BROKERS: '127.0.0.1:1' }, 5_000), asIngest());
    const host = await silentHost();
    try {
      const silent = as(ingest, ['--client', 'ingest'], { KAFKA_BROKERS: host.address }, 2_000);
      const { text } = await fault('brokers.silent', 'kafka', silent, asIngest());
      expect(text).toContain('no answer within 2 s');
    } finally {
      host.close();
    }
  },
  faultWithinMs,
);

it(
  'says that the password is refused, and does not print it',
  async () => {
    const wrong = as(ingest, ['--client', 'ingest'], { KAFKA_PASSWORD: 'hunter2-of-nobody' });
    await fault('brokers.password-refused', 'kafka', wrong, asIngest());
    expect((await examine(wrong)).text).not.toContain('hunter2');
  },
  faultWithinMs,
);

it(
  'says that the certificate of the brokers is not trusted',
  async () => {
    const other = join(workspaceRoot, 'libs/platform/src/testing/certificates/services/ca.pem');
    await fault('certificate.refused', 'kafka', as(ingest, ['--client', 'ingest'], { KAFKA_CA_FILE: other }), asIngest());
  },
  faultWithinMs,
);

it(
  'says which right is missing on which topic, and finds none missing where all are granted',
  async () => {
    const stranger = as('stranger', ['--target', target, '--client', 'ingest']);
    const { text, action } = await fault('brokers.right-missing', topics.stripeEvents, stranger, asIngest());
    expect(text).toBe(`The user lacks Write on topic ${topics.stripeEvents}.`);
    expect(action).toContain('tributary acls --apply');
    const admin = broker.connectionOf(administrator);
    const group = rightsOf(sink).filter(({ resource }) => resource === 'group');
    const change: Change = { make: () => RightsAdmin.revoke(admin, group), undo: () => RightsAdmin.grant(admin, group) };
    const asSink = as(sink, ['--target', target, '--client', sink]);
    await fault('brokers.right-missing', group[0]?.name ?? '', asSink, asSink, change);
    expect((await examine(asSink)).codes.filter((code) => code.startsWith('brokers.'))).toEqual([]);
  },
  faultWithinMs,
);

it(
  'says that configurations may not be read, to whoever has the rights of a service only',
  async () => {
    await fault('topic.config-unseen', 'topics', asIngest(), asAdmin());
  },
  faultWithinMs,
);

it(
  'says that the clock of a broker is another one, where it may write a record to learn it, and leaves no topic',
  async () => {
    const asked = as(administrator, ['--target', target, '--broker-clock']);
    const [{ about = '' } = {}] = (await examine({ ...asked, now: () => Date.now() - 10_000 })).findings.filter(
      ({ code }) => code === 'clock.off',
    );
    expect(about).toMatch(/^broker \d+$/);
    const { text } = await fault('clock.off', about, { ...asked, now: () => Date.now() - 10_000 }, asked);
    expect(text).toBe('Its clock differs from the one here by 10 s.');
    await fault('clock.beyond-tolerance', about, { ...asked, now: () => Date.now() + 600_000 }, asked);
    const left = await TopicAdmin.names(broker.connectionOf(administrator));
    expect(left.filter((name) => name.startsWith('tributary.clock.'))).toEqual([]);
    await fault(
      'brokers.right-missing',
      'kafka',
      as('stranger', ['--client', 'console', '--client', 'ingest', '--broker-clock']),
      asIngest(),
    );
  },
  faultWithinMs,
);

it(
  'says which topic is missing, has too few partitions, or is compacted though it should not be',
  async () => {
    const { text } = await fault('topic.partitions-differ', short?.name ?? '', asAdmin(lame), asAdmin());
    expect(text).toBe(`It has 1 partitions; the catalogue says ${short?.partitions}.`);
    const config = await fault('topic.config-differs', kept?.name ?? '', asAdmin(lame), asAdmin());
    expect(config.text).toMatch(/^cleanup\.policy is (compact|delete); the catalogue says (delete|compact)\.$/);
    await fault('topic.missing', absent?.name ?? '', asAdmin(lame), asAdmin());
  },
  faultWithinMs,
);
