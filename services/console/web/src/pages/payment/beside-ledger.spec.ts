import fc from 'fast-check';
import type { EffectLine } from '../../recon/shapes.js';
import { besideLedger } from './beside-ledger.js';

const usd = (minor: string) => ({ minor, currency: 'USD', text: minor, exact: true });
const debit = (role: string, account: string | null, minor: string): EffectLine => ({ role, account, debit: usd(minor), credit: null });
const credit = (role: string, account: string | null, minor: string): EffectLine => ({ role, account, debit: null, credit: usd(minor) });
const told = (effect: readonly EffectLine[], entries: readonly EffectLine[]): unknown =>
  besideLedger(effect, entries).map(({ account, asked, entry, differs }) => [
    account,
    asked?.debit?.minor ?? asked?.credit?.minor,
    entry?.debit?.minor ?? entry?.credit?.minor,
    differs,
  ]);

it('puts entries beside the lines of their account, or of their role where the ERP chose the account', () => {
  expect(
    told([debit('CLR', '1150', '100'), credit('AR', null, '100')], [credit('AR', '1100', '100'), debit('CLR', '1150', '100')]),
  ).toEqual([
    ['1150', '100', '100', false],
    ['1100', '100', '100', false],
  ]);
});

it('marks what differs, what is missing, and what nobody asked for', () => {
  expect(told([debit('CLR', '1150', '100'), debit('FEE', '6210', '3')], [debit('CLR', '1150', '90'), debit('', '9999', '10')])).toEqual([
    ['1150', '100', '90', true],
    ['6210', '3', undefined, true],
    ['9999', undefined, '10', true],
  ]);
});

it('takes the entry of the same amount where an account has several', () => {
  expect(told([debit('CLR', '1150', '100'), debit('CLR', '1150', '5')], [debit('CLR', '1150', '5'), debit('CLR', '1150', '100')])).toEqual([
    ['1150', '100', '100', false],
    ['1150', '5', '5', false],
  ]);
});

it('shows every line and every entry exactly once', () => {
  const line = fc
    .tuple(fc.constantFrom('CLR', 'AR', ''), fc.constantFrom('1', '2', null), fc.constantFrom('5', '7'))
    .map(([role, account, minor]) => debit(role, account, minor));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), fc.array(line, { maxLength: 6 }), (effect, entries) => {
      const rows = besideLedger(effect, entries);
      expect(rows.flatMap(({ asked }) => asked ?? [])).toEqual(effect);
      expect(new Set(rows.flatMap(({ entry }) => entry ?? []))).toEqual(new Set(entries));
      expect(rows.filter(({ entry }) => entry !== null)).toHaveLength(entries.length);
    }),
  );
});
