import { P21Writers } from './p21-writers.js';

const never = new AbortController().signal;

it('runs at most so many works at the same time, in the order in which they came', async () => {
  const writers = new P21Writers(2);
  const begun: number[] = [];
  const endings: (() => void)[] = [];
  const works = [0, 1, 2, 3].map((index) =>
    writers.run(never, () => {
      begun.push(index);
      return new Promise<void>((resolve) => endings.push(resolve));
    }),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  endings[0]?.();
  await works[0];
  expect(begun).toEqual([0, 1, 2]);
  endings[1]?.();
  await works[1];
  endings[2]?.();
  endings[3]?.();
  await Promise.all(works);
  expect(begun).toEqual([0, 1, 2, 3]);
});

it('gives the place of a work that failed to the next one', async () => {
  const writers = new P21Writers(1);
  const failed = writers.run(never, () => Promise.reject(new Error('no')));
  const next = writers.run(never, () => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});

it('does not begin what was given up while it waited', async () => {
  const writers = new P21Writers(1);
  let end: () => void = () => undefined;
  const first = writers.run(never, () => new Promise<void>((resolve) => (end = resolve)));
  const controller = new AbortController();
  let begun = false;
  const second = writers.run(controller.signal, () => {
    begun = true;
    return Promise.resolve();
  });
  controller.abort(new Error('too late'));
  await expect(second).rejects.toThrow('too late');
  end();
  await first;
  expect(begun).toBe(false);
  await expect(writers.run(never, () => Promise.resolve('free'))).resolves.toBe('free');
});
