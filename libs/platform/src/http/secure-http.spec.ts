import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { HealthModule } from '../health.js';
import { hideHealth } from './health-server.js';
import { secureHttp } from './secure-http.js';

const apps: NestFastifyApplication[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

type Ask = (path: string, method?: 'GET' | 'HEAD') => Promise<number>;

/** @returns the status of what is asked of an application that was prepared so. */
async function after(prepare: (app: NestFastifyApplication) => Promise<void> | void): Promise<Ask> {
  const module = await Test.createTestingModule({
    imports: [HealthModule.registerAsync({ inject: [], useFactory: () => ({ ready: [] }) })],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  apps.push(app);
  await prepare(app);
  await app.init();
  return async (path, method = 'GET') => (await app.inject({ method, url: path })).statusCode;
}
const listeningOn = (host: string): Promise<Ask> => after((app) => secureHttp(app, { host, port: 0, allowedHosts: 'any' }));

const probes = ['/live', '/ready', '/startup'];

it.each(['0.0.0.0', '::', '[::]', '10.0.0.7', 'ingest', '1270.0.0.1', ''])(
  'shows no metrics where other machines ask, and answers probes, without HEALTH_PORT on %p',
  async (host) => {
    const status = await listeningOn(host);
    for (const path of ['/metrics', '/metrics/', '/metrics?x=1', '/%6detrics', '/metric%73?x', '/metrics#x'])
      expect([path, await status(path)]).toEqual([path, 404]);
    expect(await status('/metrics', 'HEAD')).toBe(404);
    for (const path of probes) expect([path, await status(path)]).toEqual([path, 200]);
  },
);

it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])(
  'shows metrics without HEALTH_PORT to this machine alone, on %p',
  async (host) => {
    const status = await listeningOn(host);
    for (const path of ['/metrics', ...probes]) expect([path, await status(path)]).toEqual([path, 200]);
  },
);

it('shows neither health nor metrics beside everything else with HEALTH_PORT, however the path is written', async () => {
  const status = await after(hideHealth);
  for (const path of ['/metrics', '/%6detrics', '/%6cive', ...probes]) expect([path, await status(path)]).toEqual([path, 404]);
});
