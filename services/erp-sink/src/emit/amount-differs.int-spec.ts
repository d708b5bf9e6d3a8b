import type { BooksErp } from '../testing/books-erp.js';
import type { Pod, Published } from '../testing/harness.js';
import { aCustomer, aReceipt, asked } from '../testing/makers.js';
import { useSink } from '../testing/sink-fixture.js';

const sink = useSink();
let pod: Pod;
let published: Published;
let erp: BooksErp;
const never = new AbortController().signal;
const receiptKey = 'fake-main/cash-receipt/ch_1';
const customerKey = 'fake-main/customer/cus_1';

beforeEach(async () => {
  ({ published, erp } = sink);
  pod = await sink.pod();
});

const first = asked(aReceipt('ch_1'), 'first');
const second = asked(aReceipt('ch_1', { amount: { minor: 1250n, currency: 'USD' }, digest: 'over 12.50' }), 'second');

describe('a second request over another amount', () => {
  it('is held with both amounts and its money at risk, books nothing, and is skipped by an operator', async () => {
    await published.publish(await pod.poster.handle(first, never));
    const before = await pod.reader.posting(receiptKey);
    await expect(pod.poster.handle(second, never)).rejects.toMatchObject({
      code: 'posting.amount-differs',
      disposition: 'hold',
      message: expect.stringContaining('this request is over 12.50 USD, and 10.50 USD is posted under the same posting key'),
    });
    expect(published.conclusions().at(-1)).toMatchObject({
      requestId: 'second',
      result: 'held',
      code: 'posting.amount-differs',
      amount: { minor: 1250n, currency: 'USD' },
      reference: null,
    });
    expect([erp.posts, await pod.reader.posting(receiptKey)]).toMatchObject([1, { ...before, outcomes: expect.any(Array) }]);

    const skip = { kind: 'decide', decision: { kind: 'skip' }, text: 'same payment, told twice' } as const;
    await published.publish(await pod.poster.handle(second, never, skip));
    await published.publish(await pod.poster.handle(second, never));
    expect(published.conclusions().at(-1)).toMatchObject({ requestId: 'second', result: 'skipped', text: 'same payment, told twice' });
    expect(await pod.reader.posting(receiptKey)).toMatchObject({ state: 'posted', reference: before?.reference });
    expect(erp.posts).toBe(1);
  });

  it('is held also while the first one waits, which then goes on', async () => {
    const waits = asked(aReceipt('ch_1', { dependsOn: [customerKey] }), 'first');
    await published.publish(await pod.poster.handle(waits, never));
    await expect(pod.poster.handle(second, never)).rejects.toMatchObject({ code: 'posting.amount-differs' });
    await published.publish(await pod.poster.handle(asked(aCustomer('cus_1')), never));
    await pod.sweeper.sweep();
    expect(published.conclusions().filter(({ postingKey }) => postingKey === receiptKey)).toMatchObject([
      { requestId: 'first', result: 'waiting' },
      { requestId: 'second', result: 'held' },
      { requestId: 'first', result: 'posted' },
    ]);
  });

  it('is found in rows that an earlier version wrote, as long as their request is stored', async () => {
    await published.publish(await pod.poster.handle(first, never));
    await pod.database.query('update erp_sink.posting set applied_amount = null');
    await expect(pod.poster.handle(second, never)).rejects.toMatchObject({ code: 'posting.amount-differs' });
    await pod.database.query('update erp_sink.posting set request = null');
    await published.publish(await pod.poster.handle({ ...second, requestId: 'third' }, never));
    expect(published.conclusions().at(-1)).toMatchObject({ requestId: 'third', result: 'duplicate' });
    expect(erp.posts).toBe(1);
  });
});

describe('a deletion that arrives before the customer is created', () => {
  const deletion = asked(
    aCustomer('cus_1', { protocol: 'versioned-upsert', version: 13n, digest: 'deleted', fields: { Inactive: true, Name: null } }),
    'deleted',
  );
  const creation = asked(
    aCustomer('cus_1', { protocol: 'versioned-upsert', version: 11n, digest: 'created', fields: { Name: 'Kestrel Optics' } }),
    'created',
  );
  const payment = asked(aCustomer('cus_1', { digest: 'ensured', fields: { Name: 'Kestrel Optics', Inactive: false } }), 'ensured');

  it('is remembered: a payment creates the customer inactive, in one write, and the older state stays stale', async () => {
    erp.answers.set(customerKey, [{ kind: 'skipped', text: 'nothing to deactivate' }]);
    for (const request of [deletion, creation, payment, creation, payment])
      await published.publish(await pod.poster.handle(request, never));
    expect(published.resultsOf(customerKey)).toEqual(['skipped', 'stale', 'posted']);
    expect(erp.documents.map(({ fields }) => fields)).toEqual([{ Name: 'Kestrel Optics', Inactive: true }]);
    expect(published.conclusions()[0]).toMatchObject({ code: 'posting.nothing-to-change' });
  });

  it('survives a worker that dies in the call', async () => {
    erp.answers.set(customerKey, [
      { kind: 'skipped', text: 'nothing to deactivate' },
      { kind: 'unknown', text: 'lost before it arrived' },
    ]);
    for (const request of [deletion, payment]) await published.publish(await pod.poster.handle(request, never));
    expect(erp.documents.map(({ fields }) => fields)).toEqual([{ Name: 'Kestrel Optics', Inactive: true }]);
  });

  it('does not take the place of a customer that a payment waits for', async () => {
    erp.answers.set(customerKey, [
      { kind: 'ambiguous', code: 'fake.ambiguous', text: 'could be two' },
      { kind: 'skipped', text: 'nothing to deactivate' },
    ]);
    await expect(pod.poster.handle(payment, never)).rejects.toMatchObject({ code: 'fake.ambiguous' });
    await published.publish(await pod.poster.handle(deletion, never));
    await pod.sweeper.sweep();
    expect(published.resultsOf(customerKey)).toEqual(['held', 'duplicate', 'skipped', 'waiting', 'posted']);
    expect(erp.documents.map(({ fields }) => fields.Inactive)).toEqual([true]);
  });
});

it('keeps the reference that an operator resolved: later requests use it', async () => {
  const known: unknown[] = [];
  erp.onPost = (document) => Promise.resolve(void known.push(document.known));
  erp.answers.set(customerKey, [{ kind: 'ambiguous', code: 'fake.ambiguous', text: 'could be two' }]);
  const ensured = asked(aCustomer('cus_1'), 'ensured');
  await expect(pod.poster.handle(ensured, never)).rejects.toMatchObject({ code: 'fake.ambiguous' });
  const reference = { CustNum: '77', CustID: 'KESTREL' };
  await pod.poster.handle(ensured, never, { kind: 'decide', decision: { kind: 'adopt', reference }, text: 'this one' });
  const upsert = (version: bigint) =>
    asked(aCustomer('cus_1', { protocol: 'versioned-upsert', version, digest: `v${version}` }), `v${version}`);
  // The answer of one is lost, and the lookup by the posting key shows another document.
  erp.answers.set(customerKey, [{ kind: 'unknown', text: 'lost' }]);
  erp.documents.push({ key: customerKey, batchId: undefined, fields: {} });
  for (const request of [upsert(11n), asked(aCustomer('cus_1'), 'another payment'), upsert(12n)])
    await published.publish(await pod.poster.handle(request, never));
  expect(known.slice(1)).toEqual([reference, reference, reference]);
  expect(await pod.reader.posting(customerKey)).toMatchObject({ state: 'posted', reference });
});
