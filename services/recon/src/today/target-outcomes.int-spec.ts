import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { TargetOutcomesView } from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { TargetOutcomesController } from './accept/target-outcomes.controller.js';
import { TargetOutcomesRepository } from './emit/target-outcomes.repository.js';

/** `GET /target-outcomes` over a real database. Who sees which target: views/visibility.int-spec.ts. */
let database: DataSource;
let app: NestFastifyApplication;
afterAll(async () => {
  await app?.close();
});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  @Module({
    controllers: [TargetOutcomesController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(localIdentity) } },
      { provide: DataSource, useValue: database },
      TargetOutcomesRepository,
    ],
  })
  class HttpModule {}
  app = await NestFactory.create(HttpModule, new FastifyAdapter(), { logger: false });
  protectRoutes(app);
  await app.init();
}, 120_000);

async function get(path: string): Promise<[number, TargetOutcomesView]> {
  const answer = await app.inject({ url: path });
  return [answer.statusCode, answer.json()];
}

it('counts by target and hour what was written and what failed, and leaves everything else out', async () => {
  const rows = [
    ['kinetic-main', 'posted', '05:59:59.999'],
    ['kinetic-main', 'posted', '06:00:00'],
    ['kinetic-main', 'released', '06:30:00'],
    ['kinetic-main', 'waiting', '06:31:00'],
    ['kinetic-main', 'rejected', '07:00:00'],
    ['sl-main', 'held', '07:59:59.999'],
    ['sl-main', 'updated', '08:00:00'],
  ] as const;
  for (const [index, [target, result, time]] of rows.entries())
    await database.query(
      `insert into recon.outcome (outcome_id, request_id, event_id, posting_key, result, concluded_at) values ($1, $1, 'evt', $2, $3, $4)`,
      [`out_${index}`, `${target}/journal/${index}`, result, `2026-11-21T${time}Z`],
    );
  expect(await get('/target-outcomes?until=2026-11-21T07:10:00Z&hours=2')).toEqual([
    200,
    {
      hours: ['2026-11-21T06:00:00.000Z', '2026-11-21T07:00:00.000Z'],
      targets: [
        { target: 'kinetic-main', written: [2, 0], failed: [0, 1] },
        { target: 'sl-main', written: [0, 0], failed: [0, 1] },
      ],
    },
  ]);
  const [, day] = await get('/target-outcomes');
  expect([day.hours.length, day.targets]).toEqual([24, []]);
});

it.each(['hours=0', 'hours=169', 'until=yesterday'])('refuses %s', async (query) => {
  expect((await get(`/target-outcomes?${query}`))[0]).toBe(400);
});
