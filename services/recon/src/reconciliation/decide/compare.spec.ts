import { money } from '@tributary/domain';
import { compare, graceMs, nextCheckMs } from './compare.js';

const usd = (minor: bigint) => money(minor, 'USD');

it.each([
  ['same amount, in the ledger', usd(29429n), { amount: usd(29429n), released: true }, 0, 'matched'],
  ['same amount, saved but not posted', usd(29429n), { amount: usd(29429n), released: false }, graceMs * 10, 'pending'],
  ['a cent less', usd(29429n), { amount: usd(29428n), released: true }, 0, 'different'],
  ['another currency', usd(29429n), { amount: money(29429n, 'EUR'), released: true }, 0, 'different'],
  ['not there, just now', usd(29429n), undefined, graceMs - 1, 'pending'],
  ['not there, after the grace', usd(29429n), undefined, graceMs, 'missing'],
] as const)('%s', (_name, stripe, ledger, ageMs, state) => {
  expect(compare(stripe, ledger, ageMs)).toBe(state);
});

it('looks again soon at the unfinished, every minute at a break, daily at the settled', () => {
  expect(nextCheckMs('pending', 0)).toBe(2_000);
  expect(nextCheckMs('pending', 99)).toBe(60_000);
  expect(nextCheckMs('different', 99)).toBe(60_000);
  expect(nextCheckMs('matched', 0)).toBe(60_000);
  expect(nextCheckMs('matched', 99)).toBe(86_400_000);
});
