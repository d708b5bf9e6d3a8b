import type { PostingOutcome } from '@tributary/connector-kit';
import { events } from '@tributary/contracts';
import { InMemorySchemaIds, WireCodec } from '@tributary/messaging';
import type { BooksErp } from '../testing/books-erp.js';
import { seeded } from '../testing/fake-erp.js';
import type { Published } from '../testing/harness.js';
import { aCustomer, aReceipt, asked } from '../testing/makers.js';
import { useSink } from '../testing/sink-fixture.js';
import type { StoredRequest } from './ledger/ledger-row.js';
import { PostingRejectedError } from './posting.errors.js';
import type { PostingDeferredError } from './posting.errors.js';

const sink = useSink();
const { pod: aPod, deliver, sweepUntil } = sink;
let published: Published;
let erp: BooksErp;
const never = new AbortController().signal;

beforeEach(() => {
  ({ published, erp } = sink);
});

it('says how long a target that throttles wants to be left alone, and posts then', async () => {
  const pod = await aPod();
  const request = asked(aReceipt('ch_1'));
  erp.answers.set(request.value.postingKey, [{ kind: 'throttled', retryAfterMs: 4_000, text: 'too many requests' }]);
  const { retryAfterMs, ...error } = (await pod.poster.handle(request, never).catch((thrown: unknown) => thrown)) as PostingDeferredError;
  expect(error).toMatchObject({ code: 'posting.deferred', disposition: 'retry' });
  expect(retryAfterMs).toBeGreaterThanOrEqual(4_000);
  expect(retryAfterMs).toBeLessThanOrEqual(5_000); // a quarter more at most, so that not all of them come back at once
  await deliver(pod, request);
  expect(erp.documents).toHaveLength(1);
});

it('posts once though the request comes three times, and says the same again', async () => {
  const pod = await aPod();
  const request = asked(aReceipt('ch_1'));
  const said = [await pod.poster.handle(request, never), await pod.poster.handle(request, never), await pod.poster.handle(request, never)];
  expect(erp.documents).toHaveLength(1);
  expect(said[1]!.map(({ id }) => id)).toEqual(said[0]!.map(({ id }) => id));
  expect(said[2]!.map(({ id }) => id)).toEqual(said[0]!.map(({ id }) => id));
  expect((said[0]![0]!.value as { result: string }).result).toBe('posted');
});

it('does not post again what another mapping made of it, and flags it for a person', async () => {
  const pod = await aPod();
  await deliver(pod, asked(aReceipt('ch_1')));
  await deliver(pod, asked(aReceipt('ch_1', { digest: 'another' })));
  await deliver(pod, asked(aReceipt('ch_1', { digest: 'another' }), 'another request'));
  expect(erp.documents).toHaveLength(1);
  expect(published.resultsOf('fake-main/cash-receipt/ch_1')).toEqual(['posted', 'posted', 'duplicate']);
  expect(published.conclusions().map(({ text }) => text)).toEqual([
    null,
    expect.stringMatching(/^superseded: mapping changed/),
    expect.stringMatching(/^superseded: mapping changed/),
  ]);
  expect(await pod.reader.posting('fake-main/cash-receipt/ch_1')).toMatchObject({ superseded: true });
});

it('adopts a document whose answer was lost', async () => {
  const pod = await aPod();
  erp.faults = { loses: 1, commitsAfterMs: 15 };
  await deliver(pod, asked(aReceipt('ch_1')));
  expect(published.resultsOf('fake-main/cash-receipt/ch_1')).toEqual(['adopted']);
  expect(erp.documents).toHaveLength(1);
});

it('adopts a document that shows only at the second look', async () => {
  const pod = await aPod({ ERP_SETTLE_MS: '150' });
  erp.faults = { loses: 1, commitsAfterMs: 220 }; // after the first look (150), before the second (300)
  await deliver(pod, asked(aReceipt('ch_1')));
  expect(published.resultsOf('fake-main/cash-receipt/ch_1')).toEqual(['adopted']);
  expect([erp.posts, erp.documents.length]).toEqual([1, 1]);
});

it('posts again only after two looks found nothing', async () => {
  const pod = await aPod();
  erp.answers.set('fake-main/cash-receipt/ch_1', [{ kind: 'unknown', text: 'lost before it arrived' }]);
  await deliver(pod, asked(aReceipt('ch_1')));
  expect([erp.posts, erp.documents.length]).toEqual([2, 1]);
  expect(published.conclusions()).toMatchObject([{ result: 'posted', attempts: 2 }]);
});

it('holds what cannot be found out, and finds it out when the target answers again', async () => {
  const pod = await aPod();
  erp.faults = { loses: 1 };
  erp.silent = true;
  await deliver(pod, asked(aReceipt('ch_1')));
  expect(published.conclusions()).toMatchObject([{ result: 'held', code: 'posting.outcome-unknown' }]);
  erp.silent = false;
  await sweepUntil(pod, () => published.resultsOf('fake-main/cash-receipt/ch_1').includes('adopted'));
  expect(erp.documents).toHaveLength(1);
});

it('keeps a receipt waiting without attempts until its customer is there, then fills the reference in', async () => {
  const pod = await aPod();
  const customer = 'fake-main/customer/cus_1';
  const references = [{ field: 'CustNum', postingKey: customer, attribute: 'CustNum', table: null, lineKey: null }];
  await deliver(pod, asked(aReceipt('ch_1', { dependsOn: [customer], references })));
  expect(published.conclusions()).toMatchObject([{ result: 'waiting', code: 'posting.dependency', attempts: 0 }]);
  expect(erp.posts).toBe(0);
  await deliver(pod, asked(aCustomer('cus_1')));
  await sweepUntil(pod, () => published.resultsOf('fake-main/cash-receipt/ch_1').includes('posted'));
  expect(erp.documents.map(({ key, fields }) => [key, fields.CustNum])).toEqual([
    [customer, undefined],
    ['fake-main/cash-receipt/ch_1', '1000'],
  ]);
});

it('throws what the target rejects, and a replay with other fields may pass', async () => {
  const pod = await aPod();
  const rejection: PostingOutcome = { kind: 'rejected', code: 'fake.period', field: 'TranDate', text: 'period 2026-11 is closed' };
  erp.answers.set('fake-main/cash-receipt/ch_1', [rejection]);
  const failure = await pod.poster.handle(asked(aReceipt('ch_1')), never).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PostingRejectedError);
  expect(failure).toMatchObject({
    message: expect.stringContaining('fake.period (TranDate): period 2026-11 is closed'),
    context: { targetCode: 'fake.period', field: 'TranDate' },
  });
  await deliver(pod, asked(aReceipt('ch_1', { digest: 'mended' })));
  expect(published.resultsOf('fake-main/cash-receipt/ch_1')).toEqual(['rejected', 'posted']);
});

it('lets a newer state of a customer win and an older one lose; a deleted one does not come back', async () => {
  const pod = await aPod();
  const upsert = (version: bigint): StoredRequest =>
    asked(aCustomer('cus_1', { protocol: 'versioned-upsert', version, digest: `v${version}` }), `v${version}`);
  for (const version of [12n, 11n, 12n, 22n]) await deliver(pod, upsert(version));
  expect(published.resultsOf('fake-main/customer/cus_1')).toEqual(['posted', 'stale', 'updated']);
  erp.answers.set('fake-main/customer/cus_2', [{ kind: 'skipped', text: 'was never there' }]);
  await deliver(pod, asked(aCustomer('cus_2', { protocol: 'versioned-upsert', version: 13n, digest: 'deleted' }), 'deleted'));
  await deliver(pod, asked(aCustomer('cus_2', { protocol: 'versioned-upsert', version: 11n, digest: 'created' }), 'created'));
  expect(published.resultsOf('fake-main/customer/cus_2')).toEqual(['skipped', 'stale']);
  expect(erp.documents).toHaveLength(1);
});

it('refuses what a worker says after another one took over', async () => {
  const [stale, heir] = [await aPod(), await aPod()];
  const request = asked(aReceipt('ch_1'));
  const { fence } = (await stale.ledger.arrive(request)).row.posting;
  await heir.database.query('update erp_sink.posting set lease_until = clock_timestamp()');
  await deliver(heir, request);
  const answer = { kind: 'posted', reference: { Number: 'of the stale worker' } } as const;
  const late = await stale.ledger.report('fake-main/cash-receipt/ch_1', { kind: 'answered', fence, answer }, { due: false });
  expect(late.next).toEqual({ kind: 'fenced' });
  expect(await heir.reader.posting('fake-main/cash-receipt/ch_1')).toMatchObject({ state: 'posted', reference: { Number: '1000' } });
});

it('does not start with a lease that a call may outlive', async () => {
  await expect(aPod({ ERP_LEASE_MS: '1900' })).rejects.toThrow(
    'ERP_LEASE_MS 1900: a lease has to outlive the longest call of fake (500 ms)',
  );
});

it('releases a batch once though the answer is lost, and tells every document', async () => {
  const pod = await aPod();
  for (const id of ['ch_1', 'ch_2', 'ch_3']) await deliver(pod, asked(aReceipt(id)));
  erp.faults = { loses: 1 };
  await sweepUntil(pod, () => published.conclusions().filter(({ result }) => result === 'released').length === 3);
  expect(erp.releases).toBe(1);
  expect(await pod.reader.batches(10)).toMatchObject([{ batchId: 'S26112100', state: 'released', documents: 3 }]);
  await deliver(pod, asked(aReceipt('ch_4')));
  expect(erp.documents.map(({ batchId }) => batchId)).toEqual(['S26112100', 'S26112100', 'S26112100', 'S26112101']);
});

it('makes exactly one document of each of 300 requests, three times each in any order, by two pods with a bad target', async () => {
  const random = seeded(7);
  erp = sink.seedErp(42);
  erp.faults = { loses: 0.2, refuses: 0.2, commitsAfterMs: 10 };
  const two = [await aPod(), await aPod()];
  const requests = Array.from({ length: 300 }, (_, n) => asked(aReceipt(`ch_${n}`)));
  const deliveries = [...requests, ...requests, ...requests].map((request) => ({ request, at: random() })).sort((a, b) => a.at - b.at);
  const lanes = Array.from({ length: 12 }, async (_, lane) => {
    for (let next = deliveries.shift(); next; next = deliveries.shift()) await deliver(two[lane % 2]!, next.request);
  });
  let working = true;
  const sweeping = (async () => {
    while (working) {
      await Promise.all(two.map((pod) => pod.sweeper.sweep()));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  await Promise.all(lanes);
  working = false;
  await sweeping;
  await sweepUntil(two[0]!, () => published.conclusions().filter(({ result }) => result === 'released').length === 300);

  expect(erp.posts).toBeGreaterThan(300);
  expect(erp.documents).toHaveLength(300);
  expect(new Set(erp.documents.map(({ key }) => key)).size).toBe(300);
  expect([...erp.batches.values()].every((state) => state === 'posted')).toBe(true);
}, 120_000);

it('writes the dead letter of a stored request that the target refuses when it is taken up', async () => {
  const pod = await aPod();
  const key = 'fake-main/cash-receipt/ch_1';
  const customer = 'fake-main/customer/cus_1';
  const headers = { ce_id: 'id', ce_type: 'posting.requested', traceparent: 'trace' };
  const request = { ...asked(aReceipt('ch_1', { dependsOn: [customer] })), origin: { partition: 2, offset: '41', headers } };
  await deliver(pod, request);
  erp.answers.set(key, [{ kind: 'rejected', code: 'fake.Period closed', field: 'CashHead.TranDate', text: 'period is closed' }]);
  await deliver(pod, asked(aCustomer('cus_1')));
  await sweepUntil(pod, () => published.resultsOf(key).includes('rejected'));
  await pod.sweeper.sweep();

  expect(published.raw).toHaveLength(1);
  const [letter] = published.raw;
  expect(letter).toMatchObject({
    topic: 'postings.fake-main.v1.tributary-sink-fake-main.dlq',
    key: Buffer.from('cus_1'),
    headers: {
      ...headers,
      tributary_error_code: 'erp.fake.period-closed',
      tributary_error_text: `posting ${key}: fake.Period closed: CashHead.TranDate: period is closed`,
      tributary_error_context: JSON.stringify({ postingKey: key, targetCode: 'fake.Period closed', field: 'CashHead.TranDate' }),
      tributary_original_topic: 'postings.fake-main.v1',
      tributary_original_partition: '2',
      tributary_original_offset: '41',
      tributary_consumer_group: 'tributary-sink-fake-main',
      tributary_attempts: '1',
    },
  });
  const codec = new WireCodec(new InMemorySchemaIds());
  await codec.encode('postings.fake-main.v1', events.postingRequested, request.value); // registers the schema
  // PostgreSQL does not keep the order of the fields, so decoded values are compared.
  expect(await codec.decode(events.postingRequested, letter!.value)).toEqual(request.value);
  expect(published.conclusions().at(-1)).toMatchObject({ result: 'rejected', code: 'fake.Period closed' });
});

it('releases a failed batch again when a person orders it', async () => {
  const pod = await aPod();
  await deliver(pod, asked(aReceipt('ch_1')));
  erp.releaseAnswers.push({ kind: 'rejected', code: 'fake.period', text: 'period is closed' });
  await sweepUntil(pod, () => published.resultsOf('fake-main/cash-receipt/ch_1').includes('held'));
  expect(published.conclusions().at(-1)).toMatchObject({ code: 'posting.batch-failed', text: 'batch S26112100: period is closed' });
  for (let round = 0; round < 10; round += 1) await pod.sweeper.sweep();
  expect(erp.releases).toBe(1);

  expect(await pod.batches.order('S26112199', { by: 'ann', reason: 'none' })).toBeUndefined();
  expect(await pod.batches.order('S26112100', { by: 'ann', reason: 'period 2026-11 is open again' })).toMatchObject({
    batch: { state: 'closing' },
  });
  expect((await pod.batches.order('S26112100', { by: 'bob', reason: 'me too' }))?.effect).toBe('order-refused');
  await sweepUntil(pod, () => published.resultsOf('fake-main/cash-receipt/ch_1').includes('released'));
  expect(erp.releases).toBe(2);
  const [audit] = await pod.database.query<unknown[]>('select ordered_by, order_reason from erp_sink.batch');
  expect(audit).toEqual({ ordered_by: 'ann', order_reason: 'period 2026-11 is open again' });
});

it('holds the documents of a batch whose release cannot be found out, and releases them when it can', async () => {
  const pod = await aPod({ ERP_HELD_AFTER_MS: '300' });
  await deliver(pod, asked(aReceipt('ch_1')));
  erp.faults = { loses: 1 };
  erp.silent = true;
  await sweepUntil(pod, () => published.resultsOf('fake-main/cash-receipt/ch_1').includes('held'));
  expect(published.conclusions().at(-1)).toMatchObject({ code: 'posting.batch-outcome-unknown' });
  erp.silent = false;
  await sweepUntil(pod, () => published.resultsOf('fake-main/cash-receipt/ch_1').includes('released'));
  expect([published.resultsOf('fake-main/cash-receipt/ch_1'), erp.releases]).toEqual([['posted', 'held', 'released'], 1]);
});

it('does not say released of a batch that is gone from the target', async () => {
  const pod = await aPod();
  await deliver(pod, asked(aReceipt('ch_1')));
  erp.releaseAnswers.push({ kind: 'skipped', text: 'no such group' });
  await sweepUntil(pod, () => published.resultsOf('fake-main/cash-receipt/ch_1').includes('held'));
  expect(published.conclusions().at(-1)).toMatchObject({ code: 'posting.batch-failed', text: expect.stringContaining('no such group') });
});

it('takes old words and payloads out of the ledger, and still books nothing twice', async () => {
  const pod = await aPod();
  const [done, unreleased] = [asked(aCustomer('cus_1')), asked(aReceipt('ch_1'))];
  await deliver(pod, done);
  await deliver(pod, unreleased);
  const age = (days: number): Promise<unknown> =>
    pod.database.query(
      `with a as (update erp_sink.posting set changed_at = changed_at - ${days} * interval '1 day')
       update erp_sink.outcome set concluded_at = concluded_at - ${days} * interval '1 day'`,
    );
  await age(399);
  expect(await pod.retention.purge()).toEqual({ outcomes: 0, payloads: 0 });
  await age(2);
  await pod.database.query(`update erp_sink.outcome set due = true where posting_key = 'fake-main/customer/cus_1'`);
  expect(await pod.retention.purge()).toEqual({ outcomes: 0, payloads: 0 }); // one is not published, the other not released
  await pod.database.query('update erp_sink.outcome set due = false');
  expect(await pod.retention.purge()).toEqual({ outcomes: 1, payloads: 1 });
  const rows = await pod.database.query<unknown[]>('select kind, request is null as stripped from erp_sink.posting order by kind');
  expect(rows).toEqual([
    { kind: 'cash-receipt', stripped: false },
    { kind: 'customer', stripped: true },
  ]);
  await deliver(pod, done);
  expect(erp.documents).toHaveLength(2);
  expect(published.resultsOf('fake-main/customer/cus_1')).toEqual(['duplicate']);
});
