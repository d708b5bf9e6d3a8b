import type { Books } from './books.js';
import { betweenReadingsMs, mostReadings, SettledBooks } from './settled-books.js';

const booksWith = (difference: string): Books => ({
  clearing: { USD: { ledger: '12.50', stripe: '10.00', inFlight: '2.50', difference } },
  ledgers: {},
  unbalanced: 0,
});

/** Asks once a second for as long as all readings can take, and longer. */
async function told(reading: (n: number) => Books | undefined): Promise<{ lines: string[]; readings: number }> {
  let clock = 0;
  let readings = 0;
  const settled = new SettledBooks(
    () => Promise.resolve(reading((readings += 1))),
    () => clock,
  );
  const lines: string[] = [];
  for (; clock <= betweenReadingsMs * (mostReadings + 2); clock += 1_000) {
    const line = await settled.toTell();
    if (line !== undefined) lines.push(line);
  }
  return { lines, readings };
}

it('tells what two readings in a row say, not the first one, and once', async () => {
  expect(await told((n) => booksWith(n === 1 ? '-208.50' : '0.00'))).toEqual({
    lines: ['Clearing: USD ledger 12.50 - Stripe 10.00 - in flight 2.50 = difference 0.00. Unbalanced: 0.'],
    readings: 3,
  });
});

it('tells a difference that stays', async () => {
  const { lines, readings } = await told(() => booksWith('-208.50'));
  expect(lines).toEqual([expect.stringContaining('difference -208.50. Unbalanced: 0.')]);
  expect([lines[0]?.includes('still changing'), readings]).toEqual([false, 2]);
});

it('does not wait for ever: the last of some readings that all differ is told as such', async () => {
  const { lines, readings } = await told((n) => booksWith(`${n}.00`));
  expect(readings).toBe(mostReadings);
  expect(lines).toEqual([expect.stringMatching(/difference 8\.00\. Unbalanced: 0\.\nThe books were still changing after 8 readings/)]);
});

it('tells nothing of books that cannot be read, and two failures are no agreement', async () => {
  expect(await told(() => undefined)).toEqual({ lines: [], readings: mostReadings });
  expect((await told((n) => (n < 3 ? undefined : booksWith('0.00')))).readings).toBe(4);
});
