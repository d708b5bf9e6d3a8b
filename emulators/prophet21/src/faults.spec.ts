import { faultPlan, Faults } from './faults.js';

const call = { method: 'POST', service: 'transaction', operation: 'CashReceipts' };
const faults = (plan: object): Faults => {
  const made = new Faults();
  made.set(faultPlan.parse(plan));
  return made;
};

it('hits the calls that match, the service in any case', () => {
  const some = faults({
    rules: [{ match: { method: 'POST', service: 'Transaction', operation: 'CashReceipts' }, action: { kind: 'licence' } }],
  });
  expect([some.for(call)?.kind, some.for({ ...call, operation: 'cashreceipts' }), some.for({ ...call, method: 'GET' })]).toEqual([
    'licence',
    undefined,
    undefined,
  ]);
});

it('acts `times` times after `skip` calls', () => {
  const some = faults({ rules: [{ match: { skip: 1, times: 2 }, action: { kind: 'down' } }] });
  expect(Array.from({ length: 5 }, () => some.for(call)?.kind)).toEqual([undefined, 'down', 'down', undefined, undefined]);
});

it('a seed repeats its dice, and the share is what was asked for', () => {
  const plan = { seed: 7, rules: [{ match: { probability: 0.2 }, action: { kind: 'commit-then-drop-connection' } }] };
  const [one, two] = [faults(plan), faults(plan)];
  const first = Array.from({ length: 2_000 }, () => one.for(call) !== undefined);
  expect(Array.from({ length: 2_000 }, () => two.for(call) !== undefined)).toEqual(first);
  const share = first.filter(Boolean).length / first.length;
  expect(share).toBeGreaterThan(0.17);
  expect(share).toBeLessThan(0.23);
});

it('the first rule that acts is the one', () => {
  const some = faults({
    rules: [
      { match: { operation: 'Other' }, action: { kind: 'down' } },
      { match: {}, action: { kind: 'stall' } },
      { match: {}, action: { kind: 'licence' } },
    ],
  });
  expect(some.for(call)?.kind).toBe('stall');
});

it.each([
  { rules: [{ action: { kind: 'explode' } }] },
  { rules: [{ match: { probability: 2 }, action: { kind: 'down' } }] },
  {},
  { rules: [{ matches: {}, action: { kind: 'down' } }] },
])('refuses the plan %j', (plan) => {
  expect(faultPlan.safeParse(plan).success).toBe(false);
});
