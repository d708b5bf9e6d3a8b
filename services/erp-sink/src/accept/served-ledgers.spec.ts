import type { ServedLedger } from './served-ledgers.js';
import { ServedLedgers } from './served-ledgers.js';

const ledger = (target: string): ServedLedger => ({ target }) as ServedLedger;
const both = new ServedLedgers([ledger('sl'), ledger('sl-main')]);

it('finds the ledger of a posting by its target, not by a beginning of its name', () => {
  expect(both.ofPosting('sl-main/journal/po_1')?.target).toBe('sl-main');
  expect(both.ofPosting('sl/journal/po_1')?.target).toBe('sl');
  expect(both.ofPosting('other/journal/po_1')).toBeUndefined();
});

it('needs no target where one is served, and asks for it where several are', () => {
  expect(new ServedLedgers([ledger('sl')]).one(undefined).target).toBe('sl');
  expect(both.one('sl').target).toBe('sl');
  expect(() => both.one(undefined)).toThrow('this process serves sl, sl-main; say which one, with ?target=');
  expect(() => both.all('other')).toThrow('target other is not served here: there are sl, sl-main');
  expect(both.all().map(({ target }) => target)).toEqual(['sl', 'sl-main']);
});

it('serves the ledgers that somebody may see as if there were no others', () => {
  const seen = both.seenBy(['sl-main', 'elsewhere']);
  expect(seen.all().map(({ target }) => target)).toEqual(['sl-main']);
  expect(seen.one(undefined).target).toBe('sl-main');
  expect(seen.ofPosting('sl/journal/po_1')).toBeUndefined();
  expect(() => seen.all('sl')).toThrow('target sl is not served here: there are sl-main');
  expect(both.seenBy('*')).toBe(both);
  expect(() => both.seenBy([]).one(undefined)).toThrow('no target is served here');
});
