import { GroupCommit } from './group-commit.js';
import type { Settled } from './group-commit.js';

interface Work {
  readonly key: string;
  readonly id: string;
}
const work = (id: string, key = id): Work => ({ id, key });

class DatabaseGoneError extends Error {}

/** Transactions whose ends the test decides. */
class Transactions {
  readonly groups: string[][] = [];
  private readonly ends: ((error?: Error) => void)[] = [];

  readonly run = (group: readonly Work[]): Promise<Settled<string>[]> => {
    this.groups.push(group.map(({ id }) => id));
    return new Promise((resolve, reject) => {
      this.ends.push((error) => (error ? reject(error) : resolve(group.map(({ id }) => ({ ok: true, value: `did ${id}` })))));
    });
  };

  async end(error?: Error): Promise<void> {
    this.ends.shift()?.(error);
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

function groupCommit(run: Transactions['run'], { most = 10, atOnce = 1 } = {}): GroupCommit<Work, string> {
  return new GroupCommit(run, { keyOf: ({ key }) => key, most, atOnce, isEveryones: (error) => error instanceof DatabaseGoneError });
}

it('does what waits at the same moment in one transaction, and what comes meanwhile in the next one', async () => {
  const transactions = new Transactions();
  const group = groupCommit(transactions.run);
  const first = [group.do(work('a')), group.do(work('b'))];
  await settled();
  const second = [group.do(work('c')), group.do(work('d'))];
  await settled();
  expect(transactions.groups).toEqual([['a', 'b']]);
  await transactions.end();
  await transactions.end();
  expect(transactions.groups).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(await Promise.all([...first, ...second])).toEqual(['did a', 'did b', 'did c', 'did d']);
});

it('never has two works of one posting in a group, nor in two groups at once, and keeps their order', async () => {
  const transactions = new Transactions();
  const group = groupCommit(transactions.run, { atOnce: 2 });
  const all = [work('1', 'k'), work('2', 'k'), work('other'), work('3', 'k')].map((one) => group.do(one));
  await settled();
  expect(transactions.groups).toEqual([['1', 'other']]); // nothing else may run: the remaining works have the key of a running one
  for (let left = 3; left > 0; left -= 1) await transactions.end();
  expect(transactions.groups).toEqual([['1', 'other'], ['2'], ['3']]);
  expect(await Promise.all(all)).toEqual(['did 1', 'did 2', 'did other', 'did 3']);
});

it('takes no more works into a group than it may, and no more groups at once', async () => {
  const transactions = new Transactions();
  const group = groupCommit(transactions.run, { most: 2, atOnce: 2 });
  const all = ['a', 'b', 'c', 'd', 'e'].map((id) => group.do(work(id)));
  await settled();
  expect(transactions.groups).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  for (let left = 3; left > 0; left -= 1) await transactions.end();
  expect(transactions.groups.at(-1)).toEqual(['e']);
  await Promise.all(all);
});

it('does each alone when a group fails, so that only the one that cannot be written fails', async () => {
  const tried: string[][] = [];
  const group = groupCommit((works) => {
    tried.push(works.map(({ id }) => id));
    if (works.some(({ id }) => id === 'bad')) return Promise.reject(new Error('cannot be written'));
    return Promise.resolve(works.map(({ id }) => ({ ok: true as const, value: id })));
  });
  const results = await Promise.allSettled(['a', 'bad', 'c'].map((id) => group.do(work(id))));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(tried).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
});

it('tries nothing again when the database is gone: all of the group fail with that', async () => {
  const transactions = new Transactions();
  const group = groupCommit(transactions.run);
  const all = Promise.allSettled(['a', 'b'].map((id) => group.do(work(id))));
  await settled();
  await transactions.end(new DatabaseGoneError());
  expect((await all).map((one) => one.status === 'rejected' && one.reason instanceof DatabaseGoneError)).toEqual([true, true]);
  expect(transactions.groups).toEqual([['a', 'b']]);
});

it('lets one work fail by itself and goes on with its posting', async () => {
  const group = groupCommit((works) =>
    Promise.resolve(works.map(({ id }) => (id === 'bad' ? { ok: false, error: new RangeError('its own') } : { ok: true, value: id }))),
  );
  await expect(group.do(work('bad', 'k'))).rejects.toThrow('its own');
  expect(await group.do(work('good', 'k'))).toBe('good');
});
