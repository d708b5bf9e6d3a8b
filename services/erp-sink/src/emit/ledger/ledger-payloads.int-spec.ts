import { columnsHolding } from '@tributary/local-stack';
import { PostgresParkingLot } from '@tributary/messaging';
import { databaseClient, encryptStored, keyUse, PayloadCipher, payloadsOf, rowsByKey } from '@tributary/persistence';
import { erpSinkPayloads } from '../../payload-tables.js';
import { digestLedger } from '../../rebuild/ledger-digest.js';
import type { Pod } from '../../testing/harness.js';
import { aReceipt, asked } from '../../testing/makers.js';
import { useSink } from '../../testing/sink-fixture.js';
import { releaseContentOf } from '../batches/release-content.js';
import type { StoredRequest } from './ledger-row.js';

const sink = useSink();
const canary = 'Ada Lovelace of St James Square';
const key = 'fake-main/cash-receipt/ch_1';
const origin = { partition: 0, offset: '7', headers: { note: canary } };
const receipt = (chargeId: string): StoredRequest => ({ ...asked(aReceipt(chargeId, { fields: { Name: canary, Cents: 1050n } })), origin });
const scan = (pod: Pod): Promise<string[]> => columnsHolding((sql, values) => pod.database.query(sql, values), 'erp_sink', canary);
const plain = (): PayloadCipher => new PayloadCipher();

it('stores documents, answers and what is parked so that no column shows what they hold, and reads them as they were', async () => {
  const pod = await sink.pod();
  sink.erp.answers.set('fake-main/cash-receipt/ch_2', [{ kind: 'rejected', code: 'fake.refused', text: `there is no ${canary}` }]);
  await sink.deliver(pod, receipt('ch_1'));
  await sink.deliver(pod, receipt('ch_2')).catch(() => undefined);
  const lot = new PostgresParkingLot(databaseClient(pod.database, 'test'), 'erp_sink', payloadsOf(pod.database));
  const { claim } = await lot.claim({ group: 'g', topic: 't', partition: 3 });
  const parked = { topic: 't', partition: 3, offset: 5n, key: Buffer.from(canary), value: Buffer.from(canary), timestamp: 1 };
  await lot.store(claim, 's', [{ kind: 'park', message: { ...parked, headers: { note: Buffer.from(canary) } } }]);
  expect(await scan(pod)).toEqual([]);
  expect(await lot.read(claim, 5n)).toEqual({ ...parked, headers: { note: Buffer.from(canary) } });
  expect(await pod.reader.posting('fake-main/cash-receipt/ch_2')).toMatchObject({ text: `there is no ${canary}` });
  await lot.store(claim, 's', [{ kind: 'unpark', offset: 5n }]);
});

it('encrypts what was stored in plain text, and neither books nor releases anything again: every digest stays', async () => {
  const before = await sink.pod({}, plain());
  await sink.deliver(before, receipt('ch_1'));
  const [batch] = await before.database.query<{ batch_id: string }[]>('select batch_id from erp_sink.batch');
  const digests = async (pod: Pod): Promise<unknown[]> => [
    await digestLedger(pod.database, 'fake-main'),
    await releaseContentOf(pod.database.manager, 'fake-main', batch?.batch_id ?? ''),
  ];
  const expected = await digests(before);
  expect(await scan(before)).toEqual(['erp_sink.posting.origin', 'erp_sink.posting.request']);

  const pod = await sink.pod();
  expect(await digests(pod)).toEqual(expected);
  await encryptStored(pod.database, erpSinkPayloads);
  expect(rowsByKey(await keyUse(pod.database, erpSinkPayloads))).toEqual(new Map([['test', 3]])); // request, origin and outcome
  expect(await scan(pod)).toEqual([]);
  expect(await digests(pod)).toEqual(expected);
  await sink.deliver(pod, receipt('ch_1'));
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('released'));
  expect([sink.erp.posts, sink.erp.releases, sink.published.resultsOf(key)]).toEqual([1, 1, ['posted', 'released']]); // the repeated one has the id of the first
});

it('waits while the key of a posting is missing, lists it with a sentence, and goes on when the key is back', async () => {
  const pod = await sink.pod();
  sink.erp.answers.set(key, [{ kind: 'rejected', code: 'fake.refused', text: `there is no ${canary}` }]);
  await sink.deliver(pod, receipt('ch_1')).catch(() => undefined);
  const without = await sink.pod({}, plain());
  await expect(without.poster.handle(receipt('ch_1'), new AbortController().signal)).rejects.toMatchObject({
    code: 'payload.key-missing',
    disposition: 'pause',
    message: expect.stringMatching(/^reading erp_sink\.\w+\.\w+ of row .+: it is encrypted with the key "test"/) as string,
  });
  expect(await without.reader.postings(undefined, 10)).toMatchObject([
    {
      postingKey: key,
      text: expect.stringContaining(`reading erp_sink.posting.text of row ${key}: it is encrypted with the key "test"`) as string,
    },
  ]);
  await pod.poster.handle(receipt('ch_1'), new AbortController().signal);
  expect(sink.erp.documents).toHaveLength(1);
});

it('refuses a document that was moved from another posting', async () => {
  const pod = await sink.pod();
  for (const charge of ['ch_1', 'ch_2']) await sink.deliver(pod, receipt(charge));
  await pod.database.query(
    `update erp_sink.posting set request = (select request from erp_sink.posting where posting_key = 'fake-main/cash-receipt/ch_2') where posting_key = $1`,
    [key],
  );
  await expect(pod.poster.handle(receipt('ch_1'), new AbortController().signal)).rejects.toMatchObject({ code: 'payload.unreadable' });
  expect(sink.erp.posts).toBe(2);
});
