import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from './store.js';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'stripe-store-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const log = (): string => join(folder, 'stripe.jsonl');
const customer = (id: string): { id: string; object: string } => ({ id, object: 'customer' });

it('keeps everything over a restart, in order', () => {
  const first = new Store(folder);
  first.put('customers', customer('cus_1'));
  first.put('customers', { ...customer('cus_2'), name: 'old' });
  first.put('customers', { ...customer('cus_2'), name: 'new' });
  first.keepAnswer('key', { fingerprint: 'f', status: 200, body: { a: 1 }, requestId: 'req_1' });
  first.note('day', { step: 3 });
  first.markDelivered('evt_1 http://x');
  const second = new Store(folder);
  expect(second.all('customers')).toEqual([customer('cus_1'), { ...customer('cus_2'), name: 'new' }]);
  expect(second.answerTo('key')).toMatchObject({ requestId: 'req_1' });
  expect(second.noted('day')).toEqual({ step: 3 });
  expect(second.isDelivered('evt_1 http://x')).toBe(true);
});

it('writes what belongs together as one line, so that a cut line loses all of it and nothing else', () => {
  const first = new Store(folder);
  first.put('customers', customer('cus_1'));
  first.together(() => {
    first.put('customers', customer('cus_2'));
    first.together(() => first.put('customers', customer('cus_3')));
  });
  expect(readFileSync(log(), 'utf8').trim().split('\n')).toHaveLength(2);
  appendFileSync(log(), '[{"c":"customers","o":{"id":"cus_cut"');
  const second = new Store(folder);
  second.put('customers', customer('cus_4'));
  expect(new Store(folder).all('customers').map(({ id }) => id)).toEqual(['cus_1', 'cus_2', 'cus_3', 'cus_4']);
});

it('never gives an id twice, over restarts and resets', () => {
  const store = new Store(folder);
  const ids = [store.newId('evt'), store.newId('evt')];
  store.reset();
  ids.push(store.newId('evt'));
  ids.push(new Store(folder).newId('evt'));
  expect(new Set(ids).size).toBe(4);
  expect(store.all('customers')).toEqual([]);
});
