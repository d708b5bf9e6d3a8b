import { save } from '../rows.js';
import { emptyRow, tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { checkAccount, controlAccount } from './control-accounts.js';
import { amountColumn } from './money.js';
import type { PostingContext } from './periods.js';
import { book, dayOf, periodOf } from './periods.js';

/** One line of an entry. Amounts are thousandths, debits positive, credits negative. */
export interface EntryLine {
  readonly account: string;
  readonly currency: string;
  readonly amount: bigint;
  /** In the currency of the book. */
  readonly bookAmount: bigint;
  /** Columns that name where the line came from. */
  readonly of?: Row;
}

/** An entry of one document. */
export interface Entry {
  /** Codes of journals are those of the demo company (assumed): SJ invoices, CR receipts and applications, GJ journals, BK bank. */
  readonly journalCode: 'SJ' | 'CR' | 'GJ' | 'BK';
  /** Of a journal that has a number already. */
  readonly journalNum?: number;
  readonly module: 'AR' | 'GL' | 'CB';
  readonly date: unknown;
  readonly text: string;
  readonly of: Row;
  readonly lines: readonly EntryLine[];
}

const firstJournalNum = 7_781;

/** The next number of a journal code. */
export function nextJournalNum(company: string, journalCode: string, transaction: Transaction): number {
  return transaction.next(`JournalNum~${company}~${journalCode}`, firstJournalNum);
}

/** A line in the book's currency for what two exchange rates differ by, where they do. */
export function exchangeDifference(lines: readonly EntryLine[], context: PostingContext, transaction: Transaction): EntryLine[] {
  const sum = lines.reduce((all, { bookAmount }) => all + bookAmount, 0n);
  if (sum === 0n) return [];
  const account = controlAccount(context.company, sum > 0n ? 'FxGain' : 'FxLoss', transaction);
  return [{ account, currency: context.config.baseCurrency, amount: -sum, bookAmount: -sum }];
}

/**
 * Puts an entry into the general ledger (GLJrnDtl). Nothing else writes there, so whatever is not released is not in it.
 * @returns the number of its journal.
 * @throws {Error} when it does not balance in the book's currency: a fault of this emulator.
 */
export function postEntry(entry: Entry, context: PostingContext, transaction: Transaction): number {
  const sum = entry.lines.reduce((all, { bookAmount }) => all + bookAmount, 0n);
  if (sum !== 0n) throw new Error(`entry ${entry.text} is out of balance by ${sum} thousandths`);
  const journalNum = entry.journalNum ?? nextJournalNum(context.company, entry.journalCode, transaction);
  const { year, period } = periodOf(dayOf(entry.date));
  entry.lines.forEach((line, index) => {
    checkAccount(context.company, line.account, 'GLJrnDtl', transaction);
    save(
      tables.GLJrnDtl,
      {
        ...emptyRow(tables.GLJrnDtl, context.company),
        ...book,
        FiscalYear: year,
        FiscalPeriod: period,
        JournalCode: entry.journalCode,
        JournalNum: journalNum,
        JournalLine: index + 1,
        JEDate: `${dayOf(entry.date)}T00:00:00`,
        Description: entry.text.slice(0, 100),
        SourceModule: entry.module,
        PostedBy: context.user,
        PostedDate: `${new Date(context.nowMs).toISOString().slice(0, 10)}T00:00:00`,
        Posted: true,
        BookCurrencyCode: context.config.baseCurrency,
        ...entry.of,
        ...line.of,
        GLAccount: line.account,
        CurrencyCode: line.currency,
        ...sides(line),
      },
      transaction,
    );
  });
  return journalNum;
}

function sides({ amount, bookAmount }: EntryLine): Row {
  const debit = (value: bigint) => amountColumn(value > 0n ? value : 0n);
  return {
    DebitAmount: debit(amount),
    CreditAmount: debit(-amount),
    BookDebitAmount: debit(bookAmount),
    BookCreditAmount: debit(-bookAmount),
  };
}
