import fc from 'fast-check';
import { bankReceiptRate } from './kinetic-rate.js';

it.each([
  ['100.00', '126.40', '1.2640000000'],
  ['80.00', '107.52', '1.3440000000'],
  ['3', '1.00', '0.3333333333'],
  ['19.99', '3011', '150.6253126563'],
])('%s received as %s', (amount, received, rate) => {
  expect(bankReceiptRate(amount, received)).toBe(rate);
});

it.each([
  ['0', '1.00'],
  ['1.00', '0'],
  ['-1.00', '1.00'],
  ['1.0005', '1.00'],
  ['', '1.00'],
])('there is no rate from %j to %j', (amount, received) => {
  expect(bankReceiptRate(amount, received)).toBeUndefined();
});

it('gives the received amount back, to the cent', () => {
  const cents = fc.integer({ min: 1, max: 999_999_999 });
  fc.assert(
    fc.property(cents, cents, (from, to) => {
      const text = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
      const rate = bankReceiptRate(text(from), text(to));
      const back = (BigInt(from) * BigInt((rate ?? '').replace('.', '')) + 5_000_000_000n) / 10_000_000_000n;
      expect(back).toBe(BigInt(to));
    }),
    { numRuns: 10_000 },
  );
});
