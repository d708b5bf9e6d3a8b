import { Controller, Get, UseGuards } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { jest } from '@jest/globals';
import type { Identity } from '@tributary/identity';
import { OwnRoutesGuard } from './own-routes.guard.js';
import { Public, RequirePermission } from './permission.decorators.js';
import { PermissionGuard } from './permission.guard.js';
import { AUTHENTICATOR, protectRoutes } from './protect-routes.js';

@Controller('open')
@Public('everybody may')
class OpenController {
  @Get()
  show(): string {
    return 'open';
  }
}
@Controller('guarded')
@UseGuards(OwnRoutesGuard)
@RequirePermission('logs.set', { target: () => '*' })
class GuardedController {
  @Get()
  show(): string {
    return 'guarded';
  }
}
@Controller('other')
@RequirePermission('payments.read')
class OtherController {
  @Get()
  show(): string {
    return 'other';
  }
}

let app: NestFastifyApplication;
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
});

async function start(controllers: readonly unknown[], caller?: Identity): Promise<void> {
  const authenticator = { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } };
  const parts = { controllers: controllers as never[], providers: caller ? [authenticator] : [] };
  const module = await Test.createTestingModule(parts).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  protectRoutes(app);
  await app.init();
}
const statusOf = async (url: string, headers = {}): Promise<number> => (await app.inject({ url, headers })).statusCode;

const viewer: Identity = { subject: 'person:1', name: 'Ada', grants: [{ role: 'viewer', target: '*' }] };
const engineer: Identity = { ...viewer, grants: [{ role: 'engineer', target: '*' }] };

it('guards its controller alone where all others are public: their requests meet no guard', async () => {
  const asked = jest.spyOn(PermissionGuard.prototype, 'canActivate');
  await start([OpenController, GuardedController], viewer);
  expect([await statusOf('/open'), asked.mock.calls.length]).toEqual([200, 0]);
  expect([await statusOf('/guarded'), asked.mock.calls.length]).toEqual([403, 1]);
});

it('lets through whoever may', async () => {
  await start([OpenController, GuardedController], engineer);
  expect(await statusOf('/guarded')).toBe(200);
});

it('leaves the others guarded where one of them is not public', async () => {
  await start([OtherController, GuardedController], { ...viewer, grants: [] });
  expect([await statusOf('/other'), await statusOf('/guarded')]).toEqual([403, 403]);
});

it('refuses what a page of another site can send, where nobody is known and nothing else of the service checks it', async () => {
  await start([OpenController, GuardedController]);
  expect([await statusOf('/guarded'), await statusOf('/guarded', { host: 'evil.example' })]).toEqual([200, 421]);
});

it('lets nobody through before it knows how callers are known', () => {
  expect(() => new OwnRoutesGuard().canActivate({} as ExecutionContext)).toThrow('cannot say yet who may call this');
});
