import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from './identity/protect-routes.js';
import { LOG_LEVEL_AUDIT, LogLevelController } from './log-level.controller.js';
import type { LogLevelDeed } from './log-level.controller.js';
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
        useValue: (deed: LogLevelDeed) => (trailIsAway ? Promise.reject(new Error('away')) : Promise.resolve(void deeds.push(deed))),
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

const put = async (body: object): Promise<{ status: number; body: { level?: string; until?: string; message?: string } }> => {
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
      ...{ subject: 'local', name: 'local', action: 'log-level.changed', object: 'log', reason: 'calls are slow' },
      details: { level: 'debug', forMinutes: 10 },
    },
  ]);
});

it.each([
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
