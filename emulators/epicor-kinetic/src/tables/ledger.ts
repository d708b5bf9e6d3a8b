import type { Table } from '../columns.js';
import { bool, date, decimal, int, required, requiredDate, system, text } from '../columns.js';

/** Accounts of the general ledger. Names in SNO:Erp_BO_GLAccountSvc.tsx [verified]; a chart of accounts with one book is assumed. */
export const GLAccount = {
  name: 'GLAccount',
  entitySet: 'GLAccounts',
  key: ['GLAccount'],
  columns: { Company: text(8), COACode: text(10), GLAccount: required(200), AccountDesc: text(50), Active: bool, ...system },
} as const satisfies Table;

/** Groups of journals. Names in SNO:Erp_BO_GLJrnGrpSvc.tsx, GLJrnGrpRow [verified]; lengths assumed. */
export const GLJrnGrp = {
  name: 'GLJrnGrp',
  entitySet: 'GLJrnGrps',
  key: ['GroupID'],
  columns: {
    Company: text(8),
    GroupID: required(9),
    BookMode: text(1),
    BookID: text(12),
    CurrencyCode: text(4),
    JEDate: requiredDate,
    FiscalYear: int,
    FiscalPeriod: int,
    JournalCode: text(4),
    CreatedBy: text(75),
    ActiveUserID: text(75),
    PostErrorLog: text(4000),
    LockStatus: text(20),
    Posted: bool,
    ...system,
  },
} as const satisfies Table;

/** Part of the key of journals: section 6.7 [verified]. */
const journalKey = ['BookID', 'FiscalYear', 'FiscalYearSuffix', 'JournalCode', 'JournalNum', 'FiscalCalendarID'] as const;
const journalColumns = {
  Company: text(8),
  BookID: text(12),
  FiscalYear: int,
  FiscalYearSuffix: text(8),
  JournalCode: text(4),
  JournalNum: int,
  FiscalCalendarID: text(12),
};

/** Journals: section 6.7, SNO:Erp_BO_GLJournalEntrySvc.tsx, GLJrnHedRow [verified]; lengths assumed. */
export const GLJrnHed = {
  name: 'GLJrnHed',
  entitySet: 'GLJournalEntries',
  key: journalKey,
  columns: {
    ...journalColumns,
    FiscalPeriod: int,
    GroupID: text(9),
    JEDate: date,
    Description: text(30),
    CommentText: text(1000),
    CurrencyCode: text(4),
    TotDebit: decimal,
    TotCredit: decimal,
    Reverse: bool,
    Posted: bool,
    EnteredBy: text(75),
    ...system,
  },
} as const satisfies Table;

/** Lines of journals: section 6.7, GLJrnDtlMnlRow [verified]; lengths assumed but for GLAccount (section 4.4). */
export const GLJrnDtlMnl = {
  name: 'GLJrnDtlMnl',
  entitySet: 'GLJrnDtlMnls',
  key: [...journalKey, 'JournalLine'],
  columns: {
    ...journalColumns,
    JournalLine: int,
    GLAccount: required(200),
    Description: text(30),
    CommentText: text(1000),
    JEDate: date,
    GroupID: text(9),
    CurrencyCodeAcct: text(4),
    DebitAmount: decimal,
    CreditAmount: decimal,
    Posted: bool,
    ...system,
  },
} as const satisfies Table;

/** The general ledger. Names in SNO:Erp_BO_GLJrnDtlSvc.tsx, GLJrnDtlRow [verified]. */
export const GLJrnDtl = {
  name: 'GLJrnDtl',
  entitySet: 'GLJrnDtls',
  key: [...journalKey, 'JournalLine'],
  columns: {
    ...journalColumns,
    JournalLine: int,
    FiscalPeriod: int,
    JEDate: date,
    GLAccount: text(200),
    Description: text(100),
    CurrencyCode: text(4),
    BookCurrencyCode: text(4),
    DebitAmount: decimal,
    CreditAmount: decimal,
    BookDebitAmount: decimal,
    BookCreditAmount: decimal,
    SourceModule: text(4),
    GroupID: text(9),
    ARInvoiceNum: int,
    CRHeadNum: int,
    BankAcctID: text(10),
    BankTranNum: int,
    CustNum: int,
    Posted: bool,
    PostedBy: text(75),
    PostedDate: date,
    ...system,
  },
} as const satisfies Table;

const periodColumns = {
  Company: text(8),
  FiscalCalendarID: text(12),
  FiscalYear: int,
  FiscalYearSuffix: text(8),
  FiscalPeriod: int,
  StartDate: date,
  EndDate: date,
};

/** Fiscal periods. Names in SNO:Erp_BO_FiscalPerSearchSvc.tsx [verified]; its only flag is that of fixed assets. */
export const FiscalPer = {
  name: 'FiscalPer',
  entitySet: 'FiscalPerSearches',
  key: ['FiscalCalendarID', 'FiscalYear', 'FiscalYearSuffix', 'FiscalPeriod'],
  columns: { ...periodColumns, FAClosedPeriod: bool, ...system },
} as const satisfies Table;

/** Periods of a book: ClosedPeriod says that the general ledger takes nothing more. SNO:Erp_BO_GLBookPerSearchSvc.tsx [verified]. */
export const GLBookPer = {
  name: 'GLBookPer',
  entitySet: 'GLBookPerSearches',
  key: ['BookID', 'FiscalCalendarID', 'FiscalYear', 'FiscalYearSuffix', 'FiscalPeriod', 'CloseFiscalPeriod'],
  columns: { ...periodColumns, BookID: text(12), CloseFiscalPeriod: int, ClosedPeriod: bool, ...system },
} as const satisfies Table;

/** Earliest apply dates. Names in SNO:Erp_BO_EADSvc.tsx, EADTypeRow [verified]; which codes EADType1 takes is assumed. */
export const EADType = {
  name: 'EADType',
  entitySet: 'EADTypes',
  key: ['EADType1'],
  columns: { Company: text(8), EADType1: text(8), DefineBy: text(1), EarliestApplyDate: date, ...system },
} as const satisfies Table;
