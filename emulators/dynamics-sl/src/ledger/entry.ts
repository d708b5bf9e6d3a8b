import { Refusal } from '../answers.js';
import { emptyRow, put } from '../data/rows.js';
import type { Row, Transaction } from '../data/store.js';
import type { Call } from '../screens/call.js';
import { stamped } from '../screens/call.js';
import { tables } from '../tables/index.js';
import { thousandths } from './money.js';

/** One line of an entry: debits positive, credits negative, in its currency and in the base currency. */
export interface EntryLine {
  readonly Acct: string;
  readonly Sub: string;
  readonly CuryId: string;
  readonly amount: number;
  readonly baseAmount: number;
  /** Columns that say where it came from. */
  readonly of: Row;
}

/** Where gains and losses of exchange go: setup of the company; one account each is assumed. */
export const exchangeAccounts = { gain: '7100', loss: '7110' } as const;

/** The one subaccount of the demo company. */
export const noSub = '000000000000';

/** @throws {Refusal} for an account or a subaccount that is not set up (texts assumed), or an account that is kept in another currency (assumed). */
export function checkAccount(acct: unknown, sub: unknown, currency: unknown, baseCurrency: string, transaction: Transaction): void {
  const account = transaction.row(tables.Account.name, String(acct).toUpperCase());
  if (!account || account.Active !== 1) throw new Refusal(`Account '${String(acct)}' is not valid.`);
  const found = transaction.row(tables.SubAcct.name, String(sub).toUpperCase());
  if (!found || found.Active !== 1) throw new Refusal(`Subaccount '${String(sub)}' is not valid.`);
  if (account.CuryId && account.CuryId !== currency && account.CuryId !== baseCurrency)
    throw new Refusal(`Account ${String(acct)} is kept in ${String(account.CuryId)}, not in ${String(currency)}.`);
}

/** The line of an amount on an account; an account that is kept in the base currency takes only that (assumed). */
export function lineOn(
  acct: string,
  sub: string,
  amounts: { CuryId: string; amount: number; baseAmount: number },
  of: Row,
  call: Call,
  transaction: Transaction,
): EntryLine {
  const { baseCurrency } = call.config;
  const inBaseOnly = transaction.row(tables.Account.name, acct.toUpperCase())?.CuryId === baseCurrency && amounts.CuryId !== baseCurrency;
  const taken = inBaseOnly ? { CuryId: baseCurrency, amount: amounts.baseAmount, baseAmount: amounts.baseAmount } : amounts;
  return { Acct: acct, Sub: sub, ...taken, of };
}

/** A line for what two rates of exchange differ by, where they do. */
export function exchangeDifference(lines: readonly EntryLine[], of: Row, { config: { baseCurrency } }: Call): EntryLine[] {
  const sum = lines.reduce((all, { baseAmount }) => all + thousandths(baseAmount), 0n);
  if (sum === 0n) return [];
  const amount = -Number(sum) / 1000;
  return [
    { Acct: sum > 0n ? exchangeAccounts.gain : exchangeAccounts.loss, Sub: noSub, CuryId: baseCurrency, amount, baseAmount: amount, of },
  ];
}

/**
 * Puts the entry of a document into GLTran: at the release, and only there (section 4: balances change at release [verified]).
 * @throws {Error} when it does not balance in the base currency: a fault of this emulator.
 */
export function postEntry(batch: Row, lines: readonly EntryLine[], first: number, call: Call, transaction: Transaction): number {
  const sum = lines.reduce((all, { baseAmount }) => all + thousandths(baseAmount), 0n);
  if (sum !== 0n) throw new Error(`entry of batch ${String(batch.BatNbr)} is out of balance by ${sum} thousandths`);
  const { baseCurrency } = call.config;
  // What is 0 in both currencies is no row (assumed).
  const rows = lines.filter((line) => line.amount !== 0 || line.baseAmount !== 0);
  rows.forEach(({ amount, baseAmount, of, Acct, Sub, CuryId }, index) => {
    const row = {
      ...emptyRow(tables.GLTran, call.config),
      Module: String(batch.Module),
      BatNbr: String(batch.BatNbr),
      CpnyID: call.config.company,
      JrnlType: String(batch.JrnlType),
      LedgerID: String(batch.LedgerID),
      PerPost: String(batch.PerPost),
      FiscYr: String(batch.PerPost).slice(0, 4),
      BaseCuryID: baseCurrency,
      CuryMultDiv: 'M',
      CuryRate: 1,
      Posted: call.config.postAtRelease ? 'P' : 'U',
      Rlsed: 1,
      ...of,
      LineNbr: first + index,
      LineRef: String(first + index + 1).padStart(5, '0'),
      Acct,
      Sub,
      CuryId,
      CuryDrAmt: amount > 0 ? amount : 0,
      CuryCrAmt: amount < 0 ? -amount : 0,
      DrAmt: baseAmount > 0 ? baseAmount : 0,
      CrAmt: baseAmount < 0 ? -baseAmount : 0,
    };
    put(tables.GLTran, stamped(row, '08400', call), transaction);
  });
  return first + rows.length;
}
