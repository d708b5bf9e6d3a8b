import { startStack } from '@tributary/local-stack';
import { FakeErp } from '../../testing/fake-erp.js';
import { Published, startPod } from '../../testing/harness.js';
import { aReceipt, asked } from '../../testing/makers.js';

let stack: Awaited<ReturnType<typeof startStack>>;

beforeAll(async () => {
  stack = await startStack({ postgres: true });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

it('a batch that all documents have left is done with when the target does not know it, and not looked at for ever', async () => {
  const erp = new FakeErp();
  const pod = await startPod(stack.databaseUrl, erp, new Published());
  try {
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
  } finally {
    await pod.close();
  }
});
