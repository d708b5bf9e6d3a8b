import { root } from '../contracts/workspace.js';
import { readLockFile } from './lock-file.js';
import { billProblems, makeBill } from './sbom.js';

const lockFile = readLockFile(root);
const bill = makeBill(root, lockFile);

it('lists every package that a user receives, with hash and licence', () => {
  expect(bill.components.length).toBeGreaterThan(100);
  expect(billProblems(bill, lockFile)).toEqual([]);
});

it('lists nothing that only a developer needs', () => {
  expect(bill.components.map(({ name }) => name)).not.toContain('jest');
});

it.each([
  ['a package that is left out', { ...bill, components: bill.components.slice(1) }, 'is installed and not in the bill'],
  ['a hash that is missing', withFirst({ hashes: [] }), 'has no SHA-512 hash'],
  ['a licence that is missing', withFirst({ licenses: [] }), 'has no licence'],
])('finds %s', (_what, changed, text) => {
  expect(billProblems(changed, lockFile)).toEqual([expect.stringContaining(text)]);
});

function withFirst(change: object): typeof bill {
  const [first, ...others] = bill.components;
  return { ...bill, components: [{ ...first, ...change } as (typeof bill.components)[number], ...others] };
}
