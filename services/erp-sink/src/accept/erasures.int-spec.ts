import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { PayloadCipher } from '@tributary/persistence';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { aCustomer, aReceipt, asked } from '../testing/makers.js';
import type { Pod } from '../testing/harness.js';
import { useSink } from '../testing/sink-fixture.js';
import { ErasureController } from './erasure.controller.js';
import { ServedLedgers } from './served-ledgers.js';

const sink = useSink();
const canary = 'Ada Lovelace';
let pod: Pod;
let app: NestFastifyApplication;
let caller: Identity = localIdentity;
afterEach(async () => {
  await app?.close();
});

/** @param payloads without one: nothing is encrypted, so that a scan sees what is stored. */
async function serve(payloads?: PayloadCipher): Promise<void> {
  pod = await sink.pod({}, payloads);
  const module = await Test.createTestingModule({
    controllers: [ErasureController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      { provide: ServedLedgers, useValue: new ServedLedgers([pod.served]) },
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  protectRoutes(app);
  await app.init();
}
const named = { fields: { Name: canary } };
/** Everything that the ledger says about a posting, as text. */
const rows = async (): Promise<string> =>
  JSON.stringify([await pod.database.query('select * from erp_sink.posting'), await pod.database.query('select * from erp_sink.outcome')]);
const erase = async (customerId = 'cus_1'): Promise<[number, { tables: { table: string; rows: number }[]; waits: string[] }]> => {
  const answer = await app.inject({ method: 'POST', url: '/erasures', payload: { customerId, reason: 'asked for by letter' } });
  return [answer.statusCode, answer.json()];
};

it('erases finished postings of the customer and what the ERP said, keeps what is open, and books nothing twice', async () => {
  await serve(new PayloadCipher());
  const [customer, receipt] = [asked(aCustomer('cus_1', named)), asked(aReceipt('ch_1', named))];
  const other = { ...asked(aCustomer('cus_2', { fields: { Name: 'Grace Hopper' } })), recordKey: 'cus_2' };
  for (const one of [customer, receipt, other]) await sink.deliver(pod, one);
  await pod.database.query(`update erp_sink.outcome set event = jsonb_set(event, '{text}', '"for ${canary}"') where record_key = 'cus_1'`);
  const counted = await app.inject({ method: 'GET', url: '/erasures/cus_1' });
  expect(counted.json()).toMatchObject({ done: false, tables: [{ table: 'erp_sink.posting (fake-main)', rows: 1 }, { rows: 1 }] });
  expect(await rows()).toContain(canary);

  const [status, done] = await erase();
  // The receipt is in a group that is not released: its document is still needed.
  expect([status, done.waits]).toEqual([200, [expect.stringMatching(/^1 postings of fake-main are not finished/)]]);
  await pod.database.query(`update erp_sink.posting set released = true where batch_id is not null`);
  expect(await pod.erasure.again()).toBe(1);
  expect(await rows()).not.toContain(canary);
  expect(await rows()).toContain('Grace Hopper');
  expect((await erase())[1].tables).toEqual([]);

  const documents = sink.erp.documents.length;
  for (const one of [customer, receipt, other]) await sink.deliver(pod, one);
  expect(sink.erp.documents).toHaveLength(documents);
  const [report] = await pod.database.query<{ report: object }[]>('select report from erp_sink.audit_outbox order by place limit 1');
  expect(report?.report).toMatchObject({ action: 'personal-data.erased', object: 'customer:cus_1', reason: 'asked for by letter' });
});

it('erases what is encrypted', async () => {
  await serve();
  await sink.deliver(pod, asked(aCustomer('cus_1', named)));
  const stored = 'select request is null as erased, reference is not null as referenced from erp_sink.posting';
  expect(await pod.database.query(stored)).toEqual([{ erased: false, referenced: true }]);
  expect((await erase())[1].tables).toMatchObject([{ table: 'erp_sink.posting (fake-main)', rows: 1 }]);
  expect(await pod.database.query(stored)).toEqual([{ erased: true, referenced: true }]);
});

it('refuses whoever may not erase for all targets, and what is no customer', async () => {
  await serve();
  expect((await erase('ch_1'))[0]).toBe(400);
  caller = { subject: 'person:ada', name: 'ada', grants: [{ role: 'admin', target: 'fake-main' }] };
  expect((await erase())[0]).toBe(403);
  caller = localIdentity;
});
