import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditPage, LogLevelView } from '@tributary/contracts';
import { Child, freePorts, makeLocalIdentity, serviceIdentity, signLocalToken, startStack, workspaceRoot } from '@tributary/local-stack';
import type { LocalRole, Stack } from '@tributary/local-stack';
import type { LogLevelDetails } from '@tributary/platform';

/**
 * The five services as processes, with PostgreSQL and keys, and without a broker: levels per logger by configuration, by order, and back again.
 */
const services = ['ingest', 'transform', 'erp-sink', 'recon', 'console'] as const;
type Service = (typeof services)[number];
const folder = mkdtempSync(join(tmpdir(), 'log-level-'));
const logOf = (service: Service): string => join(folder, `${service}.log`);
const children: Child[] = [];
const urls = new Map<Service, string>();
let stack: Stack | undefined;

function environmentOf(service: Service, { databaseUrl }: Stack, nowhere: string): Record<string, string> {
  const erp = { ERP_TARGET: 'kinetic-main', KINETIC_URL: `http://${nowhere}/kinetic`, KINETIC_COMPANY: 'EPIC06' };
  const kinetic = { ...erp, KINETIC_USER: 'u', KINETIC_PASSWORD: 'p', KINETIC_API_KEY: 'k' };
  const stripe = { STRIPE_API_KEY: 'sk_test_levels', STRIPE_API_URL: `http://${nowhere}` };
  const own: Readonly<Record<Service, Record<string, string>>> = {
    ingest: { INGEST_WORKERS: '2', STRIPE_ENDPOINTS: JSON.stringify([{ name: 'default', secrets: ['whsec_levels'], livemode: false }]) },
    transform: { ...stripe, TRIBUTARY_ASSETS_DIR: join(workspaceRoot, 'assets'), STRIPE_SETTLEMENT_CURRENCIES: 'USD' },
    'erp-sink': kinetic,
    recon: { ...kinetic, RECON_TARGETS: 'kinetic-main' },
    console: {},
  };
  return {
    PATH: process.env.PATH ?? '',
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: new URL(urls.get(service) ?? '').port,
    KAFKA_BROKERS: nowhere,
    SCHEMA_REGISTRY_URL: `http://${nowhere}`,
    DATABASE_URL: databaseUrl,
    RECON_URL: urls.get('recon') ?? '',
    TRIBUTARY_ENVIRONMENT: 'test',
    LOG_LEVELS: 'LogLevel=error',
    ...serviceIdentity(service, { folder }),
    ...own[service],
  };
}

beforeAll(async () => {
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot, stdio: 'ignore' });
  makeLocalIdentity(folder);
  stack = await startStack({ postgres: true });
  const [nowhere = 0, ...ports] = await freePorts(services.length + 1);
  services.forEach((service, index) => urls.set(service, `http://127.0.0.1:${ports[index]}`));
  for (const service of services) {
    const child = await Child.start({
      name: service,
      command: process.execPath,
      args: [join(workspaceRoot, `services/${service}/dist/main.js`)],
      cwd: workspaceRoot,
      env: environmentOf(service, stack, `127.0.0.1:${nowhere}`),
      logFile: logOf(service),
    });
    children.push(child);
    const lives = (): Promise<boolean> =>
      fetch(`${urls.get(service)}/live`).then(
        ({ ok }) => ok,
        () => false,
      );
    await child.readyWhen(lives, 60_000);
  }
  // recon records what the others are told, and migrates its tables first.
  const token = signLocalToken(folder, { roles: ['admin'], lifetimeS: 600 });
  const headers = { authorization: `Bearer ${token}` };
  await eventually(async () => expect((await fetch(`${urls.get('recon')}/audit`, { headers })).status).toBe(200), 120_000);
}, 300_000);
afterAll(async () => {
  for (const child of children) await child.kill9().catch(() => undefined);
  await stack?.stop();
}, 60_000);

/** A request of its own connection, so that workers take turns. */
async function ask(service: Service, role: LocalRole | undefined, body?: object): Promise<{ status: number; view: LogLevelView }> {
  const token = role && signLocalToken(folder, { roles: [role], lifetimeS: 600, person: { subject: `person:${role}`, name: role } });
  const answer = await fetch(`${urls.get(service)}/log-level`, {
    method: body ? 'PUT' : 'GET',
    headers: {
      connection: 'close',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, view: (await answer.json()) as LogLevelView };
}
const order = (logger: string, level: string, seconds: number): object => ({
  ...{ logger, level, forMinutes: seconds / 60, reason: 'the spec of levels' },
});
const named = ({ loggers }: LogLevelView): [string, string, boolean][] => loggers.map((one) => [one.logger, one.level, one.until === null]);
/** What the service wrote of orders. */
const told = (service: Service): string[] =>
  readFileSync(logOf(service), 'utf8')
    .split('\n')
    .filter((line) => line.includes('set the level of'))
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

async function eventually(holds: () => Promise<void> | void, withinMs = 30_000): Promise<void> {
  for (const until = Date.now() + withinMs; ; await pause(100)) {
    try {
      return await holds();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

describe.each(services)('%s', (service) => {
  it('refuses whoever is not known or may not', async () => {
    expect((await ask(service, undefined)).status).toBe(401);
    expect((await ask(service, undefined, order('kafka', 'debug', 60))).status).toBe(401);
    expect((await ask(service, 'viewer')).status).toBe(403);
    expect((await ask(service, 'accountant', order('kafka', 'debug', 60))).status).toBe(403);
    expect((await ask(service, 'engineer', order('k*', 'debug', 60))).status).toBe(400);
    expect(named((await ask(service, 'engineer')).view)).toEqual([['loglevel', 'error', true]]);
  });

  it('writes at the level of a logger by configuration, another one for a time, and then the first again', async () => {
    const { status, view } = await ask(service, 'engineer', order('NestApp', 'debug', 60));
    expect([status, named(view)]).toEqual([200, [...[['loglevel', 'error', true]], ['nestapp', 'debug', false]]]);
    expect(told(service)).toEqual([]); // by LOG_LEVELS the logger of orders writes errors alone

    expect((await ask(service, 'engineer', order('LogLevelC', 'info', 3))).status).toBe(200);
    await eventually(() => expect(told(service)).toEqual(['person:engineer set the level of loggers LogLevelC* to info for 0.05 minutes']));
    for (let n = 0; n < 4; n += 1) expect(named((await ask(service, 'engineer')).view)).toContainEqual(['loglevelc', 'info', false]);

    await eventually(async () => {
      for (let n = 0; n < 4; n += 1)
        expect(named((await ask(service, 'engineer')).view)).toEqual([...[['loglevel', 'error', true]], ['nestapp', 'debug', false]]);
    });
    expect((await ask(service, 'engineer', order('NestApp', 'info', 60))).status).toBe(200);
    await pause(300);
    expect(told(service)).toHaveLength(1);
  }, 60_000);

  it('names its loggers', async () => {
    const { names } = (await ask(service, 'admin')).view;
    expect(names).toEqual(expect.arrayContaining([service, ...(service === 'console' ? [] : ['kafka'])]));
  });
});

it('recon has in its trail who set what of which service, from what to what and until when', async () => {
  const token = signLocalToken(folder, { roles: ['admin'], lifetimeS: 600 });
  const changes = [
    ['loglevelc', 'error', 'info'],
    ['nestapp', 'debug', 'info'],
    ['nestapp', 'info', 'debug'],
  ] as const;
  const expected = services.flatMap((service) =>
    changes.map(([logger, before, after]) => `person:engineer log:${service} ${logger} ${before} to ${after}: the spec of levels`),
  );
  await eventually(async () => {
    const answer = await fetch(`${urls.get('recon')}/audit?action=log-level.changed&limit=50`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { rows } = (await answer.json()) as AuditPage;
    const said = rows.map(({ subject, object, reason, details, at }) => {
      const { level, logger, until, forMinutes } = details as LogLevelDetails;
      expect(Math.abs(Date.parse(until) - Date.parse(at) - forMinutes * 60_000)).toBeLessThan(60_000);
      return `${subject} ${object} ${logger?.toLowerCase()} ${level.before} to ${level.after}: ${reason}`;
    });
    expect(said.sort()).toEqual([...expected].sort());
  });
}, 60_000);

it.each(['ingest', 'transform'] as const)('%s sets no level that recon cannot record', async (service) => {
  await children[services.indexOf('recon')]?.kill9();
  const { status, view } = await ask(service, 'engineer', order('publisher', 'debug', 60));
  expect([status, view]).toEqual([503, expect.objectContaining({ error: 'log-level.not-recorded' })]);
  expect(named((await ask(service, 'engineer')).view)).not.toContainEqual(['publisher', 'debug', false]);
});
