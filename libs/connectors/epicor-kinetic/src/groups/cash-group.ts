import { lastRow } from '../kinetic-dataset.js';
import type { GroupKind, GroupParts } from './group-kind.js';

const groups = 'Erp.BO.CashGrpSvc';
const posting = 'Erp.PROC.CashRecPostSvc';

async function run(groupId: string, { client, config }: GroupParts, signal: AbortSignal): Promise<string> {
  const parameters = lastRow(await client.read(`${posting}/GetNewParameters`, { query: {} }, signal), 'CashRecPostParam');
  const ds = { CashRecPostParam: [{ ...parameters, GroupID: groupId }] };
  if (config.posting === 'direct') await client.write(`${posting}/RunDirect`, { ds }, signal);
  else
    await client.write(
      `${posting}/SubmitToAgent`,
      { ds, agentID: config.agentId, agentSchedNum: 0, agentTaskNum: 0, maintProgram: 'Erp.UIRpt.CashRecPost' },
      signal,
    );
  return '';
}

/** Groups of receipts: one bank account and one date. Source: docs/reference/epicor-kinetic.md sections 1, 6.5 and 7. */
export const cashGroup: GroupKind = {
  service: groups,
  table: 'CashGrp',
  newMethod: `${groups}/GetNewCashGrp`,
  columns: (batch) => ({ GroupID: batch.batchId, TranDate: `${batch.date}T00:00:00`, BankAcctID: batch.partition }),
  date: 'TranDate',
  partition: 'BankAcctID',
  documents: { service: 'Erp.BO.CashRecSvc', entitySet: 'CashRecs', number: 'HeadNum' },
  read: async (groupId, { client }, signal) =>
    lastRow(await client.read(`${groups}/GetByIDNoLock`, { query: { groupID: groupId } }, signal), 'CashGrp'),
  release: run,
  isInline: (config) => config.posting === 'direct',
};

/** Groups of applications: cash groups without a bank account (assumed), posted like those of receipts (section 6.6). */
export const applicationGroup: GroupKind = {
  ...cashGroup,
  columns: (batch) => ({ GroupID: batch.batchId, TranDate: `${batch.date}T00:00:00`, BankAcctID: '' }),
  documents: { service: 'Erp.BO.ApplyCreditMemoSvc', entitySet: 'ApplyCreditMemoes', number: 'HeadNum' },
};
