import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { HttpException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthController } from '../health.js';
import { answerHeaders } from './response-headers.js';

const paths = ['/live', '/ready', '/startup', '/metrics'] as const;
type HealthPath = (typeof paths)[number];

/** Longest time a probe may take to send its request, ms. */
const requestTimeoutMs = 5_000;
const mostConnections = 64;

/** Serves health and metrics on a port of their own, which may be reached by probes and scrapers only. They need no identity. */
export async function serveHealthApart(app: NestFastifyApplication, host: string, port: number): Promise<Server> {
  const health = app.get(HealthController, { strict: false });
  const server = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
    const path = pathOf(request.url);
    const known = path !== undefined && (request.method === 'GET' || request.method === 'HEAD');
    void (
      known ? answerOf(health, path, request.headers.accept) : Promise.resolve({ status: 404, type: 'application/json', body: '{}' })
    ).then(({ status, type, body }) => {
      response.writeHead(status, { ...answerHeaders, 'content-type': type }).end(request.method === 'HEAD' ? undefined : body);
    });
  });
  server.maxConnections = mostConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return server;
}

/** Answers 404 to health and metrics where everything else is. */
export function hideHealth(app: NestFastifyApplication): void {
  hide(app, paths, 'Health and metrics are on HEALTH_PORT.');
}

/** Answers 404 to metrics where strangers may ask: they say how much is booked. Probes go on. */
export function hideMetrics(app: NestFastifyApplication): void {
  hide(app, ['/metrics'], 'Metrics are not shown where other machines reach the API. Set HEALTH_PORT, and ask there.');
}

function hide(app: NestFastifyApplication, hidden: readonly HealthPath[], message: string): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, next) => {
      // The route, not what was written: `/%6detrics` is answered as /metrics, too.
      const path = pathOf(request.routeOptions.url ?? request.url);
      if (path === undefined || !hidden.includes(path)) next();
      else void reply.code(404).send({ error: 'http.not-here', message });
    });
}

function pathOf(url = ''): HealthPath | undefined {
  const path = url.split('?', 1)[0]?.replace(/\/$/, '');
  return paths.find((known) => known === path);
}

async function answerOf(
  health: HealthController,
  path: HealthPath,
  accept: string | undefined,
): Promise<{ status: number; type: string; body: string }> {
  if (path === '/metrics') return { status: 200, ...(await health.metrics(accept)) };
  const type = 'application/json; charset=utf-8';
  try {
    const ask = { '/live': () => health.live(), '/ready': () => health.ready(), '/startup': () => health.startup() }[path];
    return { status: 200, type, body: JSON.stringify(await ask()) };
  } catch (error) {
    if (error instanceof HttpException) return { status: error.getStatus(), type, body: JSON.stringify(error.getResponse()) };
    return { status: 503, type, body: JSON.stringify({ status: 'error' }) };
  }
}
