import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { SessionGate } from './accept/session.gate.js';

/** Paths whose requests are somebody's: those of every controller. The page itself and its files are everybody's. */
const paths = /^\/(?:api|identity|service-settings|log-level)(?:\/|\?|$)/;

/** Whether it matters who asks for an address. */
export const isSomebodys = (url: string): boolean => paths.test(url);

/** Finds out who makes a request before a handler sees it, and refuses bad tokens and what a page of another site could send. */
export function useSessions(app: NestFastifyApplication, gate: SessionGate): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => {
      if (!isSomebodys(request.url)) return;
      const refusal = await gate.admit(request.raw);
      if (!refusal) return;
      if (refusal.status === 401) void reply.header('www-authenticate', 'Bearer');
      await reply.code(refusal.status).send({ error: refusal.error, message: refusal.message });
    });
}
