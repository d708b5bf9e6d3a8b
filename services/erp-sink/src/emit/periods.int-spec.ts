import type { ErpPeriod } from '@tributary/connector-kit';
import { aReceipt, asked } from '../testing/makers.js';
import { useSink } from '../testing/sink-fixture.js';

const sink = useSink();
const never = new AbortController().signal;
const november: ErpPeriod = { from: '2026-11-01', to: '2026-11-30', open: true };
const december: ErpPeriod = { from: '2026-12-01', to: '2026-12-31', open: true };
const closed = (period: ErpPeriod): ErpPeriod => ({ ...period, open: false });
const aDatedReceipt = (id: string, onClosedPeriod: 'hold' | 'next-open' | null) =>
  aReceipt(id, { onClosedPeriod, fields: { Amount: '10.50', Date: '2026-11-21', Text: 'Stripe' } });

it('moves a date out of a closed period, tells the original one in the text, and says the date in the outcome', async () => {
  sink.erp.fiscalPeriods = [closed(november), december];
  const pod = await sink.pod();
  const request = asked(aDatedReceipt('ch_1', 'next-open'));
  await sink.deliver(pod, request);
  expect(sink.erp.present(request.value.postingKey)?.fields).toMatchObject({ Date: '2026-12-01', Text: 'Stripe dated 2026-11-21' });
  expect(sink.published.conclusions()).toMatchObject([{ result: 'posted', postingDate: '2026-12-01' }]);
  expect(await pod.reader.batches(1)).toMatchObject([{ date: '2026-12-01' }]);
  // The recorded digest is still that of the request, so a redelivery gets the same outcome.
  await sink.deliver(pod, request);
  expect(sink.published.resultsOf(request.value.postingKey)).toEqual(['posted']);
});

it('says the date of the release, too', async () => {
  sink.erp.fiscalPeriods = [closed(november), december];
  const pod = await sink.pod();
  const request = asked(aDatedReceipt('ch_1', 'next-open'));
  await sink.deliver(pod, request);
  await sink.sweepUntil(pod, () => sink.published.resultsOf(request.value.postingKey).includes('released'));
  expect(sink.published.conclusions().at(-1)).toMatchObject({ result: 'released', postingDate: '2026-12-01' });
});

it('holds what is not to be moved, before any call, and posts it when the period is open and a person replays it', async () => {
  sink.erp.fiscalPeriods = [closed(november), december];
  const pod = await sink.pod({ ERP_PERIODS_MAX_AGE_MS: '1' });
  const request = asked(aDatedReceipt('ch_1', 'hold'));
  await sink.deliver(pod, request);
  expect(sink.erp.posts).toBe(0);
  expect(sink.published.conclusions()).toMatchObject([
    { result: 'held', code: 'posting.period-closed', text: expect.stringContaining('2026-11-21'), postingDate: null },
  ]);
  sink.erp.fiscalPeriods = [november, december];
  await sink.published.publish(await pod.poster.handle(request, never, { kind: 'replay' }));
  expect(sink.published.resultsOf(request.value.postingKey)).toEqual(['held', 'posted']);
  expect(sink.erp.present(request.value.postingKey)?.fields.Date).toBe('2026-11-21');
});

it('moves what the ERP refuses because the period was closed after the periods were read', async () => {
  sink.erp.fiscalPeriods = [november, december];
  const pod = await sink.pod();
  await sink.deliver(pod, asked(aDatedReceipt('ch_1', 'next-open')));
  sink.erp.fiscalPeriods = [closed(november), december];
  const request = asked(aDatedReceipt('ch_2', 'next-open'));
  await sink.deliver(pod, request);
  expect(sink.erp.present(request.value.postingKey)?.fields.Date).toBe('2026-12-01');
  expect(sink.erp.periodReads).toBe(2);
});

it('leaves a request without a policy to the ERP, never asks for periods, and holds it by its refusal', async () => {
  sink.erp.fiscalPeriods = [closed(november), december];
  const pod = await sink.pod();
  await sink.deliver(pod, asked(aDatedReceipt('ch_1', null)));
  expect(sink.published.conclusions()).toMatchObject([{ result: 'held', code: 'posting.period-closed' }]);
  expect([sink.erp.periodReads, sink.erp.documents.length]).toEqual([0, 0]);
});

it('waits while a target has not told its periods', async () => {
  const pod = await sink.pod();
  sink.erp.silent = true;
  const request = asked(aDatedReceipt('ch_1', 'next-open'));
  await expect(pod.poster.handle(request, never)).rejects.toMatchObject({ disposition: 'pause' });
  sink.erp.silent = false;
  await sink.deliver(pod, request);
  expect(sink.erp.documents).toHaveLength(1);
});

it('holds what a target that tells no periods refuses, and posts it when a person has opened the period and replays it', async () => {
  Object.defineProperty(sink.erp, 'periods', { value: undefined });
  sink.erp.fiscalPeriods = [closed(november)];
  const pod = await sink.pod();
  const request = asked(aDatedReceipt('ch_1', 'next-open'));
  await sink.deliver(pod, request);
  expect(sink.published.conclusions()).toMatchObject([{ result: 'held', code: 'posting.period-closed' }]);
  sink.erp.fiscalPeriods = [november];
  await sink.published.publish(await pod.poster.handle(request, never, { kind: 'replay' }));
  expect(sink.published.resultsOf(request.value.postingKey)).toEqual(['held', 'posted']);
  expect(sink.erp.documents).toHaveLength(1);
});

it('fails the batch of a period that is closed between save and release; a person opens it, and nothing is lost', async () => {
  sink.erp.fiscalPeriods = [november];
  const pod = await sink.pod();
  const request = asked(aDatedReceipt('ch_1', 'next-open'));
  await sink.deliver(pod, request);
  sink.erp.fiscalPeriods = [closed(november), december];
  const { postingKey } = request.value;
  await sink.sweepUntil(pod, () => sink.published.resultsOf(postingKey).includes('held'));
  expect(sink.published.conclusions().at(-1)).toMatchObject({
    code: 'posting.batch-failed',
    text: expect.stringContaining('the period of 2026-11-21 is closed'),
  });
  sink.erp.fiscalPeriods = [november];
  const [batch] = await pod.reader.batches(1);
  await pod.batches.order(batch?.batchId ?? '', { by: 'a person', reason: 'the period is open again' });
  await sink.sweepUntil(pod, () => sink.published.resultsOf(postingKey).includes('released'));
  expect([sink.erp.documents.length, sink.erp.ledger]).toEqual([1, [postingKey]]);
});
