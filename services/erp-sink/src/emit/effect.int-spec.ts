import { aReceipt, asked } from '../testing/makers.js';
import { useSink } from '../testing/sink-fixture.js';

const sink = useSink();
const never = new AbortController().signal;
const usd = (minor: bigint) => ({ minor, currency: 'USD' });
const unbalanced = [
  { role: 'CLR', account: null, debit: usd(1_050n), credit: null },
  { role: 'AR', account: null, debit: null, credit: usd(1_000n) },
];

it('rejects a request whose effect does not balance before any call, with both sums', async () => {
  const pod = await sink.pod();
  const request = asked(aReceipt('ch_1', { effect: unbalanced }));
  await expect(pod.poster.handle(request, never)).rejects.toMatchObject({
    code: 'posting.unbalanced',
    disposition: 'reject',
    message: expect.stringContaining('debits are 10.50 USD, credits 10.00 USD'),
  });
  expect([sink.erp.posts, sink.erp.batches.size]).toEqual([0, 0]);
  expect(sink.published.conclusions()).toMatchObject([{ result: 'rejected', code: 'posting.unbalanced', reference: null }]);
});

it('does not let it wait for other documents first', async () => {
  const pod = await sink.pod();
  const request = asked(aReceipt('ch_1', { effect: unbalanced, dependsOn: ['fake-main/customer/cus_1'] }));
  await expect(pod.poster.handle(request, never)).rejects.toMatchObject({ code: 'posting.unbalanced' });
});

it('posts it when its replay balances', async () => {
  const pod = await sink.pod();
  const request = asked(aReceipt('ch_1', { effect: unbalanced }));
  await expect(pod.poster.handle(request, never)).rejects.toMatchObject({ code: 'posting.unbalanced' });
  const [debit, credit] = unbalanced;
  const effect = [debit, { ...credit, credit: usd(1_050n) }] as typeof unbalanced;
  await sink.published.publish(await pod.poster.handle({ ...request, value: { ...request.value, effect } }, never, { kind: 'replay' }));
  expect(sink.erp.documents).toHaveLength(1);
  expect(sink.published.resultsOf(request.value.postingKey)).toEqual(['rejected', 'posted']);
});
