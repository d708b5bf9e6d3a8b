import { hostname } from 'node:os';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from './identity/protect-routes.js';
import { LOG_LEVEL_AUDIT } from './log-level-audit.js';
import type { LogLevelDeed } from './log-level-audit.js';
import { LogLevelController } from './log-level.controller.js';
import { runningLogLevel } from './log-level.js';

let app: NestFastifyApplication;
let caller: Identity = localIdentity;
const deeds: LogLevelDeed[] = [];
let trailIsAway = false;
beforeAll(async () => {
  const module = await Test.createTestingModule({
    controllers: [LogLevelController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      {
        provide: LOG_LEVEL_AUDIT,
        useValue: {
          service: 'recon',
          record: (deed: LogLevelDeed) => (trailIsAway ? Promise.reject(new Error('away')) : Promise.resolve(void deeds.push(deed))),
        },
      },
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  protectRoutes(app);
  await app.init();
});
afterAll(() => app.close());
afterEach(() => {
  runningLogLevel.reset();
  caller = localIdentity;
  deeds.length = 0;
  trailIsAway = false;
});

interface Answer {
  readonly level?: string;
  readonly until?: string;
  readonly message?: string;
  readonly loggers?: readonly { logger: string; level: string; until: string }[];
}
const put = async (body: object): Promise<{ status: number; body: Answer }> => {
  const answer = await app.inject({ method: 'PUT', url: '/log-level', payload: body });
  return { status: answer.statusCode, body: answer.json() };
};
const asked = { level: 'debug', forMinutes: 10, reason: 'calls are slow' };

it('sets a level for a time, and the audit trail knows who did', async () => {
  const { status, body } = await put(asked);
  expect([status, body.level, runningLogLevel.now?.level]).toEqual([200, 'debug', 'debug']);
  expect(Date.parse(body.until ?? '') - Date.now()).toBeGreaterThan(590_000);
  expect((await app.inject({ method: 'GET', url: '/log-level' })).json()).toEqual(body);
  expect(deeds).toEqual([
    {
      ...{ subject: 'local', name: 'local', action: 'log-level.changed', object: 'log:recon', reason: 'calls are slow' },
      details: { level: { before: 'info', after: 'debug' }, forMinutes: 10, until: expect.any(String) as string, host: hostname() },
    },
  ]);
  expect(Math.abs(Date.parse(deeds[0]?.details.until ?? '') - Date.parse(body.until ?? ''))).toBeLessThan(60_000);
  await put({ ...asked, level: 'warn' });
  expect(deeds[1]?.details.level).toEqual({ before: 'debug', after: 'warn' });
});

it('sets it for the loggers of a name, which the trail names too', async () => {
  const { status, body } = await put({ ...asked, logger: 'Replay' });
  expect([status, body.level, body.loggers]).toEqual([
    ...[200, null],
    [{ logger: 'replay', level: 'debug', until: expect.stringMatching(/Z$/) as string }],
  ]);
  expect(deeds[0]?.details).toMatchObject({ level: { before: 'info', after: 'debug' }, forMinutes: 10, logger: 'Replay' });
});

it('shows what LOG_LEVELS says as long as nothing else is set', async () => {
  process.env.LOG_LEVELS = 'kafka=warn,Replay=error';
  await put({ ...asked, logger: 'replay' });
  expect(deeds[0]?.details.level).toEqual({ before: 'error', after: 'debug' });
  const { loggers } = (await app.inject({ method: 'GET', url: '/log-level' })).json<Answer>();
  delete process.env.LOG_LEVELS;
  expect(loggers?.map(({ logger, level, until }) => [logger, level, until === null])).toEqual([
    ['kafka', 'warn', true],
    ['replay', 'debug', false],
  ]);
});

it('sets no more than twenty names at once, and one of them again', async () => {
  for (let n = 0; n < 20; n += 1) expect((await put({ ...asked, logger: `l${n}` })).status).toBe(200);
  expect(await put({ ...asked, logger: 'another' })).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(/20 loggers/) as string },
  });
  expect([(await put({ ...asked, logger: 'L3' })).status, (await put(asked)).status]).toEqual([200, 200]);
});

it.each([
  [{ ...asked, logger: 'a*' }, /logger: expected the beginning/],
  [{ ...asked, level: 'loud' }, /level/],
  [{ ...asked, forMinutes: 241 }, /forMinutes/],
  [{ ...asked, reason: '' }, /reason: why/],
  [{ level: 'debug', reason: 'for ever' }, /forMinutes/],
])('refuses %j', async (body, message) => {
  expect(await put(body)).toMatchObject({ status: 400, body: { message: expect.stringMatching(message) as string } });
  expect([runningLogLevel.now, deeds]).toEqual([undefined, []]);
});

it('sets nothing for whoever may not, or that the audit trail does not know', async () => {
  caller = { subject: 'person:1', name: 'Ada', grants: [{ role: 'engineer', target: 'one-ledger' }] };
  expect((await put(asked)).status).toBe(403);
  caller = localIdentity;
  trailIsAway = true;
  expect((await put(asked)).status).toBe(500);
  expect(runningLogLevel.now).toBeUndefined();
});
