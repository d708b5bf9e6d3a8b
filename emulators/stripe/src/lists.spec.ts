import { expanded, page } from './lists.js';
import { ApiProblem } from './problem.js';
import { Store } from './store.js';
import type { StripeObject } from './store.js';

/** Five objects, oldest first; the third and fourth share their second. */
const objects: StripeObject[] = [100, 101, 102, 102, 103].map((created, index) => ({ id: `ch_${index}`, object: 'charge', created }));
const listed = (query: string): { ids: string[]; more: unknown } => {
  const { data, has_more: more } = page(objects, new URLSearchParams(query), '/v1/charges');
  return { ids: (data as StripeObject[]).map(({ id }) => id), more };
};
const problemOf = (run: () => unknown): Partial<ApiProblem> => {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiProblem) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

it('answers newest first, and says whether there is more', () => {
  expect(listed('')).toEqual({ ids: ['ch_4', 'ch_3', 'ch_2', 'ch_1', 'ch_0'], more: false });
  expect(listed('limit=2')).toEqual({ ids: ['ch_4', 'ch_3'], more: true });
  expect(page(objects, new URLSearchParams(), '/v1/charges')).toMatchObject({ object: 'list', url: '/v1/charges' });
});

it('goes to older ones with starting_after and to newer ones, nearest first, with ending_before', () => {
  expect(listed('limit=2&starting_after=ch_3')).toEqual({ ids: ['ch_2', 'ch_1'], more: true });
  expect(listed('limit=2&starting_after=ch_1')).toEqual({ ids: ['ch_0'], more: false });
  // The page next to the cursor, not the newest one: so a reader that goes on from its first element misses nothing.
  expect(listed('limit=2&ending_before=ch_0')).toEqual({ ids: ['ch_2', 'ch_1'], more: true });
  expect(listed('limit=2&ending_before=ch_2')).toEqual({ ids: ['ch_4', 'ch_3'], more: false });
  expect(listed('ending_before=ch_4')).toEqual({ ids: [], more: false });
});

it('gives every object once, whichever way one walks', () => {
  const walk = (cursor: string, start: string): string[] => {
    const seen: string[] = [];
    for (let at = start; ;) {
      const { ids, more } = listed(`limit=2${at === '' ? '' : `&${cursor}=${at}`}`);
      seen.push(...ids);
      if (more !== true) return seen;
      at = (cursor === 'ending_before' ? ids[0] : ids.at(-1)) as string;
    }
  };
  expect(walk('starting_after', '').sort()).toEqual(objects.map(({ id }) => id));
  expect(walk('ending_before', 'ch_0').sort()).toEqual(['ch_1', 'ch_2', 'ch_3', 'ch_4']);
});

it.each([
  ['created[gte]=102', ['ch_4', 'ch_3', 'ch_2']],
  ['created[gt]=102', ['ch_4']],
  ['created[lte]=101', ['ch_1', 'ch_0']],
  ['created[lt]=101', ['ch_0']],
  ['created=102', ['ch_3', 'ch_2']],
  ['created[gte]=101&created[lt]=103', ['ch_3', 'ch_2', 'ch_1']],
])('filters by time: %s', (query, ids) => {
  expect(listed(query).ids).toEqual(ids);
});

it.each(['0', '101', '-1', '1.5', 'many'])('refuses the limit %s', (limit) => {
  expect(problemOf(() => listed(`limit=${limit}`))).toMatchObject({ status: 400, error: { param: 'limit' } });
});

it('refuses a cursor that points nowhere', () => {
  expect(problemOf(() => listed('starting_after=ch_gone'))).toMatchObject({ status: 400, error: { code: 'resource_missing' } });
});

describe('expand', () => {
  const store = new Store(undefined);
  store.put('customers', { id: 'cus_1', object: 'customer', name: 'Acme' });
  store.put('balance_transactions', { id: 'txn_1', object: 'balance_transaction', net: 9 });
  store.put('charges', { id: 'ch_1', object: 'charge', customer: 'cus_1', balance_transaction: 'txn_1' });
  store.put('charges', { id: 'ch_2', object: 'charge', customer: null, balance_transaction: null });
  const intent = { id: 'pi_1', object: 'payment_intent', latest_charge: 'ch_1', customer: 'cus_1' };

  it('replaces ids by objects, also below replaced ones, and leaves the stored ones alone', () => {
    expect(expanded(intent, ['customer', 'latest_charge.balance_transaction'], store)).toMatchObject({
      customer: { name: 'Acme' },
      latest_charge: { id: 'ch_1', customer: 'cus_1', balance_transaction: { net: 9 } },
    });
    expect(store.get('charges', 'ch_1')?.balance_transaction).toBe('txn_1');
    expect(intent.latest_charge).toBe('ch_1');
  });

  it('reaches into every element of a list; null stays null', () => {
    const list = { object: 'list', data: store.all('charges') };
    expect(expanded(list, ['data.customer'], store)).toMatchObject({ data: [{ customer: { name: 'Acme' } }, { customer: null }] });
  });

  it('refuses what cannot be expanded, and more than four levels', () => {
    expect(problemOf(() => expanded(intent, ['object'], store))).toMatchObject({ status: 400 });
    expect(problemOf(() => expanded(intent, ['nothing'], store))).toMatchObject({ status: 400 });
    expect(problemOf(() => expanded(intent, ['a.b.c.d.e'], store)).message).toContain('4 levels');
  });
});
