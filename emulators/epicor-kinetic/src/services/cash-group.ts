import { KineticError, methodAnswer } from '../answers.js';
import type { TableRules } from '../rows.js';
import { keyOf, save } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { currencyOfAccount } from './bank-account.js';
import type { Call, Operation, Service } from './service.js';
import { entitySet, getById, getNew, textInput, update } from './service.js';

const table = tables.CashGrp;

/** `LockStatus` "Locked": a payment is in the posting process (SNO:Erp_BO_CashGrpSvc.tsx, CashGrpRow [verified]). */
export const lockedForPosting = 'Locked';

/** @throws {KineticError} when the group is not there (assumed: 400), is being posted, or is open for another user (section 7). */
export function openGroup(groupId: unknown, call: Call, transaction: Transaction): Row {
  const group = transaction.row(table.name, keyOf(table, { Company: call.company, GroupID: String(groupId) }));
  const at = { table: 'CashGrp', field: 'GroupID' };
  if (!group) throw new KineticError('business', `Group ID ${String(groupId)} is invalid.`, at);
  if (call.fault?.kind === 'group-locked')
    throw new KineticError('business', `Group ${group.GroupID} is in use by another user: manager.`, at);
  if (group.ActiveUserID !== '' && group.ActiveUserID !== call.user)
    throw new KineticError('business', `Group ${group.GroupID} is in use by another user: ${group.ActiveUserID}.`, at);
  if (group.LockStatus === lockedForPosting)
    throw new KineticError('business', `Group ${group.GroupID} is locked: it is being posted.`, at);
  return group;
}

/** Closed periods: nothing may be dated before the earliest apply date. Text assumed. */
export function checkApplyDate(row: Row, tableName: string, call: Call): void {
  const day = String(row.TranDate).slice(0, 10);
  if (call.fault?.kind === 'period-closed' || day < call.config.earliestApplyDate)
    throw new KineticError('business', `TranDate ${day} is before the Earliest Apply Date: the fiscal period is closed.`, {
      table: tableName,
      field: 'TranDate',
    });
}

function rules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      checkApplyDate(row, 'CashGrp', call);
      row.BankCurrencyCode = currencyOfAccount(call.company, row.BankAcctID, transaction);
      row.CreatedBy = call.user;
      row.FiscalYear = Number(String(row.TranDate).slice(0, 4));
      row.FiscalPeriod = Number(String(row.TranDate).slice(5, 7));
    },
    changing(row, before, transaction) {
      openGroup(before.GroupID, call, transaction);
      checkApplyDate(row, 'CashGrp', call);
    },
    deleting(row, transaction) {
      openGroup(row.GroupID, call, transaction);
      if (transaction.rows('CashHead').some((head) => head.Company === row.Company && head.GroupID === row.GroupID && !head.Posted))
        throw new KineticError('business', 'Group has receipts and cannot be deleted.', { table: 'CashGrp', field: 'GroupID' });
    },
  };
}

const saveGroup: Operation = (call, transaction) => update(table, rules(call))(call, transaction);

/** Sets or clears the user who has the group open: SNO:Erp_BO_CashGrpSvc.tsx (GroupLock, GroupUnlock [verified]; who may is assumed). */
function setUser(user: (call: Call) => string, allowed: (group: Row, call: Call) => boolean): Operation {
  return (call, transaction) => {
    const group = transaction.row(table.name, keyOf(table, { Company: call.company, GroupID: textInput(call, 'groupID') }));
    if (!group) throw new KineticError('notFound', 'Record not found.');
    if (!allowed(group, call))
      throw new KineticError('business', `Group ${group.GroupID} is in use by another user: ${group.ActiveUserID}.`, {
        table: 'CashGrp',
        field: 'GroupID',
      });
    const saved = save(table, { ...group, ActiveUserID: user(call) }, transaction);
    return methodAnswer({ ds: { CashGrp: [{ ...saved, RowMod: '' }] } });
  };
}

const unlock = setUser(
  () => '',
  () => true,
);

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
    GroupLock: setUser(
      (call) => call.user,
      (group, call) => group.ActiveUserID === '' || group.ActiveUserID === call.user,
    ),
    GroupUnlock: unlock,
    UnlockGroup: unlock,
    DeleteByID(call, transaction) {
      const row = transaction.row(table.name, keyOf(table, { Company: call.company, GroupID: textInput(call, 'groupID') }));
      if (!row) throw new KineticError('notFound', 'Record not found.');
      rules(call).deleting?.(row, transaction);
      transaction.put(table.name, keyOf(table, row), null);
      return methodAnswer({});
    },
  },
};
