import { aReceipt, asked } from '../../testing/makers.js';
import { useSink } from '../../testing/sink-fixture.js';

const sink = useSink();

it('a batch that all documents have left is done with when the target does not know it, and not looked at for ever', async () => {
  const { erp } = sink;
  const pod = await sink.pod();
  const request = asked(aReceipt('ch_1'));
  erp.answers.set(request.value.postingKey, [{ kind: 'rejected', code: 'fake.closed', text: 'the period is closed' }]);
  await expect(pod.poster.handle(request, new AbortController().signal)).rejects.toMatchObject({ code: 'erp.fake.closed' });
  erp.batches.clear();
  erp.releaseAnswers.push({ kind: 'unknown', text: 'no answer' });
  const states = new Set<string>();
  for (let sweep = 0; sweep < 100 && !states.has('released'); sweep += 1) {
    await pod.sweeper.sweep();
    for (const { state } of await pod.reader.batches(10)) states.add(state);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect([...states]).toContain('released');
  expect([...states]).not.toContain('failed');
  expect(erp.releases).toBe(1);
});
