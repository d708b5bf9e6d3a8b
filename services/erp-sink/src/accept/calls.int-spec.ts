import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { ErpCallsPage } from '@tributary/contracts';
import type { Identity } from '@tributary/identity';
import { EmulatorProcess, startStack } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { AUTHENTICATOR, observeExchanges, protectRoutes } from '@tributary/platform';
import { exchangeObserver } from '../call-exchanges.js';
import { connectorFor } from '../connectors.js';
import { emulatedErps } from '../testing/emulated-erps.js';
import type { EmulatedErp } from '../testing/emulated-erps.js';
import { Published, startPod } from '../testing/harness.js';
import type { Pod } from '../testing/harness.js';
import { aCustomer, asked } from '../testing/makers.js';
import { person } from '../testing/served-targets.js';
import { CallController } from './call.controller.js';
import { ServedLedgers } from './served-ledgers.js';

const key = 'fake-main/customer/cus_ada';
const name = 'Ada Lovelace';
const never = new AbortController().signal;
let stack: Stack;
let emulator: EmulatorProcess | undefined;
let pod: Pod | undefined;
let app: NestFastifyApplication | undefined;
let caller: Identity = person('engineer');

beforeAll(async () => {
  stack = await startStack({ postgres: true });
}, 120_000);
afterAll(async () => {
  await stack.stop();
});
afterEach(async () => {
  await app?.close();
  await pod?.database.query('truncate erp_sink.posting, erp_sink.outcome, erp_sink.batch, erp_sink.call, erp_sink.audit_outbox');
  await pod?.close();
  await emulator?.stop();
  [app, pod, emulator] = [undefined, undefined, undefined];
  caller = person('engineer');
});

async function start({ kind, url, secret, variables }: EmulatedErp, settings: Readonly<Record<string, string>> = {}): Promise<Pod> {
  emulator = await EmulatorProcess.buildAndStart(kind);
  const env = { ...variables, [url[0]]: `${emulator.origin}${url[1]}`, [secret]: 'demo-password' };
  pod = await startPod(stack.databaseUrl, connectorFor(kind, env), new Published(), settings);
  const module = await Test.createTestingModule({
    controllers: [CallController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      { provide: ServedLedgers, useValue: new ServedLedgers([pod.served]) },
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  protectRoutes(app);
  await app.init();
  return pod;
}

async function post(to: Pod, { kind, nameField, fields }: EmulatedErp, change: object = {}): Promise<void> {
  const marks: Record<string, string> = kind === 'epicor-kinetic' ? { StripePostingKey_c: key } : {};
  const value = aCustomer('cus_ada', {
    ...{ postingKey: key, shape: `${kind}/customer` },
    fields: { [nameField]: name, ...fields('cus_ada'), ...marks, ...change },
  });
  await to.poster.handle(asked(value), never).catch(() => undefined);
}

async function calls(postingKey = key): Promise<ErpCallsPage['calls']> {
  const answer = await app?.inject({ method: 'GET', url: `/calls?postingKey=${encodeURIComponent(postingKey)}` });
  expect(answer?.statusCode).toBe(200);
  return answer?.json<ErpCallsPage>().calls ?? [];
}
async function kept(least = 1): Promise<ErpCallsPage['calls']> {
  for (const until = Date.now() + 10_000; ;) {
    const found = await calls();
    if (found.length >= least || Date.now() > until) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it.each(emulatedErps)(
  '$kind: shows what was sent and what came back, texts only to whoever may read them, and no secret to anybody',
  async (erp) => {
    const to = await start(erp);
    await post(to, erp);
    const [call] = await kept();
    expect(call).toMatchObject({ postingKey: key, call: 'post', result: 'posted', masked: false, problem: null });
    const shown = JSON.stringify(call);
    expect(call?.exchanges.some(({ request }) => request?.includes(name))).toBe(true);
    expect(call?.exchanges.every(({ status }) => (status ?? 0) >= 200)).toBe(true);
    expect(shown).not.toMatch(/demo-password|demo-api-key|Bearer (?!\[)/);

    const audited = await to.database.query<{ report: object }[]>('select report from erp_sink.audit_outbox order by place limit 1');
    expect(audited[0]?.report).toMatchObject({ action: 'payload.read', object: `posting:${key}`, target: 'fake-main' });

    caller = person('viewer');
    const [masked] = await calls();
    expect(masked).toMatchObject({ id: call?.id, masked: true });
    expect(JSON.stringify(masked)).not.toContain(name);
    expect(masked?.exchanges.map(({ method, status }) => [method, status])).toEqual(
      call?.exchanges.map(({ method, status }) => [method, status]),
    );
    caller = person('engineer', 'another-main');
    expect(await calls()).toEqual([]);

    const stored = await to.database.query<{ exchanges: Buffer }[]>('select exchanges from erp_sink.call');
    expect(stored[0]?.exchanges.subarray(0, 21).toString()).toBe('tributary:enc:v1:test');
  },
  120_000,
);

it('keeps the newest 20 calls of a posting, deletes what is old or erased, and nothing where none are to be kept', async () => {
  const erp = emulatedErps[0]!;
  const to = await start(erp);
  for (let n = 0; n < 23; n += 1) await to.calls.keep({ postingKey: key, call: 'find' }, () => look(n), String);
  await to.calls.beforeApplicationShutdown();
  const found = await calls();
  expect(found.map(({ result }) => result)).toEqual(Array.from({ length: 20 }, (_, n) => String(22 - n)));
  await to.database.query(`update erp_sink.call set started_at = now() - interval '31 days' where result in ('22', '21')`);
  expect(await to.calls.purge()).toBe(2);

  await to.database.query(
    `insert into erp_sink.posting (posting_key, target, kind, state, record_key) values ($1, 'fake-main', 'customer', 'posted', 'cus_ada')`,
    [key],
  );
  const erased = await to.erasure.erase('cus_ada', { identity: person('admin', '*'), reason: 'asked for' });
  expect(erased).toMatchObject({ calls: 18 });
  expect(await calls()).toEqual([]);
}, 120_000);

it('keeps nothing where nothing is to be kept', async () => {
  const erp = emulatedErps[0]!;
  const to = await start(erp, { ERP_CALL_RETENTION_DAYS: '0' });
  await post(to, erp);
  await to.calls.beforeApplicationShutdown();
  expect(await to.database.query('select id from erp_sink.call')).toEqual([]);
}, 120_000);

/** A request to the emulator, as a connector makes one; no two begin within one millisecond, by which they are sorted. */
async function look(n: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 2));
  await (await observeExchanges(fetch, exchangeObserver)(`${emulator?.origin}/_control/state`)).text();
  return n;
}
