import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from './store.js';

const folders: string[] = [];
const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

it('stores all of a transaction or nothing', () => {
  const store = new Store<number>();
  expect(() =>
    store.transaction((transaction) => {
      transaction.put('T', 'a', { n: 1 });
      throw new Error('refused');
    }),
  ).toThrow('refused');
  expect(store.rows('T')).toEqual([]);
});

it('a nested refusal drops its own writes only', () => {
  const store = new Store<number>();
  store.transaction((transaction) => {
    transaction.put('T', 'a', { n: transaction.next('c', 1) });
    expect(() =>
      transaction.nested((inner) => {
        inner.put('T', 'b', { n: inner.next('c', 1) });
        throw new Error('refused');
      }),
    ).toThrow('refused');
    transaction.put('T', 'c', { n: transaction.next('c', 1) });
  });
  expect(store.rows('T')).toEqual([{ n: 1 }, { n: 2 }]);
});

it('a transaction sees its own rows in their place, and without those that it deletes', () => {
  const store = new Store<number>();
  store.transaction((transaction) => ['a', 'b', 'c'].forEach((key, n) => transaction.put('T', key, { n })));
  store.transaction((transaction) => {
    transaction.put('T', 'd', { n: 9 });
    transaction.put('T', 'a', { n: 7 });
    transaction.put('T', 'b', null);
    expect(transaction.rows('T').map(({ n }) => n)).toEqual([7, 2, 9]);
    expect([transaction.row('T', 'b'), transaction.next('counter', 1), transaction.next('counter', 1)]).toEqual([undefined, 1, 2]);
    expect(store.rows('T').map(({ n }) => n)).toEqual([0, 1, 2]);
  });
  expect(store.rows('T').map(({ n }) => n)).toEqual([7, 2, 9]);
});

it('has every committed transaction again when it is opened without having been closed', () => {
  const folder = aFolder();
  const store = new Store<number>(folder);
  store.transaction((transaction) => transaction.put('T', 'a', { n: 1 }));
  store.transaction((transaction) => transaction.put('T', 'b', { n: 2 }));
  store.transaction((transaction) => transaction.put('T', 'a', null));
  expect(new Store<number>(folder).rows('T')).toEqual([{ n: 2 }]);
});

it('drops a line that was not written to its end', () => {
  const folder = aFolder();
  new Store<number>(folder).transaction((transaction) => transaction.put('T', 'a', { n: 1 }));
  appendFileSync(join(folder, 'log.jsonl'), '{"sequence":2,"puts":[["T","b",{"n"');
  const again = new Store<number>(folder);
  expect(again.rows('T')).toEqual([{ n: 1 }]);
  again.transaction((transaction) => transaction.put('T', 'c', { n: 3 }));
  expect(new Store<number>(folder).rows('T')).toEqual([{ n: 1 }, { n: 3 }]);
});

it('folds the log into a snapshot and loses nothing by it', () => {
  const folder = aFolder();
  const store = new Store<number>(folder);
  for (let index = 0; index < 5_002; index += 1) store.transaction((transaction) => transaction.put('T', String(index % 10), { n: index }));
  expect(readFileSync(join(folder, 'log.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2);
  const sum = new Store<number>(folder).rows('T').reduce((total, row) => total + Number(row.n), 0);
  expect(sum).toBe(Array.from({ length: 10 }, (_, index) => 4_992 + index).reduce((a, b) => a + b));
});
