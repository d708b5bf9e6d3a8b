import type { BatchesView } from '@tributary/contracts';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { localIdentity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { useSink } from '../testing/sink-fixture.js';
import { LedgerController } from './ledger.controller.js';
import { ServedLedgers } from './served-ledgers.js';

/** Groups that are not released, page by page. */
const sink = useSink();
let app: NestFastifyApplication | undefined;
afterEach(async () => {
  await app?.close();
});

async function get(query: string): Promise<BatchesView> {
  const answer = await app!.inject({ method: 'GET', url: `/batches?${query}` });
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  return answer.json();
}
const names = ({ batches }: BatchesView): string[] => batches.map(({ batchId }) => batchId);

it('leads through all of them and back again, the oldest first, whatever was opened at the same moment, with the sum of all', async () => {
  const pod = await sink.pod();
  // Seven groups in three milliseconds, two microseconds apart in one of them; one that is released; one posting of two currencies' worth.
  await pod.database.query(`
    insert into erp_sink.batch (target, batch_id, kind, date, bank_account, state, documents, opened_at, last_document_at)
    select 'fake-main', 'G' || n, 'cash-receipt', '2026-11-21', 'bank ' || n, case when n = 8 then 'released' else 'failed' end, 2,
      timestamptz '2026-11-21T05:00:00.001Z' + n / 3 * interval '1 millisecond' + (9 - n) * interval '2 microseconds', now()
    from generate_series(1, 8) n`);
  await pod.database.query(`
    insert into erp_sink.posting (posting_key, target, kind, batch_id, applied_amount) values
      ('fake-main/cash-receipt/ch_1', 'fake-main', 'cash-receipt', 'G1', '{"minor":{"$bigint":"1050"},"currency":"USD"}'),
      ('fake-main/cash-receipt/ch_2', 'fake-main', 'cash-receipt', 'G7', '{"minor":{"$bigint":"950"},"currency":"usd"}'),
      ('fake-main/cash-receipt/ch_3', 'fake-main', 'cash-receipt', 'G8', '{"minor":{"$bigint":"1"},"currency":"EUR"}')`);
  const module = await Test.createTestingModule({
    controllers: [LedgerController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(localIdentity) } },
      { provide: ServedLedgers, useValue: new ServedLedgers([pod.served]) },
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  protectRoutes(app);
  await app.init();

  const all = ['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7'];
  for (const limit of [1, 2, 3, 7]) {
    const pages = [await get(`unreleased=true&limit=${limit}`)];
    for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null)
      pages.push(await get(`unreleased=true&limit=${limit}&after=${encodeURIComponent(next)}`));
    expect(pages.flatMap(names)).toEqual(all);
    expect(pages[0]?.previous).toBeNull();
    for (const [index, { previous }] of pages.entries())
      if (previous !== null)
        expect(names(await get(`unreleased=true&limit=${limit}&before=${encodeURIComponent(previous)}`))).toEqual(names(pages[index - 1]!));
    for (const { total } of pages)
      expect(total).toEqual({ batches: 7, documents: 14, amounts: [{ minor: '2000', currency: 'USD', text: '20.00', exact: true }] });
  }
  expect(await get('limit=3')).toMatchObject({ next: null, previous: null, total: null });
  expect((await app.inject({ method: 'GET', url: '/batches?after=1~a~b' })).statusCode).toBe(400);
}, 60_000);
