import fc from 'fast-check';
import { compareEntries } from './compare-entries.js';
import type { LedgerEntry } from './compare-entries.js';

const key = 'xref.document.v1 kinetic-main/ch_1';
const receipt = { name: key, says: 'receipt 11', at: 1, message: 'receipt' };
const journal = { name: key, says: 'journal 12', at: 2, message: 'journal' };

async function* inOrder<Entry>(entries: readonly Entry[]): AsyncGenerator<Entry> {
  yield* entries;
}
const compared = async (there: [string, string][], entries: readonly LedgerEntry<string>[]) => {
  const { missing, different } = await compareEntries(new Map(there), inOrder(entries));
  return { missing, different };
};

it.each([['receipt 11'], ['journal 12']])('leaves a key that several documents share, and that says %s', async (said) => {
  for (const entries of [
    [receipt, journal],
    [journal, receipt],
  ])
    expect(await compared([[key, said]], entries)).toEqual({ missing: [], different: [] });
});

it('counts a key once, and gives it the document that was concluded last', async () => {
  for (const entries of [
    [receipt, journal],
    [journal, receipt],
  ]) {
    expect(await compared([], entries)).toEqual({ missing: ['journal'], different: [] });
    expect(await compared([[key, 'receipt 99']], entries)).toEqual({ missing: [], different: ['journal'] });
  }
});

it('finds nothing any more after what it found was published, whatever was there', async () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const says = fc.constantFrom('1', '2', '3');
  const entries = fc.array(fc.record({ name, says, at: fc.nat({ max: 3 }) }).map((entry) => ({ ...entry, message: entry })));
  await fc.assert(
    fc.asyncProperty(entries, fc.array(fc.tuple(name, says)), async (ledger, topics) => {
      const there = new Map(topics);
      const { missing, different } = await compareEntries(there, inOrder(ledger));
      for (const entry of [...missing, ...different]) there.set(entry.name, entry.says);
      expect(await compareEntries(there, inOrder(ledger))).toMatchObject({ missing: [], different: [] });
      for (const entry of ledger)
        expect(ledger.filter((other) => other.name === entry.name).map((other) => other.says)).toContain(there.get(entry.name));
    }),
  );
});
