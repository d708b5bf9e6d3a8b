import { Faults, matchesOperation } from './faults.js';
import type { FaultRule } from './faults.js';

interface Call {
  readonly method: string;
  readonly service: string;
  readonly operation: string;
}
interface Action {
  readonly kind: string;
}
const call: Call = { method: 'POST', service: 'Customers', operation: 'Update' };
const faults = ({ seed = 1, rules }: { seed?: number; rules: FaultRule<Partial<Call>, Action>[] }): Faults<Call, Partial<Call>, Action> => {
  const made = new Faults<Call, Partial<Call>, Action>(matchesOperation);
  made.set({ seed, rules });
  return made;
};

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
      { match: {}, action: { kind: 'stale' } },
    ],
  });
  expect(some.for(call)?.kind).toBe('stall');
});
