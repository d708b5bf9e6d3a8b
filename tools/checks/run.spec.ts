import { nextGroup } from './run.js';
import type { Step } from './steps.js';
import { steps } from './steps.js';

const step = (name: string, more: Partial<Step> = {}): Step => ({ name, says: name, command: [], ...more });

it('runs neighbours of one kind side by side, and a suite alone unless it may run beside others', () => {
  const waiting = [
    step('types'),
    step('lint'),
    step('unit', { jest: true }),
    step('sim'),
    step('connectors', { jest: true }),
    step('integration', { jest: true, beside: true }),
    step('walk', { jest: true, beside: true }),
    step('containers', { jest: true }),
  ];
  const groups: string[][] = [];
  while (waiting.length > 0) groups.push(nextGroup(waiting).map(({ name }) => name));
  expect(groups).toEqual([['types', 'lint'], ['unit'], ['sim'], ['connectors'], ['integration', 'walk'], ['containers']]);
  expect(nextGroup(waiting)).toEqual([]);
});

it('has one name for each check', () => {
  const names = steps.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
