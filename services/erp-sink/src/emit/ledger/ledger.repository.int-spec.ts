import { randomBytes } from 'node:crypto';
import type { BooksErp } from '../../testing/books-erp.js';
import type { Pod } from '../../testing/harness.js';
import { aCustomer, aReceipt, asked } from '../../testing/makers.js';
import { useSink } from '../../testing/sink-fixture.js';

const sink = useSink();
let erp: BooksErp;
let pods: Pod[];
const never = new AbortController().signal;

beforeEach(async () => {
  ({ erp } = sink);
  pods = [await sink.pod(), await sink.pod()];
});

const receipts = (count: number) => Array.from({ length: count }, (_, index) => asked(aReceipt(`ch_${index}`)));

/** Number of different transactions that last wrote the rows of a table. */
async function transactionsOf(table: string): Promise<number> {
  const [counted] = await pods[0]!.database.query<{ count: number }[]>(
    `select count(distinct xmin::text)::int as count from erp_sink.${table}`,
  );
  return counted!.count;
}

it('writes what is found out at the same moment in a few transactions, and every posting as if it were alone', async () => {
  const requests = receipts(60);
  const said = await Promise.all(requests.map((request) => pods[0]!.poster.handle(request, never)));
  expect(erp.documents.map(({ key }) => key).sort()).toEqual(requests.map(({ value }) => value.postingKey).sort());
  for (const [index, { value, requestId }] of requests.entries())
    expect(said[index]![0]!.value).toMatchObject({ postingKey: value.postingKey, requestId, result: 'posted', attempts: 1 });
  expect(await pods[0]!.reader.counts()).toMatchObject({ posted: 60 });
  expect(await transactionsOf('outcome')).toBeLessThan(20);
});

it('lets a posting that cannot be written fail alone', async () => {
  // Longer than an index of PostgreSQL takes; the consumer refuses such a key before the ledger sees it.
  const bad = asked(aReceipt(`ch_${randomBytes(8_000).toString('hex')}`));
  const [good, ...others] = receipts(5);
  const ends = await Promise.allSettled([good!, bad, ...others].map((request) => pods[0]!.poster.handle(request, never)));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(erp.documents).toHaveLength(5);
  const [row] = await pods[0]!.database.query<unknown[]>('select 1 from erp_sink.posting where posting_key = $1', [bad.value.postingKey]);
  expect(row).toBeUndefined();
});

it('posts each once though two pods are given the same requests in opposite orders', async () => {
  const requests = receipts(40);
  const [there, back] = await Promise.all([
    Promise.all(requests.map((request) => pods[0]!.poster.handle(request, never))),
    Promise.all([...requests].reverse().map((request) => pods[1]!.poster.handle(request, never))),
  ]);
  expect(erp.documents).toHaveLength(40);
  // The pod that came second publishes the same events.
  const ids = (all: typeof there): string[] =>
    all
      .flat()
      .map(({ id }) => id)
      .sort();
  expect(ids(back)).toEqual(ids(there));
});

it('sees what its neighbours of the same transaction need: a receipt waits for a customer that is not there, and then gets it', async () => {
  const customer = asked(aCustomer('cus_1'));
  const { postingKey } = customer.value;
  const receipt = asked(aReceipt('ch_1', { dependsOn: [postingKey] }));
  const [, waiting] = await Promise.all([pods[0]!.poster.handle(customer, never), pods[0]!.poster.handle(receipt, never)]);
  expect(waiting[0]!.value).toMatchObject({ result: 'waiting' });
  await pods[0]!.sweeper.sweep();
  expect(erp.documents.map(({ key }) => key)).toEqual([postingKey, receipt.value.postingKey]);
});

it('says again what was said before, for many at once', async () => {
  const requests = receipts(10);
  const handle = () => Promise.all(requests.map((request) => pods[0]!.poster.handle(request, never)));
  const [first, again] = [await handle(), await handle()];
  expect(again.flat().map(({ id }) => id)).toEqual(first.flat().map(({ id }) => id));
  expect(erp.documents).toHaveLength(10);
});
