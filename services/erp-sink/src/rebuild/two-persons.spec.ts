import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeys, readSigningKey, signToken } from '@tributary/identity';
import type { Claims, SigningKey } from '@tributary/identity';
import { loadRebuildConfig } from './rebuild.config.js';
import { personsOf } from './two-persons.js';
import type { RebuildPersons } from './two-persons.js';

/** Who may rebuild a ledger: two persons, by tokens of their own, and what each of them is refused with. */
const target = 'kinetic-main';
const least = {
  ERP_TARGET: target,
  ERP_KIND: 'epicor-kinetic',
  KAFKA_BROKERS: '127.0.0.1:9092',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:8081',
  DATABASE_URL: 'postgres://127.0.0.1/ledger',
};
const people = {
  ada: { subject: 'person:ada', name: 'Ada', grants: [{ role: 'engineer', target }] },
  bob: { subject: 'person:bob', name: 'Bob', grants: [{ role: 'approver', target: '*' }], scope: ['rebuilds.approve'] },
} as const satisfies Record<string, Claims>;
let issuer: SigningKey;
let jwks: string;

beforeAll(async () => {
  const { publicJwk, privateJwk } = await generateKeys('console');
  issuer = await readSigningKey(JSON.stringify(privateJwk));
  jwks = JSON.stringify({ keys: [publicJwk] });
});

const token = (claims: Claims, madeHoursAgo = 0, id = `${claims.subject}-token`): Promise<string> =>
  signToken(issuer, claims, { tokenId: id, lifetimeS: 30 * 86_400, now: new Date(Date.now() - madeHoursAgo * 3_600_000) });

async function look(
  run: Claims | undefined,
  approval: Claims | undefined,
  more: NodeJS.ProcessEnv = {},
  madeHoursAgo = 0,
): Promise<RebuildPersons> {
  const config = loadRebuildConfig({
    ...least,
    IDENTITY_JWKS: jwks,
    ...(run ? { REBUILD_TOKEN: await token(run) } : {}),
    ...(approval ? { REBUILD_APPROVAL_TOKEN: await token(approval, madeHoursAgo, 'of-the-approver') } : {}),
    ...more,
  });
  return (await personsOf(config, target))();
}

it('takes two persons, each with the right for the target', async () => {
  const { runBy, approvedBy } = await look(people.ada, people.bob);
  expect([runBy.subject, approvedBy?.subject]).toEqual(['person:ada', 'person:bob']);
});

const approver = (more: Partial<Claims>): Claims => ({ ...people.bob, ...more });
it.each<[string, Claims | undefined, Claims | undefined, number, RegExp]>([
  ['nobody who runs it', undefined, people.bob, 0, /set REBUILD_TOKEN or REBUILD_TOKEN_FILE/],
  [
    'nobody who approves it',
    people.ada,
    undefined,
    0,
    /set REBUILD_APPROVAL_TOKEN or REBUILD_APPROVAL_TOKEN_FILE .*--scope rebuilds\.approve/,
  ],
  [
    'one person with two tokens',
    { ...people.ada, grants: [...people.ada.grants, { role: 'approver', target: '*' }] },
    approver({ subject: 'person:ada', name: 'Ada' }),
    0,
    /somebody else has to, with another token of yours it is still you/,
  ],
  [
    'an approver of another target',
    people.ada,
    approver({ grants: [{ role: 'approver', target: 'sl-main' }] }),
    0,
    /Bob may not do rebuilds\.approve/,
  ],
  ['an engineer who approves', people.ada, approver({ grants: [{ role: 'engineer', target }] }), 0, /Bob may not do rebuilds\.approve/],
  ['a viewer who runs it', { ...people.ada, grants: [{ role: 'viewer', target: '*' }] }, people.bob, 0, /Ada may not do rebuilds\.run/],
  [
    'a token that may do more than approve',
    people.ada,
    { subject: 'person:bob', name: 'Bob', grants: people.bob.grants },
    0,
    /may do more than approve/,
  ],
  ['an approval of the day before yesterday', people.ada, people.bob, 25, /approved it more than a day ago/],
])('refuses %s, and says what to do', async (_, run, approval, hoursAgo, said) => {
  await expect(look(run, approval, {}, hoursAgo)).rejects.toMatchObject({
    code: 'rebuild.needs-second-person',
    message: expect.stringMatching(said) as unknown,
  });
});

it.each([
  ['forged', (good: string) => `${good.slice(0, -8)}AAAAAAAA`],
  ['cut off', (good: string) => good.slice(0, 40)],
  ['no token at all', () => 'none'],
])('refuses a token that is %s, without showing it', async (_, spoil) => {
  const bad = spoil(await token(people.bob));
  const failed = look(people.ada, undefined, { REBUILD_APPROVAL_TOKEN: bad });
  await expect(failed).rejects.toThrow('REBUILD_APPROVAL_TOKEN: The');
  await expect(failed).rejects.not.toThrow(bad);
});

it('refuses the token of a service, in either place', async () => {
  const recon = await generateKeys('recon');
  const key = await readSigningKey(JSON.stringify(recon.privateJwk));
  const ofService = await signToken(
    key,
    { subject: 'service:recon', name: 'recon' },
    { tokenId: 'of-recon', lifetimeS: 60, now: new Date() },
  );
  const keys = JSON.stringify({ keys: [...(JSON.parse(jwks) as { keys: object[] }).keys, recon.publicJwk] });
  for (const variable of ['REBUILD_TOKEN', 'REBUILD_APPROVAL_TOKEN'])
    await expect(look(people.ada, people.bob, { IDENTITY_JWKS: keys, [variable]: ofService })).rejects.toThrow(
      `${variable} is the token of recon, which is no person`,
    );
});

it('lets one person alone where no identity is configured, or where the demo says so, and in production never', async () => {
  for (const env of [{ IDENTITY_JWKS: '' }, { REBUILD_APPROVAL: 'none' }]) {
    expect(await look(undefined, undefined, env)).toMatchObject({ runBy: { subject: 'local' }, approvedBy: undefined });
    await expect(look(undefined, undefined, { ...env, TRIBUTARY_ENVIRONMENT: 'prod' })).rejects.toThrow(/in production a /);
  }
});

describe('with a console that says which tokens are withdrawn', () => {
  let withdrawn: string[] | undefined = [];
  const server = createServer((_, response) => {
    if (!withdrawn) return void response.writeHead(503).end();
    const body = { tokens: withdrawn, subjects: [] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    env = {
      SERVICE_KEY: JSON.stringify((await generateKeys('erp-sink')).privateJwk),
      IDENTITY_REVOCATIONS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/identity/revocations`,
    };
  });
  afterAll(() => server.close());

  it('looks again each time it is asked: an approval that was withdrawn meanwhile does not count', async () => {
    withdrawn = [];
    const config = loadRebuildConfig({
      ...least,
      IDENTITY_JWKS: jwks,
      REBUILD_TOKEN: await token(people.ada),
      REBUILD_APPROVAL_TOKEN: await token(people.bob, 0, 'of-the-approver'),
      ...env,
    });
    const persons = await personsOf(config, target);
    expect((await persons()).approvedBy?.subject).toBe('person:bob');
    withdrawn = ['of-the-approver'];
    await expect(persons()).rejects.toThrow('The token was withdrawn');
  });

  it('refuses while the console does not say', async () => {
    withdrawn = undefined;
    await expect(look(people.ada, people.bob, env)).rejects.toThrow('the console does not say which tokens are withdrawn');
  });
});
