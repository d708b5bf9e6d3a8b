import { KineticError, methodAnswer } from '../answers.js';
import { checkOpen } from '../ledger/periods.js';
import type { PostingContext } from '../ledger/periods.js';
import { rowsOf, save } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { openGroup } from './cash-group.js';
import { closeGroup, lockedForPosting, stopGroup, stuckText } from './group.js';
import { postApplication } from './application-entry.js';
import { postReceipt } from './receipt-entry.js';
import type { Call, Operation, Service } from './service.js';

const parameters = { name: 'CashRecPostParam', entitySet: '', key: [], columns: {} };
const firstTask = 1;

function groupOf(call: Call, transaction: Transaction): Row {
  const [row] = rowsOf(call.input.ds, parameters);
  if (!row) throw new KineticError('business', 'CashRecPostParam is required.');
  return openGroup(row.GroupID, call, transaction);
}

/**
 * Puts a group into the ledger, or leaves it with the reason in PostErrorLog: the call answers 200 either way (assumed, as nothing in its
 * answer could tell). One document that cannot be posted keeps its whole group out (assumed).
 */
export function postCashGroup(group: Row, context: PostingContext, transaction: Transaction): void {
  if (context.fault?.kind === 'post-stuck') return stopGroup(tables.CashGrp, group, stuckText, transaction);
  try {
    transaction.nested((inner) => {
      for (const head of inner.rows('CashHead')) {
        if (head.Company !== group.Company || head.GroupID !== group.GroupID || head.Posted) continue;
        checkOpen(head, 'CashHead', 'TranDate', context, inner);
        if (head.TranType === 'CMemo') postApplication({ ...head }, context, inner);
        else postReceipt({ ...head }, context, inner);
      }
      closeGroup(tables.CashGrp, group, inner);
    });
  } catch (error) {
    if (!(error instanceof KineticError)) throw error;
    stopGroup(tables.CashGrp, group, error.message, transaction);
  }
}

const runDirect: Operation = (call, transaction) => {
  postCashGroup(groupOf(call, transaction), call, transaction);
  return methodAnswer({});
};

const submitToAgent: Operation = (call, transaction) => {
  const group = groupOf(call, transaction);
  if (call.fault?.kind === 'post-stuck') {
    stopGroup(tables.CashGrp, group, stuckText, transaction);
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
