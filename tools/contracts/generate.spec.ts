import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, staleFiles } from './generate.js';
import { languageIn } from './history.js';
import { readLanguage } from './language.js';
import { renderTypes, typeScriptOf } from './render-types.js';
import { root } from './workspace.js';

it('finds every committed file as the schema files give it', async () => {
  const generated = await generate(languageIn(join(root, 'libs/contracts')));
  expect([...generated.keys()]).toEqual([
    'libs/contracts/src/generated/types.ts',
    'libs/contracts/src/generated/schemas.ts',
    'docs/topics.md',
    'docs/data/asyncapi.yaml',
    ...'party ar billing treasury risk erp xref.customer xref.item xref.document reference.currencies'
      .split(' ')
      .map((topic) => `docs/data/contracts/${topic}.v1.odcs.yaml`),
    'docs/data/decimals.csv',
  ]);
  expect(staleFiles(generated, (path) => readFileSync(join(root, path), 'utf8'))).toEqual([]);
}, 60_000); // formats all of them

it('names the file that is stale or missing', () => {
  const generated = new Map([
    ['current.ts', 'a'],
    ['stale.ts', 'b'],
    ['missing.ts', 'c'],
  ]);
  const files: Record<string, string> = { 'current.ts': 'a', 'stale.ts': 'a' };
  expect(staleFiles(generated, (path) => files[path])).toEqual(['stale.ts', 'missing.ts']);
});

it.each([
  ['string', 'string'],
  ['int', 'number'],
  [{ type: 'long', logicalType: 'minor-units' }, 'bigint'],
  [{ type: 'long', logicalType: 'timestamp-millis' }, 'number'],
  [['null', 'tributary.common.Money'], 'Money | null'],
  [{ type: 'array', items: 'tributary.ar.Refund' }, 'Refund[]'],
  [{ type: 'array', items: ['null', 'string'] }, '(string | null)[]'],
  [{ type: 'map', values: ['null', 'string', { type: 'long', logicalType: 'exact-long' }] }, 'Record<string, string | bigint | null>'],
] as const)('writes %j as %s', (schema, typeScript) => {
  expect(typeScriptOf(schema)).toBe(typeScript);
});

it('makes docs to comments that cannot end early', () => {
  const text = JSON.stringify({ type: 'record', namespace: 'tributary.a', name: 'One', doc: 'Ends */ here.', fields: [] });
  expect(renderTypes(readLanguage([{ path: 'a/One.avsc', text }]))).toContain('/** Ends *\\/ here. */\nexport interface One {');
});
