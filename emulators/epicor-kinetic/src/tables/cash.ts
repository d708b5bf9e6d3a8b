import type { Table } from '../columns.js';
import { bool, date, decimal, int, rate, required, requiredDate, system, text } from '../columns.js';

/** Bank accounts. Names in SNO:Erp_BO_BankAcctSvc.tsx [verified]; lengths assumed. */
export const BankAcct = {
  name: 'BankAcct',
  entitySet: 'BankAccts',
  key: ['BankAcctID'],
  columns: { Company: text(8), BankAcctID: required(10), BankName: text(50), CurrencyCode: required(4), ...system },
} as const satisfies Table;

/** Groups of receipts and of applications. Names: section 6.5 [verified]. That the bank account may be blank, for applications, is assumed. */
export const CashGrp = {
  name: 'CashGrp',
  entitySet: 'CashGrps',
  key: ['GroupID'],
  columns: {
    Company: text(8),
    GroupID: required(9),
    TranDate: requiredDate,
    BankAcctID: text(10),
    FiscalYear: int,
    FiscalPeriod: int,
    CreatedBy: text(75),
    ActiveUserID: text(75),
    BankCurrencyCode: text(4),
    LockStatus: text(20),
    PostErrorLog: text(4000),
    TotalCashReceived: decimal,
    UnappliedBalance: decimal,
    ...system,
  },
} as const satisfies Table;

/**
 * Names: docs/reference/epicor-kinetic.md section 6.5 [verified]. Lengths: section 4.4 (CustID, CurrencyCode verified;
 * CheckRef, Reference, GroupID, ExternalID, EMailAddress, Name assumed there); every length not listed there is assumed here.
 * BankAmount, BankReceiptAmt, BankRcptExchangeRate10D and LockRate are in SNO:Erp_BO_CashRecSvc.tsx [verified].
 * Which fields are required is assumed but for CheckRef and TranType (section 6.5 [verified]).
 */
export const CashHead = {
  name: 'CashHead',
  entitySet: 'CashRecs',
  key: ['GroupID', 'HeadNum'],
  columns: {
    Company: text(8),
    GroupID: required(9),
    HeadNum: int,
    InvoiceNum: int,
    TranType: required(10),
    CustNum: int,
    CustID: text(10),
    CheckRef: required(100),
    TranDate: date,
    CurrencyCode: required(4),
    ExchangeRate: { type: 'rate', initial: 1 },
    LockRate: bool,
    DocTranAmt: decimal,
    TranAmt: decimal,
    DocAppliedAmt: decimal,
    DocUnAppliedAmt: decimal,
    Reference: text(50),
    ExternalID: text(20),
    PMUID: int,
    PayMethodReference: text(50),
    CCTranID: text(50),
    BankAcctID: text(10),
    BankCurrencyCode: text(4),
    BankAmount: decimal,
    BankReceiptAmt: decimal,
    BankRcptExchangeRate10D: rate,
    OnAccount: bool,
    Posted: bool,
    CreditMemoNum: int,
    FiscalYear: int,
    FiscalPeriod: int,
    ...system,
  },
} as const satisfies Table;

/** Parts of a receipt or of a credit memo that are applied to invoices. Names in SNO:Erp_BO_CashRecSvc.tsx, CashDtlRow [verified]. */
export const CashDtl = {
  name: 'CashDtl',
  entitySet: 'CashDtls',
  key: ['GroupID', 'HeadNum', 'InvoiceNum', 'InvoiceRef'],
  columns: {
    Company: text(8),
    GroupID: required(9),
    HeadNum: int,
    InvoiceNum: int,
    InvoiceRef: int,
    TranType: text(10),
    Posted: bool,
    TranDate: date,
    CustNum: int,
    CurrencyCode: text(4),
    ExchangeRate: { type: 'rate', initial: 1 },
    DocTranAmt: decimal,
    TranAmt: decimal,
    Reference: text(50),
    ...system,
  },
} as const satisfies Table;

/**
 * Transfers between bank accounts. Names in SNO:Erp_BO_BankFundTranSvc.tsx, BankFundsTransferRow [verified]; the length of TranRef and that
 * custom columns can be added to it are assumed.
 */
export const BankFundsTransfer = {
  name: 'BankFundsTransfer',
  entitySet: 'BankFundsTransfers',
  key: ['TranNum'],
  columns: {
    Company: text(8),
    TranNum: int,
    BankAcctID: required(10),
    ToBankAcctID: required(10),
    TranDate: requiredDate,
    TranRef: text(40),
    CurrencyCode: text(4),
    ToCurrencyCode: text(4),
    DocTranAmt: decimal,
    TranAmt: decimal,
    ToDocTranAmt: decimal,
    ToTranAmt: decimal,
    ExchangeRate: { type: 'rate', initial: 1 },
    ToExchangeRate: { type: 'rate', initial: 1 },
    FiscalYear: int,
    FiscalPeriod: int,
    JournalCode: text(4),
    JournalNum: int,
    GLPosted: bool,
    Voided: bool,
    EntryPerson: text(75),
    ...system,
  },
} as const satisfies Table;
