import type { Golden } from './cell.js';
import { compareTrials } from './compare-trials.js';
import type { CellResult } from './results.js';

const result = (erp: string, cell: string, trial: Record<string, bigint>, more: Partial<Golden> = {}): CellResult => ({
  golden: { erp, cell, interface: 'real', ...more } as Golden,
  runs: 1,
  failed: 0,
  writes: 1,
  trial: new Map(Object.entries(trial)),
});
const receipt = { 'CLR-USD': 294_290n, AR: -294_290n };
const compare = (second: CellResult[]): ReturnType<typeof compareTrials> =>
  compareTrials(
    new Map([
      ['one', [result('a', 'cash-receipt', receipt), result('a', 'refund-full', {})]],
      ['two', second],
    ]),
  );

it('adds up the cases that all ledgers book alike', () => {
  const compared = compare([result('b', 'refund-full', {}), result('b', 'cash-receipt', receipt)]);
  expect(compared).toMatchObject({ cells: ['cash-receipt', 'refund-full'], differences: [], sum: 'AR -294.29, CLR-USD 294.29' });
});

it('names the case, the ledgers and both trial balances of a difference', () => {
  const { differences } = compare([result('b', 'cash-receipt', { ...receipt, AR: -294_280n, FEE: -10n }), result('b', 'refund-full', {})]);
  expect(differences).toEqual(['cash-receipt: two has AR -294.28, CLR-USD 294.29, FEE -0.01, one has AR -294.29, CLR-USD 294.29']);
});

it('leaves out what one of them holds, does not have yet, or books otherwise for a reason that it gives', () => {
  expect(compare([result('b', 'cash-receipt', {}, { interface: 'held: cash receipt service' })]).cells).toEqual([]);
  const reason = 'the ledger keeps no currency of receivables';
  const compared = compare([result('b', 'cash-receipt', {}, { ownTrial: reason }), result('b', 'refund-full', {})]);
  expect(compared).toMatchObject({ cells: ['refund-full'], own: [`cash-receipt in b: ${reason}`], differences: [] });
});
