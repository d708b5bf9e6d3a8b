import fc from 'fast-check';
import { refundLine } from './refund-line.js';
import { shareOf } from './share-of.js';

const usd = (minor: bigint): { minor: bigint; currency: string } => ({ minor, currency: 'USD' });

// Calculated by hand: 825 * 120 / 500 = 198; halves round to even.
it.each([
  [825n, 120n, 500n, 198n],
  [1n, 1n, 2n, 0n],
  [3n, 1n, 2n, 2n],
  [5n, 1n, 2n, 2n],
  [-3n, 1n, 2n, -2n],
  [10n, 1n, 3n, 3n],
  [10n, 2n, 3n, 7n],
  [10n, 9n, 3n, 10n],
])('takes of %d the share %d of %d: %d', (whole, part, total, share) => {
  expect(shareOf(whole, part, total)).toBe(share);
});

it('gives parts that add up to the whole, in 100,000 random splits', () => {
  const sale = fc.record({
    tax: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    parts: fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 8 }),
  });
  fc.assert(
    fc.property(sale, ({ tax, parts }) => {
      const total = parts.reduce((sum, part) => sum + part, 0n);
      let before = 0n;
      let given = 0n;
      for (const part of parts) {
        const line = refundLine('Refund', usd(part), usd(before), usd(total), usd(tax));
        if (line.net.minor + line.tax.minor !== part) return false;
        given += line.tax.minor;
        before += part;
      }
      return given === tax;
    }),
    { numRuns: 100_000 },
  );
});
