import { consumerGroups, readerGroupPrefix, topicRights, topicsToMake } from '@tributary/contracts';
import type { TopicOperation, TopicRight } from '@tributary/contracts';
import { KafkaPublisher, RightsAdmin, TopicAdmin } from '@tributary/messaging';
import type { KafkaConnection } from '@tributary/messaging';
import { understand } from '#commands/command-line.mjs';
import { changeAcls } from './command.js';
import { workOfClients } from './testing/client-work.js';
import { administrator, startRightsBroker } from './testing/rights-broker.js';
import type { Decision, RightsBroker } from './testing/rights-broker.js';
import { rightsProbe } from '@tributary/messaging';

const targets = ['main', 'other'];
const rights = topicRights({ targets });
const clients = [...rights.keys()];
const foreignTopic = 'payroll.v1';
const topicNames = [...topicsToMake({ targets }).map(({ name }) => name), foreignTopic];
const groupNames = [...consumerGroups({ targets }).map(({ name }) => name), `${readerGroupPrefix}1`, 'somebody-else'];
let broker: RightsBroker;
let work: ReturnType<typeof workOfClients>;

/** `tributary acls --apply`, as it is typed. */
async function apply(
  user: string,
  ...more: string[]
): Promise<{ readonly code: number; readonly out: string[]; readonly error: string[] }> {
  const principals = clients.flatMap((client) => ['--principal', `${client}=User:${client}`]);
  const understood = understand(['tributary', 'acls', ...targets.flatMap((name) => ['--target', name]), ...principals, '--apply', ...more]);
  if (understood.kind !== 'run') throw new Error(JSON.stringify(understood));
  const [out, error]: [string[], string[]] = [[], []];
  const variables = Object.entries(broker.variablesOf(user)).map(([name, value]) => [name, String(value)]);
  const terminal = { out: (text: string) => out.push(text), error: (text: string) => error.push(text), confirm: async () => false };
  const code = await changeAcls(understood, Object.fromEntries(variables) as NodeJS.ProcessEnv, terminal as never);
  return { code, out, error };
}

/** What a right is about, of the names that are tried. */
const namesOf = ({ resource, pattern, name }: TopicRight): string[] =>
  pattern === 'literal' ? [name] : (resource === 'topic' ? topicNames : groupNames).filter((tried) => tried.startsWith(name));

beforeAll(async () => {
  broker = await startRightsBroker(clients);
  work = workOfClients(targets, broker.connectionOf(administrator));
}, 90_000);
afterAll(() => broker?.stop());

describe('the rights that are printed, granted in a broker', () => {
  /** What the work of a client asked the broker for. */
  const asked = new Map<string, readonly Decision[]>();
  /** What the broker let each client do of everything that was tried. */
  const decided = new Map<string, Readonly<Record<string, readonly string[]>>>();

  it('are refused to whoever may not change rights, and nothing is granted', async () => {
    const { code, error } = await apply('recon', '--yes');
    expect([code, error.join()]).toEqual([1, expect.stringContaining('changing rights in Kafka: rights: ')]);
  });

  it('are shown first, and not granted without a yes', async () => {
    const { code, out, error } = await apply(administrator);
    expect(code).toBe(4);
    expect(out).toContain('+ User:ingest Write topic stripe.events.v1');
    expect(error.join()).toContain('Not confirmed, nothing was changed');
    expect(await granted(broker.connectionOf(administrator), 'User:ingest')).toEqual([]);
  });

  it('are granted, and the set-up makes every topic with them', async () => {
    const { code, out } = await apply(administrator, '--yes');
    expect([code, out.at(-1)]).toEqual([0, expect.stringMatching(/^\d+ granted, 0 taken away, 0 were there$/)]);
    const made = topicsToMake({ targets });
    await expect(TopicAdmin.ensureTopics(broker.connectionOf('ingest'), made)).rejects.toThrow(
      /^making topics: .*stripe\.events\.v1: not authorized/i,
    );
    asked.set('set-up', await askedBy('set-up'));
    expect((await apply(administrator, '--yes')).out).toEqual([expect.stringMatching(/^nothing to change: \d+ rights are there$/)]);
  }, 60_000);

  it.each(clients)('are all that the broker lets %s do', async (client) => {
    const probe = await rightsProbe(broker.connectionOf(client));
    const allowed = {
      Read: [...(await probe.readable(topicNames)), ...(await probe.joinable(groupNames))],
      Write: await probe.writable(topicNames),
      Create: await probe.creatable(topicNames),
      Delete: [...(await probe.deletableTopics(topicNames)), ...(await probe.deletableGroups(groupNames))],
    };
    await probe.close();
    decided.set(client, allowed);
    const printed = (operation: TopicOperation): string[] =>
      (rights.get(client) ?? []).flatMap((right) => (right.operations.includes(operation) ? namesOf(right) : []));
    for (const operation of ['Read', 'Write', 'Create', 'Delete'] as const)
      expect([operation, [...allowed[operation]].sort()]).toEqual([operation, printed(operation).sort()]);
  });

  // By hand: what somebody would try who has taken over a client (docs/threat-model.md).
  it.each([
    ['ingest', 'Read', 'stripe.events.v1', 'reads what it took at the door'],
    ['ingest', 'Write', 'ar.v1', 'makes a payment that Stripe never told'],
    ['ingest', 'Write', 'postings.main.v1', 'asks a ledger to post'],
    ['transform', 'Write', 'stripe.events.v1', 'makes an event of Stripe'],
    ['transform', 'Write', 'erp.v1', 'says that a ledger has posted'],
    ['transform', 'Read', 'postings.main.v1.tributary-sink-main.dlq', 'reads dead letters'],
    ['erp-sink-main', 'Write', 'postings.main.v1', 'asks itself to post'],
    ['erp-sink-main', 'Read', 'postings.other.v1', 'reads what another ledger is to post'],
    ['erp-sink-main', 'Write', 'postings.other.v1.tributary-sink-other.replay', 'approves something in another ledger'],
    ['erp-sink-main', 'Read', 'tributary-sink-other', 'takes the requests of another sink away from it'],
    ['recon', 'Write', 'postings.main.v1', 'asks a ledger to post'],
    ['recon', 'Write', 'ar.v1', 'makes a payment'],
    ['recon', 'Delete', 'tributary-recon', 'makes its group begin again'],
    ['recon', 'Read', 'party.v1', 'reads customers'],
    ['erp-sink-rebuild', 'Write', 'erp.v1', 'says that a ledger has posted'],
    ['scaler', 'Read', 'postings.main.v1', 'reads requests'],
    ['set-up', 'Write', 'stripe.events.v1', 'makes an event of Stripe'],
    ['set-up', 'Delete', 'ar.v1', 'deletes a topic'],
    ['transform', 'Create', 'payroll.v1', 'makes a topic'],
  ] as const)('keep %s from %s on %s: it never %s', (client, operation, name, _what) => {
    expect(decided.get(client)).toBeDefined();
    expect(decided.get(client)?.[operation]).not.toContain(name);
  });

  it.each(clients)(
    'let %s do its work, and none of them is more than the work needs',
    async (client) => {
      const decisions = asked.get(client) ?? (await askedBy(client));
      expect(decisions.filter(({ allowed }) => !allowed)).toEqual([]);
      const used = new Set(decisions.map(({ operation, resource, name }) => `${operation} ${resource} ${name}`));
      const isUsed = (operation: string, { resource, pattern, name }: TopicRight): boolean =>
        pattern === 'literal'
          ? used.has(`${operation} ${resource} ${name}`)
          : [...used].some((one) => one.startsWith(`${operation} ${resource} ${name}`));
      const idle = (rights.get(client) ?? []).flatMap((right) =>
        right.operations
          .filter((operation) => !isUsed(operation, right))
          .map((operation) => `${operation} ${right.resource} ${right.name}`),
      );
      expect(idle).toEqual([]);
    },
    120_000,
  );

  // KIP-679: a broker gives a producer id to whoever may write to any topic, and `scaler` may write to none.
  it('say at the start what is missing to whoever may write to no topic, instead of trying for ever', async () => {
    const publisher = new KafkaPublisher(broker.connectionOf('scaler'));
    await expect(publisher.connect()).rejects.toMatchObject({
      code: 'kafka.right-missing',
      message: expect.stringContaining('the user of test-scaler may write to no topic. Grant Write on its topics'),
    });
    await publisher.close();
  });

  it('are left alone beyond the list, unless --prune is said, and those of others always', async () => {
    const admin = broker.connectionOf(administrator);
    const right = { resource: 'topic', pattern: 'literal', name: 'ar.v1', operation: 'Write', host: '*' } as const;
    await RightsAdmin.grant(admin, [
      { ...right, principal: 'User:scaler' },
      { ...right, principal: 'User:somebody' },
    ]);
    const left = await apply(administrator, '--yes');
    expect(left.out).toEqual([expect.stringContaining('nothing to change')]);
    expect(left.error.join()).toContain('not needed, and left as it is (--prune takes it away): User:scaler Write topic ar.v1');
    expect(await granted(admin, 'User:scaler')).toContain('Write ar.v1');
    const pruned = await apply(administrator, '--prune', '--yes');
    expect(pruned.out[0]).toBe('- User:scaler Write topic ar.v1');
    expect(await granted(admin, 'User:scaler')).not.toContain('Write ar.v1');
    expect(await granted(admin, 'User:somebody')).toEqual(['Write ar.v1']);
  });
});

/** Does the work of a client. @returns what the broker was asked for by it. */
async function askedBy(client: string): Promise<Decision[]> {
  const before = broker.decisions().length;
  await work.get(client)?.(broker.connectionOf(client));
  return broker
    .decisions()
    .slice(before)
    .filter(({ user }) => user === client);
}

async function granted(connection: KafkaConnection, principal: string): Promise<string[]> {
  return (await RightsAdmin.granted(connection, [principal])).map(({ operation, name }) => `${operation} ${name}`);
}
