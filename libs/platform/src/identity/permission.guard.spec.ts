import { Controller, Get } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { generateKeys, readKeySet, readSigningKey, signToken } from '@tributary/identity';
import type { Claims, Identity, SigningKey } from '@tributary/identity';
import { BearerAuthenticator } from './bearer-authenticator.js';
import { CurrentIdentity, Public, RequirePermission } from './permission.decorators.js';
import { PermissionGuard } from './permission.guard.js';
import { AUTHENTICATOR, protectRoutes } from './protect-routes.js';
import { checkDeclared, routesOf } from './routes.js';

@Controller('things')
@RequirePermission('payments.read')
class Things {
  @Get()
  list(@CurrentIdentity() { subject, name }: Identity): object {
    return { subject, name };
  }

  @Get('open')
  @Public('nothing is in it')
  open(): object {
    return {};
  }

  @Get('of/:target')
  @RequirePermission('orders.create', { target: ({ params }) => params['target'] })
  order(): object {
    return {};
  }
}

@Controller()
class Consumer {
  @EventPattern('topic')
  message(_data: unknown): void {}
}

@Controller('holes')
class Undeclared {
  @Get(['one', '/two/'])
  hole(): object {
    return {};
  }
}

@Controller()
class OnlyPublic {
  @Get()
  @Public('nothing is in it')
  open(): object {
    return {};
  }
}

const now = new Date('2026-11-28T12:00:00Z');
let apps: NestFastifyApplication[] = [];
let people: SigningKey;
let bearer: BearerAuthenticator;
let withdrawn: string[];
beforeAll(async () => {
  const { publicJwk, privateJwk } = await generateKeys('console');
  people = await readSigningKey(JSON.stringify(privateJwk));
  const keys = await readKeySet(JSON.stringify({ keys: [publicJwk] }));
  bearer = new BearerAuthenticator(
    () => Promise.resolve(keys),
    ({ tokenId = '' }) => withdrawn.includes(tokenId),
    () => now,
  );
});
beforeEach(() => {
  withdrawn = [];
});
afterEach(async () => {
  await Promise.all(apps.map((app) => app.close()));
  apps = [];
});

async function served(
  controllers: (new () => object)[],
  protect: (app: NestFastifyApplication) => void,
  providers: object[] = [],
): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({ controllers, providers: providers as never[] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  apps.push(app);
  protect(app);
  await app.init();
  return app;
}
const token = (claims: Partial<Claims> = {}, lifetimeS = 60, made = now): Promise<string> =>
  signToken(people, { subject: 'person:1', name: 'Ada', ...claims }, { tokenId: 'token-0001', lifetimeS, now: made });
async function ask(app: NestFastifyApplication, path: string, authorization?: string): Promise<[number, Record<string, unknown>]> {
  const answer = await app.inject({ url: path, ...(authorization === undefined ? {} : { headers: { authorization } }) });
  if (answer.statusCode === 401) expect(answer.headers['www-authenticate']).toBe('Bearer');
  return [answer.statusCode, answer.json()];
}

it('lets nobody in who does not say who they are, says it badly or no longer', async () => {
  const app = await served([Things], (made) => protectRoutes(made, bearer));
  const grants = [{ role: 'viewer', target: '*' }] as const;
  const good = `Bearer ${await token({ grants })}`;
  expect(await ask(app, '/things', good)).toEqual([200, { subject: 'person:1', name: 'Ada' }]);
  expect(await ask(app, '/things')).toEqual([401, expect.objectContaining({ error: 'identity.missing' })]);
  for (const bad of ['', 'Bearer', 'Bearer ', `Basic ${btoa('a:b')}`, `${good}x`, `${good} ${good}`, 'Bearer a.b.c'])
    expect(await ask(app, '/things', bad)).toEqual([401, expect.objectContaining({ error: 'identity.invalid' })]);
  const old = await token({ grants }, 60, new Date(now.getTime() - 3_600_000));
  expect(await ask(app, '/things', `Bearer ${old}`)).toEqual([401, expect.objectContaining({ error: 'identity.expired' })]);
  withdrawn = ['token-0001'];
  expect(await ask(app, '/things', good)).toEqual([401, expect.objectContaining({ error: 'identity.withdrawn' })]);
  expect(await ask(app, '/things/open')).toEqual([200, {}]);
});

it('names the permission that is missing, and the target', async () => {
  const app = await served([Things], (made) => protectRoutes(made, bearer));
  const forbidden = (message: string): unknown => [403, { error: 'identity.forbidden', message }];
  expect(await ask(app, '/things', `Bearer ${await token()}`)).toEqual(forbidden('This needs the permission payments.read.'));
  const one = `Bearer ${await token({ grants: [{ role: 'accountant', target: 'sl' }] })}`;
  expect(await ask(app, '/things/of/sl', one)).toEqual([200, {}]);
  expect(await ask(app, '/things/of/kinetic', one)).toEqual(forbidden('This needs the permission orders.create for kinetic.'));
  const narrow = `Bearer ${await token({ grants: [{ role: 'accountant', target: '*' }], scope: ['payments.read'] })}`;
  expect((await ask(app, '/things', narrow))[0]).toBe(200);
  expect((await ask(app, '/things/of/sl', narrow))[0]).toBe(403);
});

it('knows everybody as the person at this machine where no identity is configured', async () => {
  const app = await served([Things], (made) => protectRoutes(made));
  expect(await ask(app, '/things', 'Bearer whatever')).toEqual([200, { subject: 'local', name: 'local' }]);
});

it("asks the service's own authenticator, where it has one", async () => {
  const own = { authenticate: () => Promise.resolve({ subject: 'person:2', name: 'Bo', grants: [{ role: 'viewer', target: '*' }] }) };
  const app = await served([Things], (made) => protectRoutes(made, bearer), [{ provide: AUTHENTICATOR, useValue: own }]);
  expect(await ask(app, '/things')).toEqual([200, { subject: 'person:2', name: 'Bo' }]);
});

it('does not start with a route that says of nobody that they may call it', async () => {
  await expect(served([Things, Undeclared], (made) => protectRoutes(made, bearer))).rejects.toThrow(
    'routes without @RequirePermission or @Public:\n  GET /holes/one (Undeclared.hole)\n  GET /holes/two (Undeclared.hole)',
  );
});

it('refuses such a route even where nobody checked the declarations', async () => {
  const app = await served([Undeclared], (made) => void made.useGlobalGuards(new PermissionGuard(bearer)));
  expect((await ask(app, '/holes/one', `Bearer ${await token({ grants: [{ role: 'admin', target: '*' }] })}`))[0]).toBe(403);
});

it('knows no identity where the guard is missing', async () => {
  const app = await served([Things], () => undefined);
  expect((await ask(app, '/things'))[0]).toBe(500);
});

it('leaves messages of Kafka and services with nothing to guard alone', async () => {
  expect(routesOf([Consumer])).toEqual([]);
  checkDeclared(routesOf([Consumer, OnlyPublic]));
  const guards: unknown[] = [];
  await served([OnlyPublic], (made) => {
    made.useGlobalGuards = (...added) => (guards.push(...added), made);
    protectRoutes(made, bearer);
  });
  expect(guards).toEqual([]);
  expect(new PermissionGuard(bearer).canActivate({ getType: () => 'rpc' } as never)).toBe(true);
});
