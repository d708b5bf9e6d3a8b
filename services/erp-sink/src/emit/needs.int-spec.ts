import type { PostingNeed } from '@tributary/contracts';
import { aReceipt, asked } from '../testing/makers.js';
import { useSink } from '../testing/sink-fixture.js';

const sink = useSink();
const never = new AbortController().signal;
const invoiceKey = 'fake-main/invoice/in_1';
const applicationKey = 'fake-main/application/ap_1';
/** Batches close after any test has ended, so a batch that is released earlier was released because a posting needed it. */
const patient = { BATCH_IDLE_MS: '60000', BATCH_MAX_AGE_MS: '60000' };

const anInvoice = () => aReceipt('in_1', { postingKey: invoiceKey, kind: 'invoice', shape: 'fake/invoice', digest: 'invoice' });
const anApplication = (need: Partial<PostingNeed> = {}) =>
  aReceipt('ap_1', {
    postingKey: applicationKey,
    kind: 'application',
    shape: 'fake/application',
    digest: 'application',
    needs: [{ postingKey: invoiceKey, until: 'released', ifNeverAsked: 'wait', afterMs: 0n, ...need }],
  });

it('sends what needs a released document only after its release, and closes its batch at once', async () => {
  const pod = await sink.pod(patient);
  await sink.deliver(pod, asked(anInvoice()));
  expect(sink.erp.ledger).toEqual([]);
  await sink.deliver(pod, asked(anApplication()));
  expect(sink.published.resultsOf(applicationKey)).toEqual(['waiting']);
  pod.sweeper.start();
  await sink.until(() => sink.published.resultsOf(applicationKey).includes('posted'));
  expect([sink.erp.ledger, sink.erp.releases]).toEqual([[invoiceKey], 1]);
});

it('closes the batch of a document that others wait for already when it is saved', async () => {
  const pod = await sink.pod(patient);
  await sink.deliver(pod, asked(anApplication()));
  await sink.deliver(pod, asked(anInvoice()));
  pod.sweeper.start();
  await sink.until(() => sink.erp.present(applicationKey) !== undefined);
  expect(sink.erp.ledger).toEqual([invoiceKey]);
});

it('does not let a batch that nobody needs close early', async () => {
  const pod = await sink.pod(patient);
  await sink.deliver(pod, asked(anInvoice()));
  await sink.deliver(pod, asked(anApplication({ until: 'saved' })));
  await pod.sweeper.sweep();
  expect([sink.erp.documents.length, sink.erp.releases]).toEqual([2, 0]);
});

it('takes a document in no batch for released as soon as it is saved', async () => {
  sink.erp.modes.set('invoice', 'none');
  const pod = await sink.pod(patient);
  await sink.deliver(pod, asked(anInvoice()));
  await sink.deliver(pod, asked(anApplication()));
  expect(sink.published.resultsOf(applicationKey)).toEqual(['posted']);
});

it('goes on without what nobody has asked for in time', async () => {
  const pod = await sink.pod(patient);
  await sink.deliver(pod, asked(anApplication({ ifNeverAsked: 'without', afterMs: 100n })));
  expect(sink.published.resultsOf(applicationKey)).toEqual(['waiting']);
  await sink.sweepUntil(pod, () => sink.erp.present(applicationKey) !== undefined);
});

it('asks a person about what nobody has asked for in time, and goes on by itself when it comes after all', async () => {
  const pod = await sink.pod(patient);
  await sink.deliver(pod, asked(anApplication({ ifNeverAsked: 'hold', afterMs: 100n })));
  await sink.sweepUntil(pod, () => sink.published.resultsOf(applicationKey).includes('held'));
  expect(sink.published.conclusions().at(-1)).toMatchObject({
    code: 'posting.need-never-asked',
    text: expect.stringContaining(invoiceKey),
  });
  await sink.deliver(pod, asked(anInvoice()));
  await sink.sweepUntil(pod, () => sink.erp.present(applicationKey) !== undefined);
  expect(sink.erp.ledger).toEqual([invoiceKey]);
});

it('waits once more when that person replays it', async () => {
  const pod = await sink.pod(patient);
  const request = asked(anApplication({ ifNeverAsked: 'hold', afterMs: 150n }));
  await sink.deliver(pod, request);
  await sink.sweepUntil(pod, () => sink.published.resultsOf(applicationKey).includes('held'));
  await sink.published.publish(await pod.poster.handle(request, never, { kind: 'replay' }));
  expect(sink.published.resultsOf(applicationKey)).toEqual(['waiting', 'held', 'waiting']);
});

it('never goes on without what somebody has asked for', async () => {
  const pod = await sink.pod(patient);
  sink.erp.answers.set(invoiceKey, [{ kind: 'rejected', code: 'fake.no', text: 'no' }]);
  await expect(pod.poster.handle(asked(anInvoice()), never)).rejects.toMatchObject({ code: 'erp.fake.no' });
  await sink.deliver(pod, asked(anApplication({ ifNeverAsked: 'without', afterMs: 1n })));
  for (let round = 0; round < 5; round += 1) await pod.sweeper.sweep();
  expect(sink.erp.present(applicationKey)).toBeUndefined();
});

it('releases a chain of three, each after the one it needs', async () => {
  const pod = await sink.pod(patient);
  const receiptKey = 'fake-main/cash-receipt/ch_1';
  const need = (postingKey: string) => ({ postingKey, until: 'released', ifNeverAsked: 'wait', afterMs: 0n });
  const receipt = aReceipt('ch_1', { needs: [need(invoiceKey)] });
  const application = { ...anApplication(), needs: [need(receiptKey), need(invoiceKey)] };
  const journal = aReceipt('po_1', { postingKey: 'fake-main/journal/po_1', kind: 'journal', digest: 'j', needs: [need(applicationKey)] });
  for (const value of [journal, application, receipt, anInvoice()]) await sink.deliver(pod, asked(value));
  pod.sweeper.start();
  await sink.until(() => sink.erp.present(journal.postingKey) !== undefined);
  expect(sink.erp.ledger).toEqual([invoiceKey, receiptKey, applicationKey]);
});

it('leaves a document saved until a person releases it, and then goes on', async () => {
  const pod = await sink.pod({ ERP_PARK_MS: '20' });
  await sink.deliver(pod, asked({ ...anInvoice(), release: false }));
  await sink.deliver(pod, asked(anApplication()));
  for (let round = 0; round < 8; round += 1) {
    await pod.sweeper.sweep();
    await sink.pause(30);
  }
  expect([sink.erp.releases, sink.erp.present(applicationKey)]).toEqual([0, undefined]);
  const [batch] = await pod.reader.batches(1);
  await pod.batches.order(batch?.batchId ?? '', { by: 'a person', reason: 'approved' });
  await sink.sweepUntil(pod, () => sink.erp.present(applicationKey) !== undefined);
  expect(sink.erp.ledger).toEqual([invoiceKey]);
});
