import type { Table } from '../columns.js';
import { bool, date, decimal, int, required, requiredDate, system, text } from '../columns.js';

/** Groups of invoices. Names in SNO:Erp_BO_InvcGrpSvc.tsx, InvcGrpRow [verified]; lengths assumed. */
export const InvcGrp = {
  name: 'InvcGrp',
  entitySet: 'InvcGrps',
  key: ['GroupID'],
  columns: {
    Company: text(8),
    GroupID: required(9),
    InvoiceDate: requiredDate,
    ApplyDate: requiredDate,
    FiscalYear: int,
    FiscalPeriod: int,
    CreatedBy: text(75),
    ActiveUserID: text(75),
    PostErrorLog: text(4000),
    PostInProcess: bool,
    LockStatus: text(20),
    TotalInvAmt: decimal,
    ...system,
  },
} as const satisfies Table;

/**
 * Invoices and credit memos. Names: docs/reference/epicor-kinetic.md sections 6.4 and 6.6, SNO:Erp_BO_ARInvoiceSvc.tsx, InvcHeadRow [verified].
 * Lengths not in section 4.4, and which fields are required but for TermsCode (section 6.4 [verified]), are assumed.
 */
export const InvcHead = {
  name: 'InvcHead',
  entitySet: 'ARInvoices',
  key: ['InvoiceNum'],
  columns: {
    Company: text(8),
    InvoiceNum: int,
    GroupID: text(9),
    InvoiceType: required(3),
    InvoiceSuffix: text(2),
    CreditMemo: bool,
    UnappliedCash: bool,
    CMReason: text(10),
    CustNum: int,
    PONum: text(50),
    TermsCode: required(4),
    InvoiceDate: date,
    ApplyDate: date,
    FiscalYear: int,
    FiscalPeriod: int,
    CurrencyCode: required(4),
    ExchangeRate: { type: 'rate', initial: 1 },
    LockRate: bool,
    DocInvoiceAmt: decimal,
    InvoiceAmt: decimal,
    DocInvoiceBal: decimal,
    InvoiceBal: decimal,
    DocUnpostedBal: decimal,
    InvoiceRef: int,
    ExternalID: text(20),
    XRefInvoiceNum: text(50),
    Description: text(30),
    InvoiceComment: text(1000),
    CheckRef: text(100),
    HeadNum: int,
    OpenInvoice: bool,
    Posted: bool,
    JournalCode: text(4),
    JournalNum: int,
    EntryPerson: text(75),
    ...system,
  },
} as const satisfies Table;

/** Lines of invoices. Names in SNO:Erp_BO_ARInvoiceSvc.tsx, InvcDtlRow [verified]; lengths assumed but for PartNum and amounts (section 4.4). */
export const InvcDtl = {
  name: 'InvcDtl',
  entitySet: 'InvcDtls',
  key: ['InvoiceNum', 'InvoiceLine'],
  columns: {
    Company: text(8),
    InvoiceNum: int,
    InvoiceLine: int,
    LineType: text(8),
    PartNum: text(50),
    LineDesc: text(1000),
    SellingShipQty: decimal,
    SalesUM: text(6),
    DocUnitPrice: decimal,
    DocExtPrice: decimal,
    ExtPrice: decimal,
    TaxCatID: text(10),
    ProdCode: text(8),
    ...system,
  },
} as const satisfies Table;

/**
 * The account of an invoice line. That the rows belong to the invoice dataset, their GLAccount, GLAcctContext and TGLCTranNum:
 * SNO:Erp_BO_ARInvoiceSvc.tsx, InvcDtlTGLCRow [verified]; that such a row chooses the account a line is posted to is assumed.
 */
export const InvcDtlTGLC = {
  name: 'InvcDtlTGLC',
  entitySet: 'InvcDtlTGLCs',
  key: ['InvoiceNum', 'InvoiceLine', 'TGLCTranNum'],
  columns: {
    Company: text(8),
    InvoiceNum: int,
    InvoiceLine: int,
    TGLCTranNum: int,
    GLAcctContext: text(20),
    BookID: text(12),
    GLAccount: required(200),
    IsModifiedByUser: bool,
    ...system,
  },
} as const satisfies Table;

/** Reason codes. Names in SNO:Erp_BO_ReasonSvc.tsx, ReasonRow [verified]; lengths assumed. */
export const Reason = {
  name: 'Reason',
  entitySet: 'Reasons',
  key: ['ReasonType', 'ReasonCode'],
  columns: { Company: text(8), ReasonType: required(4), ReasonCode: required(8), Description: text(50), ...system },
} as const satisfies Table;

/** Sales orders, their header only. Names: section 6.3 [verified]; lengths not in section 4.4 assumed. */
export const OrderHed = {
  name: 'OrderHed',
  entitySet: 'SalesOrders',
  key: ['OrderNum'],
  columns: {
    Company: text(8),
    OrderNum: int,
    CustNum: int,
    PONum: text(50),
    OrderDate: requiredDate,
    NeedByDate: date,
    RequestDate: date,
    TermsCode: text(4),
    CurrencyCode: text(4),
    OrderHeld: bool,
    OpenOrder: { type: 'bool', initial: true },
    VoidOrder: bool,
    DocOrderAmt: decimal,
    EntryPerson: text(75),
    ...system,
  },
} as const satisfies Table;
