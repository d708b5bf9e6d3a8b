import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HttpAddress } from '../config.js';
import { isLoopback } from '../loopback.js';
import { requestRefusal } from '../request-guard.js';
import { guardJsonBodies } from './http-server.js';
import { hideHealth, hideMetrics, serveHealthApart } from './health-server.js';
import { addResponseHeaders } from './response-headers.js';

/** Where a service listens, and by which names it is known. */
export interface GuardedHttp extends HttpAddress {
  /**
   * Host names that it is reached by, beside addresses and names without a dot. Every request is checked (request-guard.ts), but for a
   * service whose requests come from strangers and are checked otherwise: `any`.
   */
  readonly allowedHosts: readonly string[] | 'any';
}

/** What is alike for all answers: their headers, where health and metrics are, and who may ask at all. */
export async function secureHttp(app: NestFastifyApplication, { host, allowedHosts, health, overTls = false }: GuardedHttp): Promise<void> {
  addResponseHeaders(app, overTls);
  guardJsonBodies(app);
  if (health) {
    hideHealth(app);
    await serveHealthApart(app, health.host, health.port);
  } else if (!isLoopback(host)) hideMetrics(app);
  if (allowedHosts !== 'any') refuseForeignRequests(app, allowedHosts);
}

/** Refuses what request-guard.ts refuses, before a body is read. */
function refuseForeignRequests(app: NestFastifyApplication, allowed: readonly string[]): void {
  const hosts = new Set(allowed.map((host) => host.toLowerCase()));
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, next) => {
      const refusal = requestRefusal(request.method, request.headers, hosts);
      if (!refusal) next();
      else void reply.code(refusal.status).send({ error: refusal.error, message: refusal.message });
    });
}
