import { readFileSync } from 'node:fs';
import type { ErpConnector } from '../erp-connector.js';
import { casesOf } from './cases/index.js';
import { caseCount, caseTable } from './case-table.js';
import type { ConnectorDeclaration } from './declaration.js';
import { declarationProblems } from './declaration.js';
import type { ErpConnectorHarness } from './harness.js';
import { planOf } from './plan.js';

const connector: ErpConnector = {
  name: 'tiny',
  capabilities: new Set(['customer', 'invoice']),
  longestCallMs: 1_000,
  post: () => Promise.resolve({ kind: 'skipped', text: 'nothing' }),
  find: () => Promise.resolve(undefined),
  probe: () => Promise.resolve(),
};
const harness = { kinds: { customer: {}, invoice: {} } } as unknown as ErpConnectorHarness;
const declaration: ConnectorDeclaration = {
  capabilities: ['create-once', 'look-ups', 'batches-none'],
  kinds: { customer: { role: 'master' }, invoice: { role: 'lined', batches: 'none', without: ['look-ups'] } },
};

it('has at least sixty named cases, each under one name', () => {
  const names = Object.entries(casesOf).flatMap(([capability, cases]) => cases.map(({ title }) => `${capability}: ${title}`));
  expect(caseCount()).toBeGreaterThanOrEqual(60);
  expect(new Set(names).size).toBe(names.length);
});

it('every capability has a case', () => {
  for (const [capability, cases] of Object.entries(casesOf)) expect([capability, cases.length]).not.toEqual([capability, 0]);
});

it('the README lists the cases', () => {
  const plain = (text: string) =>
    text
      .replace(/\\([_*<>])/g, '$1')
      .replace(/ +/g, ' ')
      .replace(/-{3,}/g, '---');
  const readme = plain(readFileSync(new URL('../../README.md', import.meta.url), 'utf8'));
  expect(readme).toContain(plain(caseTable()));
  expect(readme).toContain(`${caseCount()} named cases`);
});

it('plans the cases of declared capabilities, and none for a kind that is without them', () => {
  const plan = planOf(declaration);
  expect(new Set(plan.map(({ capability }) => capability))).toEqual(new Set(['declaration', 'create-once', 'look-ups', 'batches-none']));
  expect(plan.filter(({ capability, kind }) => capability === 'look-ups' && kind === 'invoice')).toEqual([]);
  expect(plan.filter(({ capability, kind }) => capability === 'look-ups' && kind === 'customer')).not.toEqual([]);
  expect(plan.map(({ title }) => title)).toContain('a customer is stored once, with its posting key');
});

it('finds nothing wrong with a declaration whose parts are there', () => {
  expect(declarationProblems(declaration, connector, harness)).toEqual([]);
});

it.each([
  [{ ...declaration, capabilities: [...declaration.capabilities, 'discard'] }, 'discard is declared, and the connector has no discard'],
  [{ ...declaration, capabilities: [...declaration.capabilities, 'clearing'] }, 'clearing is declared, and the harness has no bankAccount'],
  [
    { ...declaration, capabilities: [...declaration.capabilities, 'text-limits'] },
    'text-limits is declared, and the harness of customer has no text',
  ],
  [
    { ...declaration, kinds: { ...declaration.kinds, invoice: { role: 'lined', batches: 'none' } } },
    'look-ups is declared, and the harness of invoice has no duplicate',
  ],
  [
    { ...declaration, kinds: { ...declaration.kinds, invoice: { role: 'lined', batches: 'named', without: ['look-ups'] } } },
    'invoice: its capability batches-named is not declared',
  ],
  [
    { ...declaration, kinds: { ...declaration.kinds, invoice: { role: 'lined', without: ['look-ups'] } } },
    'invoice: say how it is released (batches: named, assigned or none)',
  ],
] as [ConnectorDeclaration, string][])('says which part of a declared capability is missing (%#)', (declared, problem) => {
  expect(declarationProblems(declared, connector, harness)).toContain(problem);
});

it('finds a method whose cases would not run', () => {
  const more: ErpConnector = { ...connector, trialBalance: () => Promise.resolve([]) };
  expect(declarationProblems(declaration, more, harness)).toEqual(['the connector has trialBalance, and trial-balance is not declared']);
});
