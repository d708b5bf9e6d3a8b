import { isNoticed } from './open-hole.js';
import { checksOfRepository } from './report.js';
import { SeededCopy } from './seeded-copy.js';

/** The proof in short: one hole each of some checks whose tests need no dependency. All of them: `npm run proof:security`. */
const checks = [1, 4, 8, 11];
let copy: SeededCopy;
beforeAll(() => {
  copy = new SeededCopy();
}, 120_000);
afterAll(() => copy?.remove());

it.each(checks)(
  'a hole of check %i turns its test red',
  (id) => {
    const check = checksOfRepository().find((one) => one.id === id);
    const [seed] = check?.seeds ?? [];
    const test = check?.tests[seed?.fails ?? 0];
    if (!seed || !test) throw new Error(`check ${id} has no hole`);
    expect(isNoticed(copy, seed, test)).toBe(true);
  },
  120_000,
);

it('a change that opens nothing turns no test red', () => {
  const [check] = checksOfRepository();
  const test = check?.tests[0];
  if (!test) throw new Error('check 1 has no test');
  const harmless = {
    file: 'services/ingest/src/accept/verify-signature.ts',
    find: 'const signatureBytes =',
    replace: 'const signatureBytes  =',
  };
  expect(isNoticed(copy, { ...harmless, hole: 'none', also: [], fails: 0 }, test)).toBe(false);
}, 120_000);
