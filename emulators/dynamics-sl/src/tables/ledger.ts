import type { Table } from '../data/columns.js';
import { amount, audit, currencyFields, date, short, text, userFields } from '../data/columns.js';

/** Batches. Key (Module, BatNbr) and statuses: docs/reference/dynamics-sl.md section 4 [verified]; lengths: section 3 [verified]. */
export const Batch = {
  name: 'Batch',
  key: ['Module', 'BatNbr'],
  columns: {
    Module: text(2),
    BatNbr: text(10),
    CpnyID: text(10),
    Status: text(1),
    Rlsed: short,
    PerPost: text(6),
    PerEnt: text(6),
    ...currencyFields,
    BaseCuryID: text(4),
    CuryCtrlTot: amount,
    CuryCrTot: amount,
    CuryDrTot: amount,
    CtrlTot: amount,
    CrTot: amount,
    DrTot: amount,
    DateEnt: date,
    Descr: text(30),
    EditScrnNbr: text(5),
    JrnlType: text(3),
    GLPostOpt: text(1),
    LedgerID: text(10),
    ...userFields,
    ...audit,
  },
} as const satisfies Table;

/**
 * The general ledger, and the lines of journals that are not released (Rlsed 0). Names: section 5.6 [verified]; lengths: section 3 [verified].
 * Id, the customer of a line from another module, 15 characters: assumed.
 */
export const GLTran = {
  name: 'GLTran',
  key: ['Module', 'BatNbr', 'LineNbr'],
  columns: {
    Module: text(2),
    BatNbr: text(10),
    LineNbr: short,
    LineRef: text(5),
    RefNbr: text(10),
    CpnyID: text(10),
    Acct: text(10),
    Sub: text(24),
    ...currencyFields,
    BaseCuryID: text(4),
    CuryDrAmt: amount,
    CuryCrAmt: amount,
    DrAmt: amount,
    CrAmt: amount,
    JrnlType: text(3),
    LedgerID: text(10),
    PerPost: text(6),
    FiscYr: text(4),
    TranDate: date,
    TranDesc: text(30),
    TranType: text(2),
    ExtRefNbr: text(15),
    Id: text(15),
    Posted: text(1),
    Rlsed: short,
    ...userFields,
    ...audit,
  },
} as const satisfies Table;

/** Accounts. CuryId is set for an account that is kept in one currency, as cash accounts are: names and lengths assumed. */
export const Account = {
  name: 'Account',
  key: ['Acct'],
  columns: { Acct: text(10), Descr: text(30), CuryId: text(4), Active: short, CashAcct: short, ...audit },
} as const satisfies Table;

/** Subaccounts; their name and length: section 3 [verified]. */
export const SubAcct = {
  name: 'SubAcct',
  key: ['Sub'],
  columns: { Sub: text(24), Descr: text(30), Active: short, ...audit },
} as const satisfies Table;

/** Fiscal periods, in a form of ours: SL keeps them in its setup tables (assumed). */
export const Period = {
  name: 'Period',
  key: ['PerNbr'],
  columns: { PerNbr: text(6), StartDate: date, EndDate: date, Closed: short },
} as const satisfies Table;

/** A view of the site: what is in the released rows of GLTran per account and currency (assumed: views are made by the site). */
export const TrialBalance = {
  name: 'TrialBalance',
  key: ['Acct', 'Sub', 'CuryId'],
  columns: { Acct: text(10), Sub: text(24), CuryId: text(4), CuryDrAmt: amount, CuryCrAmt: amount, DrAmt: amount, CrAmt: amount },
} as const satisfies Table;

/** Classes of customers and payment terms, by code (section 5.1: the class supplies accounts and terms [assumed]). */
export const CustClass = {
  name: 'CustClass',
  key: ['ClassId'],
  columns: { ClassId: text(6), Descr: text(30), ARAcct: text(10), ARSub: text(24), Terms: text(2) },
} as const satisfies Table;

/** Payment terms. */
export const Terms = {
  name: 'Terms',
  key: ['TermsId'],
  columns: { TermsId: text(2), Descr: text(30), DueDays: short },
} as const satisfies Table;
