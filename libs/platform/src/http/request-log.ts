import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';

/** Name of the logger that tells of requests: LOG_LEVELS and `PUT /log-level` know it by that. */
export const requestLogName = 'http';

/**
 * Writes a line of level debug for every answered request: method, the pattern of its route, status and ms. Never the address itself, which may
 * have an id, an e-mail address or a search in it (I8).
 */
export function logRequests(app: NestFastifyApplication, logger: Logger): void {
  const log = logger.child({ context: requestLogName });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      if (log.isLevelEnabled('debug')) {
        const { method, routeOptions } = request;
        const ms = Math.round(reply.elapsedTime * 10) / 10;
        log.debug({ method, route: routeOptions.url ?? 'no such route', status: reply.statusCode, ms }, 'a request was answered');
      }
      done();
    });
}
