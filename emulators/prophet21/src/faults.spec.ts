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

it.each([
  { rules: [{ action: { kind: 'explode' } }] },
  { rules: [{ match: { probability: 2 }, action: { kind: 'down' } }] },
  {},
  { rules: [{ matches: {}, action: { kind: 'down' } }] },
])('refuses the plan %j', (plan) => {
  expect(faultPlan.safeParse(plan).success).toBe(false);
});
