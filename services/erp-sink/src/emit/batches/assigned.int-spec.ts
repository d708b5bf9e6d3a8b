import { aReceipt, asked } from '../../testing/makers.js';
import { useSink } from '../../testing/sink-fixture.js';

const sink = useSink();
const key = 'fake-main/journal/po_1';
const aJournal = (change = {}) =>
  asked(aReceipt('po_1', { postingKey: key, kind: 'journal', shape: 'fake/journal', digest: 'j', ...change }));
beforeEach(() => sink.erp.modes.set('journal', 'assigned'));

it('releases the batch that came with the save, by a second call', async () => {
  const pod = await sink.pod();
  await sink.deliver(pod, aJournal());
  expect(sink.erp.ledger).toEqual([]);
  expect(await pod.reader.batches(5)).toMatchObject([{ batchId: 'B1', kind: 'journal-group', state: 'closing', documents: 1 }]);
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('released'));
  expect([sink.erp.ledger, sink.erp.releases]).toEqual([[key], 1]);
});

it('learns of its batch when the save was not answered', async () => {
  const pod = await sink.pod();
  sink.erp.faults = { loses: 1 };
  await sink.deliver(pod, aJournal());
  sink.erp.faults = {};
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('released'));
  expect([sink.published.resultsOf(key), sink.erp.documents.length]).toEqual([['adopted', 'released'], 1]);
});

it('looks after an unanswered release, and does not release again what is released', async () => {
  const pod = await sink.pod();
  await sink.deliver(pod, aJournal());
  sink.erp.faults = { loses: 1 };
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('released'));
  expect([sink.erp.ledger, sink.erp.releases]).toEqual([[key], 1]);
});

it('holds the document of a batch that is stuck in posting, and never sends its release again', async () => {
  const pod = await sink.pod({ BATCH_STUCK_AFTER_MS: '100' });
  await sink.deliver(pod, aJournal());
  sink.erp.releaseAnswers.push({ kind: 'unknown', text: 'no answer' });
  sink.erp.batches.set('B1', 'posting');
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('held'));
  expect(sink.published.conclusions().at(-1)).toMatchObject({
    code: 'posting.batch-outcome-unknown',
    text: expect.stringContaining('batch B1: the target is still posting it, and its release is never sent again'),
  });
  for (let round = 0; round < 10; round += 1) {
    await pod.sweeper.sweep();
    await sink.pause(20);
  }
  expect(sink.erp.releases).toBe(1);
  sink.erp.batches.set('B1', 'posted');
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('released'));
});

it('is released at once when another document needs it', async () => {
  const pod = await sink.pod({ SWEEP_INTERVAL_MS: '60000' });
  await sink.deliver(pod, aJournal());
  const needs = [{ postingKey: key, until: 'released', ifNeverAsked: 'wait', afterMs: 0n }];
  pod.sweeper.start();
  await sink.deliver(pod, asked(aReceipt('ch_1', { needs })));
  await sink.until(() => sink.erp.present('fake-main/cash-receipt/ch_1') !== undefined);
  expect(sink.erp.ledger).toEqual([key]);
});
