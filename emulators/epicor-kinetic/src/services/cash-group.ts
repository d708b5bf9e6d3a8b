import { KineticError, methodAnswer } from '../answers.js';
import type { TableRules } from '../rows.js';
import type { PostingContext } from '../ledger/periods.js';
import { checkOpen, dayOf, periodOf } from '../ledger/periods.js';
import { keyOf } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { currencyOfAccount } from './bank-account.js';
import { lockOperations, openGroupIn } from './group.js';
import type { Call, Operation, Service } from './service.js';
import { entitySet, getById, getNew, textInput, update } from './service.js';

const table = tables.CashGrp;

/** A cash group that takes receipts. @throws {KineticError} as openGroupIn. */
export function openGroup(groupId: unknown, call: PostingContext, transaction: Transaction): Row {
  return openGroupIn(table, groupId, call, transaction);
}

function rules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      checkOpen(row, 'CashGrp', 'TranDate', call, transaction);
      row.BankCurrencyCode = currencyOfAccount(call.company, row.BankAcctID, transaction);
      row.CreatedBy = call.user;
      const { year, period } = periodOf(dayOf(row.TranDate));
      row.FiscalYear = year;
      row.FiscalPeriod = period;
    },
    changing(row, before, transaction) {
      openGroup(before.GroupID, call, transaction);
      checkOpen(row, 'CashGrp', 'TranDate', call, transaction);
    },
    deleting(row, transaction) {
      openGroup(row.GroupID, call, transaction);
      if (transaction.rows('CashHead').some((head) => head.Company === row.Company && head.GroupID === row.GroupID && !head.Posted))
        throw new KineticError('business', 'Group has receipts and cannot be deleted.', { table: 'CashGrp', field: 'GroupID' });
    },
  };
}

const saveGroup: Operation = (call, transaction) => update(table, rules(call))(call, transaction);

/** Erp.BO.CashGrpSvc: docs/reference/epicor-kinetic.md sections 6.5 and 7; names in SNO:Erp_BO_CashGrpSvc.tsx [verified]. */
export const cashGroupService: Service = {
  name: 'Erp.BO.CashGrpSvc',
  operations: {
    CashGrps: entitySet(table),
    GetByID: getById(table, (call) => ({ GroupID: textInput(call, 'groupID') })),
    GetByIDNoLock: getById(table, (call) => ({ GroupID: textInput(call, 'groupID') })),
    ReceiptGroupExists: (call, transaction) =>
      methodAnswer(
        {},
        transaction.row(table.name, keyOf(table, { Company: call.company, GroupID: textInput(call, 'ipGroupID') })) !== undefined,
      ),
    GetNewCashGrp: getNew(table),
    GetNewCashGrpNoLock: getNew(table),
    Update: saveGroup,
    UpdateMaster: saveGroup,
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
