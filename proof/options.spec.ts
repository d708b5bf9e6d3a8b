import { parseOptions } from './options.js';

const kinds = { seeds: 'number', trace: 'flag', name: 'text', fault: 'texts' } as const;

it('reads switches, numbers, texts and repeated texts', () => {
  expect(parseOptions(['--seeds', '7', '--trace', '--name=x', '--fault', 'a', '--fault', 'b'], kinds)).toEqual({
    seeds: 7,
    trace: true,
    name: 'x',
    fault: ['a', 'b'],
  });
});

it('has a value for every option that is not given', () => {
  expect(parseOptions([], kinds)).toEqual({ seeds: undefined, trace: false, name: undefined, fault: [] });
});

it.each([
  [['--seeds', 'many'], '--seeds many: expected a whole number from 1'],
  [['--seeds', '0'], '--seeds 0: expected a whole number from 1'],
  [['--bogus'], "Unknown option '--bogus'"],
  [['--name'], "Option '--name <value>' argument missing"],
  [['word'], 'Unexpected argument'],
])('refuses %j', (args, problem) => {
  expect(() => parseOptions(args, kinds)).toThrow(problem);
});
