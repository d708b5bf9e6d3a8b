import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssets } from '../../desk/emit/asset-reader.js';
import { postingRule } from './posting-rule.js';

const root = join(import.meta.dirname, '../../../../..');
const rules = readAssets(join(root, 'assets/epicor-kinetic'));

const request = {
  ...{ flow: 'cash-receipts', target: 'kinetic-main', kind: 'cash-receipt', shape: 'epicor-kinetic/cash-receipt' },
  mappingVersion: rules.ok ? rules.bundle.version : '',
  effect: [
    { role: 'CLR', account: '1150', currency: 'USD', debit: '29429', credit: null },
    { role: 'AR', account: null, currency: 'USD', debit: null, credit: '29429' },
  ],
};
const flowOf = (kind: string): string => {
  if (!rules.ok) throw new Error(rules.text);
  return (
    [...rules.bundle.flows.values()]
      .flat()
      .find(({ steps, profile }) => profile.target === 'kinetic-main' && steps.some((step) => step.kind === kind))?.name ?? ''
  );
};

it('names the step with its place, and the line of the profile that chose each account', () => {
  const rule = postingRule({ ...request, flow: flowOf('cash-receipt') }, rules);
  expect(rule.text).toBeNull();
  expect(rule.place?.path).toMatch(/\.yaml$/);
  expect(rule.step).not.toBeNull();
  const [clearing, receivable] = rule.lines;
  expect([clearing?.role, clearing?.side, clearing?.amount.text, receivable?.place]).toEqual(['CLR', 'debit', '294.29', null]); // the ERP determines AR
  const profile = readFileSync(join(root, 'assets/epicor-kinetic', clearing?.place?.path ?? ''), 'utf8').split('\n');
  expect(profile[(clearing?.place?.line ?? 0) - 1]).toMatch(/^\s+CLR:/);
});

it('tells no place of rules of another version, nor of rules that cannot be read, and says why', () => {
  expect(postingRule({ ...request, mappingVersion: 'older' }, rules)).toMatchObject({
    ...{ mappingVersion: 'older', step: null, place: null, text: expect.stringContaining('changed since') as string },
    lines: [{ role: 'CLR', place: null }, { role: 'AR' }],
  });
  expect(postingRule(request, { ok: false, text: 'TRIBUTARY_ASSETS_DIR is not set for recon' }).text).toContain('TRIBUTARY_ASSETS_DIR');
  expect(postingRule({ ...request, flow: 'another' }, rules).text).toContain('no such step');
});
