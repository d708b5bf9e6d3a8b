import { faultPlan, Faults } from './faults.js';

const call = { method: 'POST', service: 'Erp.BO.CustomerSvc', operation: 'Update' };
const faults = (plan: object): Faults => {
  const made = new Faults();
  made.set(faultPlan.parse(plan));
  return made;
};

it('hits the calls that match, the service in any case', () => {
  const some = faults({
    rules: [{ match: { method: 'POST', service: 'erp.bo.customersvc', operation: 'Update' }, action: { kind: 'stale' } }],
  });
  expect([some.for(call)?.kind, some.for({ ...call, operation: 'update' }), some.for({ ...call, method: 'GET' })]).toEqual([
    'stale',
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
