import 'reflect-metadata';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { HealthModule } from './health.js';
import type { HealthOptions } from './health.js';
import { counter } from './metrics.js';

let app: NestFastifyApplication;
let problem: string | undefined;

async function start(options: HealthOptions): Promise<void> {
  const module = await Test.createTestingModule({
    imports: [HealthModule.registerAsync({ inject: [], useFactory: () => options })],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.init();
}
const get = async (path: string): Promise<{ status: number; body: string; type: string | undefined }> => {
  const answer = await app.inject({ method: 'GET', url: path });
  return { status: answer.statusCode, body: answer.body, type: answer.headers['content-type'] as string | undefined };
};
beforeEach(() => void (problem = undefined));
afterEach(() => app.close());

it('is alive whatever is missing, and ready only when nothing is', async () => {
  await start({ ready: [{ name: 'kafka', check: () => problem }] });
  problem = 'Kafka at a:1: no answer';
  expect((await get('/live')).status).toBe(200);
  const notReady = await get('/ready');
  expect(notReady.status).toBe(503);
  expect(JSON.parse(notReady.body)).toMatchObject({ error: { kafka: { status: 'down', message: 'Kafka at a:1: no answer' } } });
  problem = undefined;
  expect((await get('/ready')).status).toBe(200);
});

it('is not alive when a probe says that only a restart helps', async () => {
  await start({ ready: [], live: [{ name: 'worker', check: () => 'the worker has ended' }] });
  expect((await get('/live')).status).toBe(503);
});

it('reports a probe that throws as down, with its message', async () => {
  await start({
    ready: [
      {
        name: 'postgres',
        check: () => {
          throw new Error('no connection');
        },
      },
    ],
  });
  expect(JSON.parse((await get('/ready')).body)).toMatchObject({ error: { postgres: { message: 'no connection' } } });
});

it('asks a probe once and shows it under its current and its former name', async () => {
  let asked = 0;
  await start({ ready: [{ name: 'postgres', formerName: 'postgresql', check: () => void (asked += 1) }] });
  expect(JSON.parse((await get('/ready')).body)).toMatchObject({ details: { postgres: { status: 'up' }, postgresql: { status: 'up' } } });
  expect(asked).toBe(1);
});

it('has started once it was ready, and stays so', async () => {
  await start({ ready: [{ name: 'kafka', check: () => problem }] });
  problem = 'not yet';
  expect((await get('/startup')).status).toBe(503);
  problem = undefined;
  expect((await get('/startup')).status).toBe(200);
  problem = 'gone again';
  expect((await get('/startup')).status).toBe(200);
  expect((await get('/ready')).status).toBe(503);
});

it('writes the metrics of the process in the format of Prometheus', async () => {
  await start({ ready: [] });
  counter('platform_spec_total', 'Made by a spec').inc(3);
  const { body, type } = await get('/metrics');
  expect(type).toContain('text/plain');
  expect(body).toContain('# TYPE platform_spec_total counter\nplatform_spec_total 3');
});
