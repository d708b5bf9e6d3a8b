import type { ReconShapes } from '../../recon/api-shapes.js';
import { readAmount, readCount, readList, readRecord, readText } from '../../recon/read-value.js';
import type { Amount } from '../../recon/shapes.js';

/** The clearing account of one currency beside Stripe's balance. */
export interface ClearingRow {
  /** Empty where only one ledger is compared. */
  readonly target: string;
  readonly currency: string;
  readonly ledger: Amount | null;
  readonly stripe: Amount | null;
  readonly inFlight: Amount | null;
  readonly difference: Amount | null;
}

/** One account of the trial balance. */
export interface AccountRow {
  readonly target: string;
  readonly account: string;
  readonly currency: string;
  readonly debit: Amount | null;
  readonly credit: Amount | null;
}

/** `GET /books` of recon, every field read: nothing is missing. */
export interface Books {
  readonly clearing: readonly ClearingRow[];
  /** null where recon did not tell it. */
  readonly unbalanced: number | null;
  readonly trialBalance: readonly AccountRow[];
  readonly problems: readonly string[];
}

/** Reads any answer; what is no row is an empty one. Never throws. */
export function readBooks(value: unknown): Books {
  const { clearing, ledgers, unbalanced, trialBalance, problems } = readRecord<ReconShapes['BooksView']>(value);
  const several = readList(ledgers, readLedger);
  return {
    clearing: several.length > 1 ? several.flat() : readList(clearing, readClearing),
    unbalanced: readCount(unbalanced),
    trialBalance: readList(trialBalance, readAccount),
    problems: readList(problems, (one) => readText(one) ?? '(not a text)'),
  };
}

function readLedger(value: unknown): ClearingRow[] {
  const { target, clearing } = readRecord<ReconShapes['LedgerClearingView']>(value);
  return readList(clearing, readClearing).map((row) => ({ ...row, target: readText(target) ?? '' }));
}

function readClearing(value: unknown): ClearingRow {
  const { currency, ledger, stripe, inFlight, difference } = readRecord<ReconShapes['ClearingView']>(value);
  const amounts = { ledger: readAmount(ledger), stripe: readAmount(stripe), inFlight: readAmount(inFlight) };
  return { target: '', currency: readText(currency) ?? '', ...amounts, difference: readAmount(difference) };
}

function readAccount(value: unknown): AccountRow {
  const { target, account, currency, debit, credit } = readRecord<ReconShapes['AccountBalanceView']>(value);
  const names = { target: readText(target) ?? '', account: readText(account) ?? '', currency: readText(currency) ?? '' };
  return { ...names, debit: readAmount(debit), credit: readAmount(credit) };
}
