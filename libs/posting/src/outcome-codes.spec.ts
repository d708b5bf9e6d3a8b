import { readdirSync, readFileSync } from 'node:fs';
import { outcomeCodes } from './outcome-codes.js';

it('lists every code of our own that the protocol concludes with', () => {
  const sources = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  const used = sources.flatMap((name) =>
    [...readFileSync(`${import.meta.dirname}/${name}`, 'utf8').matchAll(/'((?:posting|erp)\.[a-z-]+)'/g)].map(([, code]) => code),
  );
  expect(used).toContain('posting.amount-differs');
  expect(used.filter((code) => !Object.hasOwn(outcomeCodes, code ?? ''))).toEqual([]);
});
