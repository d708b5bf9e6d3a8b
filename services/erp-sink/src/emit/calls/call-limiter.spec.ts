import { CallLimiter } from './call-limiter.js';

const never = new AbortController().signal;

it('lets as many call at once as there may be, the others in the order in which they came', async () => {
  const turns = new CallLimiter(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = [0, 1, 2, 3].map((each) =>
    turns.take(never, () => {
      begun.push(each);
      return new Promise<void>((resolve) => ends.push(resolve));
    }),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  for (let done = 0; done < 4; done += 1) {
    ends[done]?.();
    await all[done];
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(begun).toEqual([0, 1, 2, 3]);
});

it('gives the turn back when a call fails', async () => {
  const turns = new CallLimiter(1);
  await expect(turns.take(never, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  await expect(turns.take(never, () => Promise.resolve('next'))).resolves.toBe('next');
});

it('waits no longer when the process stops', async () => {
  const turns = new CallLimiter(1);
  const stop = new AbortController();
  let end = (): void => undefined;
  const first = turns.take(never, () => new Promise<void>((resolve) => (end = resolve)));
  const second = turns.take(stop.signal, () => Promise.resolve());
  stop.abort();
  await expect(second).rejects.toMatchObject({ code: 'posting.abandoned' });
  end();
  await first;
  await expect(turns.take(never, () => Promise.resolve('free'))).resolves.toBe('free');
});
