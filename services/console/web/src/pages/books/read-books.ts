import type { ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readClearing, readLedgerClearing } from '../../recon/read-clearing.js';
import type { ClearingRow } from '../../recon/read-clearing.js';
import { readAmount, readCount, readerOf, readList, readRecord, readText, readWord } from '../../recon/read-value.js';

/** `GET /books` of recon, every field read: nothing is missing. `unbalanced` null: recon did not tell it. */
export type Books = ReturnType<typeof readBooks>;
export type { ClearingRow };
/** One account of the trial balance. */
export type AccountRow = Books['trialBalance'][number];

const readAccount = readerOf<ReconShapes['AccountBalanceView']>()({
  target: readWord,
  account: readWord,
  currency: readWord,
  debit: readAmount,
  credit: readAmount,
});

/** Reads any answer; what is no row is an empty one. */
export function readBooks(value: Sent<ReconShapes['BooksView']>) {
  const { asOf, clearing, ledgers, unbalanced, trialBalance, problems } = readRecord(value);
  const several = readList(ledgers, readLedgerClearing);
  return {
    asOf: readText(asOf),
    clearing: several.length > 1 ? several.flat() : readList(clearing, (one): ClearingRow => ({ ...readClearing(one), target: '' })),
    unbalanced: readCount(unbalanced),
    trialBalance: readList(trialBalance, readAccount),
    problems: readList(problems, (one) => readText(one) ?? '(not a text)'),
  };
}
