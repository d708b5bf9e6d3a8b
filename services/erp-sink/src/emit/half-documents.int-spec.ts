import { ErpSilentError } from '@tributary/connector-kit';
import { aReceipt, asked } from '../testing/makers.js';
import { useSink } from '../testing/sink-fixture.js';

const sink = useSink();
const never = new AbortController().signal;
const key = 'fake-main/invoice/in_1';
const lineKeys = ['l1', 'l2', 'l3'];
const lines = lineKeys.map((line) => ({ table: 'InvcDtl', key: line, fields: { Amount: '3.50' } }));
const anInvoice = (digest = 'invoice') =>
  asked(aReceipt('in_1', { postingKey: key, kind: 'invoice', shape: 'fake/invoice', digest, lines }));

it('finishes a document whose answer was lost after its header was stored, and writes each line once', async () => {
  const pod = await sink.pod();
  sink.erp.halves.set(key, [{ lines: 1, answer: 'lost' }]);
  await sink.deliver(pod, anInvoice());
  expect([sink.erp.linesOf(key), sink.erp.documents.length, sink.erp.posts]).toEqual([lineKeys, 1, 2]);
  expect(sink.published.resultsOf(key)).toEqual(['posted']);
});

it('finishes what the ERP says is there in part', async () => {
  const pod = await sink.pod();
  sink.erp.halves.set(key, [{ lines: 0, answer: 'partial' }]);
  await sink.deliver(pod, anInvoice());
  expect([sink.erp.linesOf(key), sink.erp.documents.length]).toEqual([lineKeys, 1]);
});

it('takes a document for whole only when all lines are there: the rest may be lost, too', async () => {
  const pod = await sink.pod();
  sink.erp.halves.set(key, [
    { lines: 1, answer: 'lost' },
    { lines: 0, answer: 'lost' },
    { lines: -1, answer: 'lost' },
  ]);
  await sink.deliver(pod, anInvoice());
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).some((result) => result === 'posted' || result === 'adopted'));
  expect([sink.erp.linesOf(key), sink.erp.documents.length]).toEqual([lineKeys, 1]);
});

it('deletes a document one of whose lines is refused, and rejects the request with what the ERP said', async () => {
  const pod = await sink.pod();
  sink.erp.refusedLines.add('l2');
  await expect(pod.poster.handle(anInvoice(), never)).rejects.toMatchObject({
    code: 'erp.fake.line-refused',
    message: expect.stringContaining('l2'),
  });
  expect([sink.erp.present(key), sink.erp.discarded]).toEqual([undefined, [key]]);
  expect(sink.published.conclusions()).toMatchObject([{ result: 'rejected', code: 'fake.line-refused', reference: null }]);
});

it('makes it anew when the refused line is corrected and the request is replayed', async () => {
  const pod = await sink.pod();
  sink.erp.refusedLines.add('l2');
  await expect(pod.poster.handle(anInvoice(), never)).rejects.toMatchObject({ disposition: 'reject' });
  sink.erp.refusedLines.clear();
  await sink.published.publish(await pod.poster.handle(anInvoice('corrected'), never, { kind: 'replay' }));
  expect(sink.published.resultsOf(key)).toEqual(['rejected', 'posted']);
  expect(sink.erp.linesOf(key)).toEqual(lineKeys);
});

it('looks after an unanswered deletion, and deletes nothing twice', async () => {
  const pod = await sink.pod();
  sink.erp.refusedLines.add('l2');
  sink.erp.discardAnswers.push('lost');
  await expect(pod.poster.handle(anInvoice(), never)).rejects.toMatchObject({ disposition: 'reject' });
  expect(sink.erp.discarded).toEqual([key]);
});

it('goes on with a deletion in which the worker was killed', async () => {
  const pod = await sink.pod();
  sink.erp.refusedLines.add('l2');
  let reached = (): void => undefined;
  const discarding = new Promise<void>((resolve) => (reached = resolve));
  // The call is never answered, and its worker never comes back.
  sink.erp.onDiscard = () => {
    reached();
    return new Promise(() => undefined);
  };
  void pod.poster.handle(anInvoice(), never).catch(() => undefined);
  await discarding;
  const [row] = await pod.database.query<{ half: unknown; discarding: unknown; sent_at: Date | null }[]>(
    'select half, discarding, sent_at from erp_sink.posting where posting_key = $1',
    [key],
  );
  // The ledger records the deletion before the call is made.
  // Why the document was refused is encrypted: the ERP's text may name somebody.
  const encrypted = { $encrypted: expect.any(String) };
  expect(row).toMatchObject({ half: { missing: ['l2'] }, discarding: encrypted, sent_at: expect.any(Date) });
  sink.erp.onDiscard = () => Promise.resolve();
  await pod.database.query(`update erp_sink.posting set lease_until = clock_timestamp() - interval '1 s'`);
  const other = await sink.pod();
  await expect(other.poster.handle(anInvoice(), never)).rejects.toMatchObject({ disposition: 'reject' });
  expect([sink.erp.present(key), sink.erp.discarded]).toEqual([undefined, [key]]);
});

it('holds what it can neither finish nor delete, and adopts it when a person has completed it', async () => {
  const pod = await sink.pod();
  sink.erp.refusedLines.add('l2');
  sink.erp.discardAnswers.push({ kind: 'rejected', code: 'fake.no-delete', text: 'deleting is not allowed' });
  await sink.deliver(pod, anInvoice());
  expect(sink.published.conclusions()).toMatchObject([
    { result: 'held', code: 'posting.half-done', text: expect.stringContaining('deleting is not allowed') },
  ]);
  // Its batch is not released with half a document in it.
  for (let round = 0; round < 10; round += 1) {
    await pod.sweeper.sweep();
    await sink.pause(20);
  }
  expect(sink.erp.releases).toBe(0);
  sink.erp.refusedLines.clear();
  sink.erp.present(key)?.lines.push(...lines.filter((line) => line.key === 'l2'));
  await sink.published.publish(await pod.poster.handle(anInvoice(), never, { kind: 'replay' }));
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('released'));
  expect(sink.published.resultsOf(key)).toEqual(['held', 'adopted', 'released']);
  expect(sink.erp.documents).toHaveLength(1);
});

it('never deletes where saving is releasing', async () => {
  sink.erp.modes.set('invoice', 'none');
  sink.erp.refusedLines.add('l2');
  const pod = await sink.pod();
  await sink.deliver(pod, anInvoice());
  expect(sink.published.conclusions()).toMatchObject([{ result: 'held', code: 'posting.half-done' }]);
  expect(sink.erp.discarded).toEqual([]);
});

it('does not release a batch while nobody can say whether a document in it is whole', async () => {
  const pod = await sink.pod();
  sink.erp.halves.set(key, [{ lines: 1, answer: 'lost' }]);
  const { erp } = sink;
  erp.find = () => Promise.reject(new ErpSilentError('looking: no answer'));
  await sink.deliver(pod, anInvoice());
  expect(sink.published.conclusions()).toMatchObject([{ result: 'held', code: 'posting.outcome-unknown' }]);
  for (let round = 0; round < 10; round += 1) {
    await pod.sweeper.sweep();
    await sink.pause(20);
  }
  expect(erp.releases).toBe(0);
  delete (erp as Partial<typeof erp>).find;
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('released'));
  expect([erp.linesOf(key), erp.documents.length]).toEqual([lineKeys, 1]);
});
