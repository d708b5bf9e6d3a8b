import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { Identity, Role } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { ServedLedgers } from '../accept/served-ledgers.js';
import { TargetController } from '../accept/target.controller.js';
import type { Pod } from './harness.js';

/** `/targets` of a pod behind HTTP. */
export interface ServedTargets {
  /** @returns status and body. */
  ask(method: 'GET' | 'POST', url: string, payload?: object): Promise<[number, unknown]>;
  close(): Promise<void>;
}

/** @param caller who asks, as it is at each request. */
export async function serveTargets(pod: Pod, caller: () => Identity): Promise<ServedTargets> {
  const module = await Test.createTestingModule({
    controllers: [TargetController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller()) } },
      { provide: ServedLedgers, useValue: new ServedLedgers([pod.served]) },
    ],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  protectRoutes(app);
  await app.init();
  return {
    ask: async (method, url, payload) => {
      const answer = await app.inject({ method, url, ...(payload ? { payload } : {}) });
      return [answer.statusCode, answer.json()];
    },
    close: () => app.close(),
  };
}

/** Somebody with one role. */
export function person(role: Role, target = 'fake-main'): Identity {
  return { subject: `person:${role}`, name: role, grants: [{ role, target }] };
}
