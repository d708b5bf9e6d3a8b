import { KineticError, methodAnswer } from '../answers.js';
import { checkOpen, dayOf, periodOf } from '../ledger/periods.js';
import type { PostingContext } from '../ledger/periods.js';
import type { TableRules } from '../rows.js';
import { keyOf } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { closeGroup, lockOperations, openGroupIn, stopGroup, stuckText } from './group.js';
import { postInvoice } from './invoice-entry.js';
import type { Call, Operation, Service } from './service.js';
import { entitySet, getById, getNew, textInput, update } from './service.js';

const table = tables.InvcGrp;

/** An invoice group that takes invoices. @throws {KineticError} as openGroupIn. */
export function openInvoiceGroup(groupId: unknown, context: PostingContext, transaction: Transaction): Row {
  return openGroupIn(table, groupId, context, transaction);
}

function invoicesOf(group: Row, transaction: Transaction): Readonly<Row>[] {
  return transaction
    .rows('InvcHead')
    .filter((row) => row.Company === group.Company && row.GroupID === group.GroupID && row.Posted !== true);
}

/** Missing dates fail: section 6.4 [verified]. */
function rules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      checkOpen(row, 'InvcGrp', 'ApplyDate', call, transaction);
      const { year, period } = periodOf(dayOf(row.ApplyDate));
      Object.assign(row, { CreatedBy: call.user, FiscalYear: year, FiscalPeriod: period });
    },
    changing(row, before, transaction) {
      openInvoiceGroup(before.GroupID, call, transaction);
      checkOpen(row, 'InvcGrp', 'ApplyDate', call, transaction);
    },
    deleting(row, transaction) {
      openInvoiceGroup(row.GroupID, call, transaction);
      if (invoicesOf(row, transaction).length > 0)
        throw new KineticError('business', 'Group has invoices and cannot be deleted.', { table: 'InvcGrp', field: 'GroupID' });
    },
  };
}

/**
 * Posts the invoices of a group within the call (assumed; an open question of section 12). A group with an invoice that cannot be posted stays
 * open as a whole, with the reason in PostErrorLog and in errorMessage, and the status is 200 (the output [verified], the rest assumed).
 */
const postInvoices: Operation = (call, transaction) => {
  const group = openInvoiceGroup(textInput(call, 'groupID'), call, transaction);
  const answer = (invoicesGenerated: string, errorMessage: string) =>
    methodAnswer({ invoicesGenerated, errorMessage, legalNumberMessage: '' });
  if (call.fault?.kind === 'post-stuck') {
    stopGroup(table, group, stuckText, transaction);
    return answer('', stuckText);
  }
  try {
    return transaction.nested((inner) => {
      const posted = invoicesOf(group, inner).map((invoice) => postInvoice({ ...invoice }, call, inner));
      closeGroup(table, group, inner);
      return answer(posted.join('~'), '');
    });
  } catch (error) {
    if (!(error instanceof KineticError)) throw error;
    stopGroup(table, group, error.message, transaction);
    return answer('', error.message);
  }
};

/** Erp.BO.InvcGrpSvc: docs/reference/epicor-kinetic.md section 6.4; names in SNO:Erp_BO_InvcGrpSvc.tsx [verified]. */
export const invoiceGroupService: Service = {
  name: 'Erp.BO.InvcGrpSvc',
  operations: {
    InvcGrps: entitySet(table),
    GetByID: getById(table, (call) => ({ GroupID: textInput(call, 'groupID') })),
    GetNewInvcGrp: getNew(table),
    Update: (call, transaction) => update(table, rules(call))(call, transaction),
    UpdateNoLock: (call, transaction) => update(table, rules(call))(call, transaction),
    PostInvoices: postInvoices,
    ...lockOperations(table),
    DeleteByID(call, transaction) {
      const row = transaction.row(table.name, keyOf(table, { Company: call.company, GroupID: textInput(call, 'groupID') }));
      if (!row) throw new KineticError('notFound', 'Record not found.');
      rules(call).deleting?.(row, transaction);
      transaction.put(table.name, keyOf(table, row), null);
      return methodAnswer({});
    },
  },
};
