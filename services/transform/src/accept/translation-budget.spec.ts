import { BudgetedWork } from './translation-budget.js';

it('refuses more than it may do at once, and takes work again when some has ended', async () => {
  const budgeted = new BudgetedWork({ inFlight: 2, withinMs: 60_000 });
  const ends: (() => void)[] = [];
  const work = (): Promise<string> => new Promise((resolve) => ends.push(() => resolve('done')));
  const running = [budgeted.run(work), budgeted.run(work)];
  await expect(budgeted.run(work)).rejects.toMatchObject({ status: 503, response: { error: 'translations.busy' } });
  expect(ends).toHaveLength(2);
  ends[0]?.();
  expect(await running[0]).toBe('done');
  const next = budgeted.run(work);
  ends[1]?.();
  ends[2]?.();
  expect(await Promise.all([running[1], next])).toEqual(['done', 'done']);
});

it('gives up on work that takes too long, which keeps its place until it ends', async () => {
  const budgeted = new BudgetedWork({ inFlight: 1, withinMs: 5 });
  let end = (): void => undefined;
  const slow = budgeted.run(() => new Promise<void>((resolve) => (end = resolve)));
  await expect(slow).rejects.toMatchObject({ status: 503, response: { error: 'translations.late' } });
  await expect(budgeted.run(async () => 'x')).rejects.toMatchObject({ response: { error: 'translations.busy' } });
  end();
  await new Promise(setImmediate);
  expect(await budgeted.run(async () => 'x')).toBe('x');
});

it('lets a failure through, and frees its place', async () => {
  const budgeted = new BudgetedWork({ inFlight: 1, withinMs: 1_000 });
  const failing = async (): Promise<never> => {
    throw new Error('no event');
  };
  await expect(budgeted.run(failing)).rejects.toThrow('no event');
  await expect(budgeted.run(failing)).rejects.toThrow('no event');
});
