import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { MovementsPage, SumView } from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { MovementController } from './accept/movement.controller.js';
import { MovementListRepository } from './emit/movement-list.repository.js';

let database: DataSource;
let app: NestFastifyApplication;

afterAll(async () => {
  await app?.close();
});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  // 11 refunds in EUR of 1.00 to 11.00, two in each second, and a payout in USD.
  await database.query(
    `insert into recon.movement (id, type, category, currency, gross, fee, net, fees, created)
     select 'txn_' || n, 'refund', 'refund', 'EUR', -100 * n, 0, -100 * n, '[]'::jsonb, 1795000000 + n / 2 from generate_series(1, 11) n
     union all select '=txn_payout', 'payout', 'payout', 'USD', -5000, 0, -5000, '[]'::jsonb, 1795000100`,
  );
  // What the payout took to the bank: a charge less a refund.
  await database.query(
    `insert into recon.movement (id, type, category, currency, gross, fee, net, fees, created, source, payout_id)
     values ('txn_a', 'charge', 'charge', 'USD', 6200, 200, 6000, '[]', 1794000000, 'ch_a', 'po_1'),
            ('txn_b', 'refund', 'refund', 'USD', -1000, 0, -1000, '[]', 1794000001, 're_a', 'po_1')`,
  );
  const module = await Test.createTestingModule({
    controllers: [MovementController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(localIdentity) } },
      { provide: DataSource, useValue: database },
      MovementListRepository,
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  protectRoutes(app);
  await app.init();
}, 120_000);

const list = async (query: string): Promise<MovementsPage> => (await app.inject({ url: `/movements?${query}` })).json();

it('goes through all movements and back, each once, also those of one second', async () => {
  const pages = [await list('limit=5')];
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) pages.push(await list(`limit=5&after=${encodeURIComponent(next)}`));
  expect(pages.map(({ movements }) => movements.length)).toEqual([5, 5, 4]);
  expect(new Set(pages.flatMap(({ movements }) => movements.map(({ id }) => id))).size).toBe(14);
  const back = await list(`limit=5&before=${encodeURIComponent(pages[2]?.previous ?? '')}`);
  expect(back.movements).toEqual(pages[1]?.movements);
});

it('sums the whole list per currency, as its kind counts', async () => {
  const totals = async (query: string): Promise<SumView> => (await app.inject({ url: `/movements/totals?${query}` })).json();
  expect(await totals('')).toMatchObject({
    count: 14,
    amounts: [
      { text: '-66.00', currency: 'EUR' },
      { text: '0.00', currency: 'USD' },
    ],
  });
  expect(await totals('kind=refunded')).toMatchObject({ count: 12, amounts: [{ text: '66.00' }, { text: '10.00' }] });
  expect(await totals('currency=JPY')).toEqual({ count: 0, amounts: [] });
});

it('says what a payout took to the bank, and what each movement is about', async () => {
  const { movements } = await list('payout=po_1');
  expect(movements.map(({ id, about, payoutId, net }) => [id, about, payoutId, net.text])).toEqual([
    ['txn_b', 're_a', 'po_1', '-10.00'],
    ['txn_a', 'ch_a', 'po_1', '60.00'],
  ]);
  const totals = await app.inject({ url: '/movements/totals?payout=po_1' });
  expect(totals.json()).toMatchObject({ count: 2, amounts: [{ text: '50.00', currency: 'USD' }] });
  expect((await list('payout=po_2')).movements).toEqual([]);
});

it('has all of them in a file', async () => {
  const file = await app.inject({ url: '/movements.csv' });
  const lines = file.body.trimEnd().split('\r\n');
  expect([lines.length, lines.at(-1)]).toEqual([16, '"end of the list","14 rows"']);
  expect(lines[1]).toMatch(/^"[^"]+","'=txn_payout","payout","payout","-50.00","0.00","-50.00","-50.00","USD","",""$/);
  expect((await app.inject({ url: '/movements.csv?kind=nothing' })).statusCode).toBe(400);
});
