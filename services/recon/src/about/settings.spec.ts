import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { ServiceSettingsView } from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { reconMigrations } from '../migrations/index.js';
import { loadReconConfig } from '../recon.config.js';
import { READ_SETTINGS, SettingsController } from './accept/settings.controller.js';
import { reconSettings } from './recon-settings.js';

const secret = 'postgres://recon:a-secret-password@127.0.0.1/recon';
let app: NestFastifyApplication;
let caller: Identity = localIdentity;

beforeAll(async () => {
  const config = loadReconConfig({ KAFKA_BROKERS: '127.0.0.1:9092', SCHEMA_REGISTRY_URL: 'http://127.0.0.1:8081', DATABASE_URL: secret });
  const module = await Test.createTestingModule({
    controllers: [SettingsController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      { provide: READ_SETTINGS, useValue: reconSettings(config, '2026-11-21T06:00:00.000Z') },
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  protectRoutes(app);
  await app.init();
});
afterAll(() => app?.close());

it('tells version, tables, limits and secrets by reference, and no secret', async () => {
  const answer = await app.inject({ url: '/service-settings' });
  const told = answer.json<ServiceSettingsView>();
  expect(told).toMatchObject({ service: 'recon', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string, licence: 'Apache-2.0' });
  expect(told.schemaVersion).toMatch(new RegExp(`^${String(reconMigrations.at(-1)?.name.slice(-4))} `));
  expect(told.secrets.find(({ name }) => name === 'DATABASE_URL')).toMatchObject({ from: 'environment' });
  expect(told.limits.find(({ name }) => name === 'RECON_PAYLOAD_RETENTION_DAYS')).toMatchObject({ value: '400', isDefault: true });
  expect(told.limits.find(({ name }) => name === 'rows of a CSV file')).toMatchObject({ value: '1000000' });
  expect(answer.body).not.toContain('a-secret-password');
});

it('is for whoever manages people, of all ledgers', async () => {
  const status = async (role: 'admin' | 'engineer', target: string): Promise<number> => {
    caller = { subject: 'person:1', name: 'Ada', grants: [{ role, target }] };
    return (await app.inject({ url: '/service-settings' })).statusCode;
  };
  expect([await status('admin', '*'), await status('admin', 'ledger-one'), await status('engineer', '*')]).toEqual([200, 403, 403]);
});
