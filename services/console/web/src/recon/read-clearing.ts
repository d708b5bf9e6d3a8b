import type { ReconShapes } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { readAmount, readerOf, readList, readRecord, readWord } from './read-value.js';

/** The clearing account of one currency beside Stripe's balance. */
export interface ClearingRow extends ReturnType<typeof readClearing> {
  /** Empty where only one ledger is compared. */
  readonly target: string;
}

/** One currency of a clearing account, whatever recon sent. Never throws. */
export const readClearing = readerOf<ReconShapes['ClearingView']>()({
  currency: readWord,
  ledger: readAmount,
  stripe: readAmount,
  inFlight: readAmount,
  difference: readAmount,
});

/** The clearing accounts of one ledger, whatever recon sent. Never throws. */
export function readLedgerClearing(value: Sent<ReconShapes['LedgerClearingView']>): ClearingRow[] {
  const { target, clearing } = readRecord(value);
  return readList(clearing, (row) => ({ ...readClearing(row), target: readWord(target) }));
}
