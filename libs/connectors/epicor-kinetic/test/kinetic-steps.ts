import { slowAnswerMs } from '@tributary/connector-kit/conformance';
import type { Fault, Step } from '@tributary/connector-kit/conformance';

/** The emulator's fault for each word of the suite. */
export const faultOf: Readonly<Record<Fault, object>> = {
  'lose-answer-after-commit': { kind: 'commit-then-drop-connection' },
  'bad-gateway-after-commit': { kind: 'commit-then-502' },
  'silence-after-commit': { kind: 'commit-then-stall' },
  silence: { kind: 'stall' },
  refuse: { kind: 'down' },
  'server-error': { kind: 'status', status: 500 },
  throttle: { kind: 'licence' },
  'stale-row': { kind: 'stale' },
  'lines-lost': { kind: 'header-only' },
  'line-dropped': { kind: 'line-dropped' },
  'line-doubled': { kind: 'line-doubled' },
  'period-closed': { kind: 'period-closed' },
  'release-stops': { kind: 'post-stuck' },
  slow: { kind: 'delay', delayMs: slowAnswerMs },
};

type BatchStep = Extract<Step, string>;
type Calls = Readonly<Record<BatchStep, object>>;

const cash: Calls = {
  'open-batch': { service: 'Erp.BO.CashGrpSvc', operation: 'Update' },
  'release-batch': { service: 'Erp.PROC.CashRecPostSvc', operation: 'RunDirect' },
  'batch-state': { service: 'Erp.BO.CashGrpSvc', operation: 'GetByIDNoLock' },
};
const invoices: Calls = {
  'open-batch': { service: 'Erp.BO.InvcGrpSvc', operation: 'Update' },
  'release-batch': { service: 'Erp.BO.InvcGrpSvc', operation: 'PostInvoices' },
  'batch-state': { service: 'Erp.BO.InvcGrpSvc', operation: 'InvcGrps' },
};
const journals: Calls = {
  'open-batch': { service: 'Erp.BO.GLJrnGrpSvc', operation: 'Update' },
  'release-batch': { service: 'Erp.BO.GLJrnGrpSvc', operation: 'PostGroupJournals' },
  'batch-state': { service: 'Erp.BO.GLJrnGrpSvc', operation: 'GLJrnGrps' },
};
const batchSteps: Readonly<Record<string, Calls>> = {
  invoice: invoices,
  'credit-memo': invoices,
  'refund-payment': invoices,
  journal: journals,
};

interface DocumentCalls {
  readonly post: object;
  readonly odata: object;
  readonly baq: object;
}
const asInvoice: DocumentCalls = {
  post: { service: 'Erp.BO.ARInvoiceSvc', operation: 'UpdateMaster' },
  odata: { service: 'Erp.BO.ARInvoiceSvc', operation: 'ARInvoices' },
  baq: { service: 'BaqSvc', operation: 'StripeInvoices' },
};

/** Calls per kind of document: the one that stores, and its look-up in both ways. */
const documentSteps: Readonly<Record<string, DocumentCalls>> = {
  customer: {
    post: { service: 'Erp.BO.CustomerSvc', operation: 'Update' },
    odata: { service: 'Erp.BO.CustomerSvc', operation: 'Customers' },
    baq: { service: 'BaqSvc', operation: 'StripeCustomers' },
  },
  'cash-receipt': {
    post: { service: 'Erp.BO.CashRecSvc', operation: 'UpdateMaster' },
    odata: { service: 'Erp.BO.CashRecSvc', operation: 'CashRecs' },
    baq: { service: 'BaqSvc', operation: 'StripeCashReceipts' },
  },
  invoice: asInvoice,
  'credit-memo': asInvoice,
  'refund-payment': asInvoice,
  application: {
    post: { service: 'Erp.BO.ApplyCreditMemoSvc', operation: 'Update' },
    odata: { service: 'Erp.BO.ApplyCreditMemoSvc', operation: 'ApplyCreditMemoes' },
    baq: { service: 'BaqSvc', operation: 'StripeCashReceipts' },
  },
  journal: {
    post: { service: 'Erp.BO.GLJournalEntrySvc', operation: 'Update' },
    odata: { service: 'Erp.BO.GLJournalEntrySvc', operation: 'GLJournalEntries' },
    baq: { service: 'BaqSvc', operation: 'StripeJournals' },
  },
};

/** How the connector is configured, as far as it changes its calls. */
export interface Ways {
  readonly lookup: 'odata' | 'baq';
  readonly writes: 'dataset' | 'function' | 'steps';
}

/** The call that a step of the suite is. */
export function callOf(step: Step, { lookup, writes }: Ways, kind?: string): object {
  if (typeof step === 'string') return (batchSteps[kind ?? ''] ?? cash)[step];
  const of = 'post' in step ? step.post : step.find;
  const found = documentSteps[of];
  if (!found) throw new Error(`no calls are known of ${of}`);
  if (!('post' in step)) return found[lookup];
  const isLined = of !== 'customer' && of !== 'cash-receipt';
  return writes === 'function' && isLined ? { service: 'efx/Tributary', operation: 'PostDocument' } : found.post;
}
