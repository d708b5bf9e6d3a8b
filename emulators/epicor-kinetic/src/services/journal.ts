import { KineticError, methodAnswer } from '../answers.js';
import { checkAccount } from '../ledger/control-accounts.js';
import { nextJournalNum } from '../ledger/entry.js';
import { amountOf } from '../ledger/money.js';
import { book, checkOpen, dayOf, periodOf } from '../ledger/periods.js';
import type { TableRules } from '../rows.js';
import { applyRow, applyRows, keyOf } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { journalLinesOf, totalJournal } from './journal-entry.js';
import { openJournalGroup } from './journal-group.js';
import type { Call, Operation, Service } from './service.js';
import { entitySet, getNew, givenLines, numberInput, playStale, textInput } from './service.js';

const { GLJrnHed, GLJrnDtlMnl } = tables;
const refuse = (text: string, table: string, field: string): KineticError => new KineticError('business', text, { table, field });

/** Rules of section 6.7. A journal may be out of balance while it is entered (assumed). */
function headRules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      const group = openJournalGroup(row.GroupID, call, transaction);
      row.JEDate ??= group.JEDate ?? null;
      checkOpen(row, 'GLJrnHed', 'JEDate', call, transaction);
      const { year, period } = periodOf(dayOf(row.JEDate));
      Object.assign(row, book, { FiscalYear: year, FiscalPeriod: period, EnteredBy: call.user, Posted: false });
      row.JournalCode = group.JournalCode ?? 'GJ';
      row.CurrencyCode ||= group.CurrencyCode ?? '';
      row.JournalNum = nextJournalNum(call.company, String(row.JournalCode), transaction);
    },
    changing(row, before, transaction) {
      if (before.Posted === true) throw refuse('The journal is posted and cannot be changed.', 'GLJrnHed', 'JournalNum');
      openJournalGroup(before.GroupID, call, transaction);
      checkOpen(row, 'GLJrnHed', 'JEDate', call, transaction);
    },
    deleting(row, transaction) {
      if (row.Posted === true) throw refuse('The journal is posted and cannot be deleted.', 'GLJrnHed', 'JournalNum');
      openJournalGroup(row.GroupID, call, transaction);
      for (const line of journalLinesOf(row, transaction)) transaction.put('GLJrnDtlMnl', keyOf(GLJrnDtlMnl, line), null);
    },
  };
}

function journalOf(row: Row, transaction: Transaction): Row {
  const journal = transaction.row('GLJrnHed', keyOf(GLJrnHed, row));
  if (!journal || journal.Posted === true) throw refuse('The journal is not there, or it is posted.', 'GLJrnDtlMnl', 'JournalNum');
  return journal;
}

/** A line has a debit or a credit, neither below zero (assumed); the same line sent twice is two lines (assumed). */
function lineRules(call: Call): TableRules {
  const check = (row: Row, transaction: Transaction): void => {
    checkAccount(call.company, row.GLAccount, 'GLJrnDtlMnl', transaction);
    const [debit, credit] = [amountOf(row.DebitAmount), amountOf(row.CreditAmount)];
    if (debit < 0n || credit < 0n || (debit > 0n && credit > 0n) || debit + credit === 0n)
      throw refuse('A line has either a debit or a credit.', 'GLJrnDtlMnl', 'DebitAmount');
  };
  return {
    adding(row, transaction) {
      const journal = journalOf(row, transaction);
      openJournalGroup(journal.GroupID, call, transaction);
      check(row, transaction);
      const taken = journalLinesOf(journal, transaction).map((line) => Number(line.JournalLine));
      if (Number(row.JournalLine) === 0 || taken.includes(Number(row.JournalLine))) row.JournalLine = Math.max(0, ...taken) + 1;
      Object.assign(row, { JEDate: journal.JEDate, GroupID: journal.GroupID, CurrencyCodeAcct: journal.CurrencyCode, Posted: false });
    },
    changing(row, _before, transaction) {
      journalOf(row, transaction);
      check(row, transaction);
    },
    deleting: (row, transaction) => void journalOf(row, transaction),
  };
}

const keyOfInput = (call: Call): Row => ({
  Company: call.company,
  BookID: textInput(call, 'bookID'),
  FiscalYear: numberInput(call, 'fiscalYear'),
  FiscalYearSuffix: textInput(call, 'fiscalYearSuffix'),
  JournalCode: textInput(call, 'journalCode'),
  JournalNum: numberInput(call, 'journalNum'),
  FiscalCalendarID: textInput(call, 'fiscalCalendarID'),
});

const dataset = (journal: Row, transaction: Transaction): Record<string, Row[]> => ({
  GLJrnHed: [{ ...journal, RowMod: '' }],
  GLJrnDtlMnl: journalLinesOf(journal, transaction).map((row) => ({ ...row, RowMod: '' })),
});

/** Saves journals with their lines, all or none. Lines with the number 0 belong to the journal that is new in the same dataset (assumed). */
const updateJournal: Operation = (call, transaction) => {
  playStale(GLJrnHed, call);
  const heads = applyRows(GLJrnHed, headRules(call), call.input.ds, call.company, transaction);
  const fresh = heads.at(-1);
  const lines = givenLines(GLJrnDtlMnl, call)
    .filter(({ RowMod }) => RowMod === 'A' || RowMod === 'U' || RowMod === 'D')
    .map((given) => {
      const own = fresh && given.JournalNum === 0 ? pick(fresh) : {};
      return applyRow(GLJrnDtlMnl, lineRules(call), { ...given, ...own }, call.company, transaction);
    });
  const keys = new Set([...heads, ...lines].map((row) => keyOf(GLJrnHed, row)));
  const journals = [...keys].flatMap((key): Row[] => {
    const journal = transaction.row('GLJrnHed', key);
    return journal ? [totalJournal(journal, transaction)] : [];
  });
  const sets = journals.map((journal) => dataset(journal, transaction));
  return methodAnswer({
    ds: { GLJrnHed: sets.flatMap((set) => set.GLJrnHed ?? []), GLJrnDtlMnl: sets.flatMap((set) => set.GLJrnDtlMnl ?? []) },
  });
};

const pick = ({ BookID, FiscalYear, FiscalYearSuffix, JournalCode, JournalNum, FiscalCalendarID }: Row): Row =>
  ({ BookID, FiscalYear, FiscalYearSuffix, JournalCode, JournalNum, FiscalCalendarID }) as Row;

/** Erp.BO.GLJournalEntrySvc: docs/reference/epicor-kinetic.md section 6.7; names in SNO:Erp_BO_GLJournalEntrySvc.tsx [verified]. */
export const journalService: Service = {
  name: 'Erp.BO.GLJournalEntrySvc',
  operations: {
    GLJournalEntries: entitySet(GLJrnHed),
    GLJrnDtlMnls: entitySet(GLJrnDtlMnl),
    GetByID(call, transaction) {
      const journal = transaction.row('GLJrnHed', keyOf(GLJrnHed, keyOfInput(call)));
      if (!journal) throw new KineticError('notFound', 'Record not found.');
      return methodAnswer({}, dataset(journal, transaction));
    },
    GetNewGlJrnHedTran(call, transaction) {
      const group = openJournalGroup(textInput(call, 'GroupID'), call, transaction);
      const { GroupID = '', JEDate = null, CurrencyCode = '', JournalCode = '' } = group;
      return getNew(GLJrnHed, () => ({ ...book, GroupID, JEDate, CurrencyCode, JournalCode }))(call, transaction);
    },
    GetNewGLJrnDtlMnl: getNew(GLJrnDtlMnl, (call) => ({ ...keyOfInput(call), JournalLine: 0 })),
    Update: updateJournal,
    DeleteByID(call, transaction) {
      applyRow(GLJrnHed, headRules(call), { ...keyOfInput(call), RowMod: 'D' }, call.company, transaction);
      return methodAnswer({});
    },
  },
};
