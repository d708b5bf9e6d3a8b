import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { summaryOf } from './proof.js';

it('says in one line each what the sections say, and which goals are missed', () => {
  const reports = new Map([
    ['sim', '**1,000 seeds**, 2 violations (from seed 1).\n\n**3 of 4 planted bugs caught**; more'],
    ['chaos', '5 rounds recorded, 1 of them with a violation.\n'],
    ['rebuild', '1,000 postings, 1,000 documents in the ERP; x\n\n| a | b | equal (1) |\n| a | b | different (2) |\n'],
    [
      'bench',
      '1 of 2 goals reached. Why\n\n### drain: all\n\n| goal | to reach | min | median | max | reached |\n| s | at most 25 | 1 | 46.8 | 50 | **no** |\n| t | at most 9 | 1 | 2 | 3 | yes |\n',
    ],
  ]);
  expect(summaryOf(reports)).toEqual([
    '- **Simulation**: 1,000 seeds, 2 violations; 3 of 4 planted bugs caught.',
    '- **Chaos**: 5 rounds recorded, 1 of them with a violation.',
    '- **Rebuild**: 1 of 2 rebuilds gave the same digest, with up to 1,000 postings.',
    '- **Benchmarks**: 1 of 2 goals reached; not reached: drain: s (46.8, goal at most 25).',
  ]);
});

it('has a line of every section on the page as it is', () => {
  const page = readFileSync(join(root, 'docs/proof.md'), 'utf8');
  const summary = page.slice(page.indexOf('## Summary'), page.indexOf('## Simulation'));
  expect([...summary.matchAll(/^- \*\*(\w+)\*\*: .{20}/gm)].map(([, title]) => title)).toEqual([
    'Simulation',
    'Chaos',
    'Rebuild',
    'Benchmarks',
  ]);
});
