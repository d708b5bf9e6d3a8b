import { KineticError } from '../answers.js';
import type { EntryLine } from '../ledger/entry.js';
import { postEntry } from '../ledger/entry.js';
import { amountColumn, amountOf, companyRate, converted } from '../ledger/money.js';
import type { PostingContext } from '../ledger/periods.js';
import { checkOpen } from '../ledger/periods.js';
import { save } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';

/** Key columns of a journal. */
const keyColumns = ['Company', 'BookID', 'FiscalYear', 'FiscalYearSuffix', 'JournalCode', 'JournalNum', 'FiscalCalendarID'] as const;

/** The lines of a journal, in their order. */
export function journalLinesOf(journal: Row, transaction: Transaction): Row[] {
  return transaction
    .rows('GLJrnDtlMnl')
    .filter((row) => keyColumns.every((name) => row[name] === journal[name]))
    .sort((a, b) => Number(a.JournalLine) - Number(b.JournalLine));
}

/** Totals of a journal follow its lines. */
export function totalJournal(journal: Row, transaction: Transaction): Row {
  const lines = journalLinesOf(journal, transaction);
  const sum = (column: string): bigint => lines.reduce((all, line) => all + amountOf(line[column]), 0n);
  return save(
    tables.GLJrnHed,
    { ...journal, TotDebit: amountColumn(sum('DebitAmount')), TotCredit: amountColumn(sum('CreditAmount')) },
    transaction,
  );
}

/**
 * Posts a journal. One that does not balance in its currency, or has no lines, is not posted (assumed). What rounding to the book's currency
 * leaves goes into its last line (assumed).
 */
export function postJournal(journal: Row, context: PostingContext, transaction: Transaction): void {
  checkOpen(journal, 'GLJrnHed', 'JEDate', context, transaction);
  const lines = journalLinesOf(journal, transaction);
  const refuse = (text: string): KineticError => new KineticError('business', text, { table: 'GLJrnHed', field: 'TotDebit' });
  if (lines.length === 0) throw refuse('it has no lines.');
  if (amountOf(journal.TotDebit) !== amountOf(journal.TotCredit))
    throw refuse(`debits do not equal credits (${numberText(journal.TotDebit)} and ${numberText(journal.TotCredit)}).`);
  const rate = companyRate(journal.CurrencyCode, context.config);
  const posted = lines.map((line): EntryLine => {
    const amount = amountOf(line.DebitAmount) - amountOf(line.CreditAmount);
    return {
      account: String(line.GLAccount),
      currency: String(journal.CurrencyCode),
      amount,
      bookAmount: converted(amount, rate, context.config.baseCurrency),
      of: { Description: line.Description || journal.Description || '' },
    };
  });
  const left = posted.reduce((all, { bookAmount }) => all + bookAmount, 0n);
  const last = posted.at(-1) as EntryLine;
  postEntry(
    {
      journalCode: 'GJ',
      journalNum: Number(journal.JournalNum),
      module: 'GL',
      date: journal.JEDate,
      text: String(journal.Description),
      of: { GroupID: journal.GroupID ?? '' },
      lines: [...posted.slice(0, -1), { ...last, bookAmount: last.bookAmount - left }],
    },
    context,
    transaction,
  );
  for (const line of lines) save(tables.GLJrnDtlMnl, { ...line, Posted: true }, transaction);
  save(tables.GLJrnHed, { ...journal, Posted: true }, transaction);
}

const numberText = (value: Row[string] | undefined): string => JSON.stringify(value ?? 0);
