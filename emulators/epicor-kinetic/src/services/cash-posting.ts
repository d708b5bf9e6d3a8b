import { KineticError, methodAnswer } from '../answers.js';
import { fromThousandths, thousandths } from '../exact-json.js';
import { keyOf, rowsOf, save } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Store, Transaction } from '../store.js';
import { lockedForPosting, openGroup } from './cash-group.js';
import type { Call, Operation, Service } from './service.js';

const parameters = { name: 'CashRecPostParam', entitySet: '', key: [], columns: {} };
const firstInvoice = 30_001;
const firstTask = 1;

function groupOf(call: Call, transaction: Transaction): Row {
  const [row] = rowsOf(call.input.ds, parameters);
  if (!row) throw new KineticError('business', 'CashRecPostParam is required.');
  return openGroup(row.GroupID, call, transaction);
}

/** A group that cannot be posted: the call answers 200 and the reason stands in the group. */
function stuck(group: Row, transaction: Transaction): void {
  save(
    tables.CashGrp,
    { ...group, PostErrorLog: 'Posting stopped: GL control accounts are not set up for the receipts of this group.' },
    transaction,
  );
}

/**
 * Puts a group into the ledger. The unapplied remainder of each receipt becomes a credit memo invoice with the suffix UR:
 * section 6.5 [verified]. The emptied group leaves the list of open groups (assumed); the emulator keeps it as PostedGroup.
 */
function postGroup(group: Row, transaction: Transaction): void {
  for (const head of transaction.rows('CashHead')) {
    if (head.Company !== group.Company || head.GroupID !== group.GroupID || head.Posted) continue;
    const unapplied = thousandths(head.DocUnAppliedAmt) ?? 0n;
    const creditMemo = unapplied > 0n ? creditMemoFor(head, unapplied, transaction) : 0;
    save(tables.CashHead, { ...head, Posted: true, CreditMemoNum: creditMemo }, transaction);
  }
  const key = keyOf(tables.CashGrp, group);
  transaction.put('CashGrp', key, null);
  transaction.put('PostedGroup', `${key}~${transaction.next('PostedGroup', 1)}`, { ...group, LockStatus: '', PostErrorLog: '' });
}

/** Balances of credit memos carry a negative sign: section 6.4 [verified]. */
function creditMemoFor(head: Row, unapplied: bigint, transaction: Transaction): number {
  const number = transaction.next(`InvoiceNum~${head.Company}`, firstInvoice);
  transaction.put('InvcHead', `${head.Company}~${number}`, {
    Company: head.Company ?? '',
    InvoiceNum: number,
    InvoiceSuffix: 'UR',
    InvoiceType: 'Mis',
    CreditMemo: true,
    UnappliedCash: true,
    CustNum: head.CustNum ?? 0,
    InvoiceDate: head.TranDate ?? null,
    ApplyDate: head.TranDate ?? null,
    CurrencyCode: head.CurrencyCode ?? '',
    DocInvoiceAmt: fromThousandths(-unapplied),
    DocInvoiceBal: fromThousandths(-unapplied),
    OpenInvoice: true,
    Posted: true,
    CheckRef: head.CheckRef ?? '',
  });
  return number;
}

const runDirect: Operation = (call, transaction) => {
  const group = groupOf(call, transaction);
  if (call.fault?.kind === 'post-stuck') stuck(group, transaction);
  else postGroup(group, transaction);
  return methodAnswer({});
};

const submitToAgent: Operation = (call, transaction) => {
  const group = groupOf(call, transaction);
  if (call.fault?.kind === 'post-stuck') {
    stuck(group, transaction);
    return methodAnswer({});
  }
  const task = transaction.next('SysTask', firstTask);
  save(tables.CashGrp, { ...group, LockStatus: lockedForPosting, PostErrorLog: '' }, transaction);
  transaction.put('SysTask', String(task), {
    SysTaskNum: task,
    Company: call.company,
    GroupID: group.GroupID ?? '',
    dueMs: call.nowMs + call.config.postingDelayMs,
  });
  return methodAnswer({});
};

/** Erp.PROC.CashRecPostSvc: section 6.5; names and shapes in SNO:Erp_PROC_CashRecPostSvc.tsx [verified]. RunDirect within the call: assumed. */
export const cashPostingService: Service = {
  name: 'Erp.PROC.CashRecPostSvc',
  operations: {
    GetNewParameters: () =>
      methodAnswer({}, { CashRecPostParam: [{ GroupID: '', SysRowID: '', AgentSchedNum: 0, AgentID: '', RowMod: 'A' }] }),
    RunDirect: runDirect,
    SubmitToAgent: submitToAgent,
  },
};

/** How often the task agent looks for due tasks, ms. */
const agentPollMs = 50;

/** The task agent: posts what was submitted, also after a restart in between. @returns stop. */
export function startTaskAgent(store: Store, now: () => number): () => void {
  const timer = setInterval(() => {
    for (const task of store.rows('SysTask')) {
      if (Number(task.dueMs) > now()) continue;
      store.transaction((transaction) => {
        const group = transaction.row('CashGrp', keyOf(tables.CashGrp, task));
        if (group) postGroup(group, transaction);
        transaction.put('SysTask', String(task.SysTaskNum), null);
      });
    }
  }, agentPollMs);
  return () => clearInterval(timer);
}
