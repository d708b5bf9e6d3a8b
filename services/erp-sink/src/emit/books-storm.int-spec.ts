import type { PostingRequested } from '@tributary/contracts';
import { seeded } from '../testing/fake-erp.js';
import { aCustomer, aReceipt, asked } from '../testing/makers.js';
import { useSink } from '../testing/sink-fixture.js';

const sink = useSink();
const target = 'fake-main';
const sales = 25;
const lineKeys = ['l1', 'l2', 'l3'];
const customer = `${target}/customer/cus_1`;
const released = (postingKey: string) => ({ postingKey, until: 'released', ifNeverAsked: 'wait', afterMs: 0n });

/**
 * The documents of one sale: an invoice with lines, its receipt, the application of the receipt to the invoice, and a journal that needs
 * the application.
 */
function saleOf(n: number): PostingRequested[] {
  const key = (kind: string): string => `${target}/${kind}/s_${n}`;
  const of = (kind: string, change: Partial<PostingRequested>): PostingRequested =>
    aReceipt(`s_${n}`, {
      postingKey: key(kind),
      kind,
      shape: `fake/${kind}`,
      digest: `${kind} ${n}`,
      canonicalEventId: `${kind} of ${n}`,
      ...change,
    });
  const lines = lineKeys.map((line) => ({ table: 'InvcDtl', key: line, fields: { Amount: '3.50' } }));
  const header = { field: 'CustNum', postingKey: customer, attribute: 'CustNum', table: null, lineKey: null };
  return [
    of('invoice', { lines, dependsOn: [customer], references: [header] }),
    of('cash-receipt', { dependsOn: [customer] }),
    of('application', { needs: [released(key('invoice')), released(key('cash-receipt'))] }),
    of('journal', { needs: [released(key('application'))] }),
  ];
}

it.each([1, 2, 3])(
  'books each document of a storm once, whole, and after what it needs (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const { erp } = sink;
    erp.modes.set('journal', 'assigned');
    erp.faults = { loses: 0.15, refuses: 0.1 };
    const settings = { BATCH_MAX_DOCUMENTS: '7', SWEEP_INTERVAL_MS: '50', ERP_HELD_AFTER_MS: '2000', ERP_RECHECK_MS: '200' };
    const pods = [await sink.pod(settings), await sink.pod(settings)] as const;
    for (const pod of pods) pod.sweeper.start();
    const requests = [aCustomer('cus_1'), ...Array.from({ length: sales }, (_, n) => saleOf(n)).flat()];
    for (const { postingKey, lines } of requests)
      if (lines.length > 0 && random() < 0.6)
        erp.halves.set(postingKey, [
          { lines: Math.floor(random() * 3), answer: random() < 0.5 ? 'lost' : 'partial' },
          ...(random() < 0.3 ? [{ lines: -1, answer: 'lost' } as const] : []),
        ]);
    const shuffled = requests.map((value) => ({ value, at: random() })).sort((a, b) => a.at - b.at);
    await Promise.all(shuffled.map(({ value }, index) => sink.deliver(pods[index % 2 === 0 ? 0 : 1], asked(value))));
    await sink.until(() => erp.ledger.length >= requests.length);

    expect(erp.documents.map(({ key }) => key).sort()).toEqual(requests.map(({ postingKey }) => postingKey).sort());
    for (const { postingKey, lines } of requests) expect(erp.linesOf(postingKey).sort()).toEqual(lines.map(({ key }) => key));
    // I14: nothing was sent before what it needs was released.
    const place = new Map(erp.ledger.map((key, index) => [key, index]));
    for (const { postingKey, needs } of requests)
      for (const need of needs) expect(place.get(need.postingKey)).toBeLessThan(place.get(postingKey) ?? -1);
    expect([...erp.batches.values()].filter((state) => state !== 'posted')).toEqual([]);
  },
  90_000,
);
