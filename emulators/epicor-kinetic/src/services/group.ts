import { KineticError, methodAnswer } from '../answers.js';
import type { PostingContext } from '../ledger/periods.js';
import { keyOf, save } from '../rows.js';
import type { Table } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import type { Call, Operation } from './service.js';
import { textInput } from './service.js';

/** `LockStatus` "Locked": a document is in the posting process (SNO:Erp_BO_CashGrpSvc.tsx, CashGrpRow [verified]). */
export const lockedForPosting = 'Locked';

/** @throws {KineticError} when the group is not there (assumed: 400), is being posted, or is open for another user (section 7). */
export function openGroupIn(table: Table, groupId: unknown, context: PostingContext, transaction: Transaction): Row {
  const group = transaction.row(table.name, keyOf(table, { Company: context.company, GroupID: String(groupId) }));
  const at = { table: table.name, field: 'GroupID' };
  if (!group) throw new KineticError('business', `Group ID ${String(groupId)} is invalid.`, at);
  if (context.fault?.kind === 'group-locked')
    throw new KineticError('business', `Group ${group.GroupID} is in use by another user: manager.`, at);
  if (group.ActiveUserID !== '' && group.ActiveUserID !== context.user)
    throw new KineticError('business', `Group ${group.GroupID} is in use by another user: ${group.ActiveUserID}.`, at);
  if (group.LockStatus === lockedForPosting)
    throw new KineticError('business', `Group ${group.GroupID} is locked: it is being posted.`, at);
  return group;
}

/** The emptied group leaves the list of open groups (assumed); the emulator keeps it under another name. */
export function closeGroup(table: Table, group: Row, transaction: Transaction): void {
  const key = keyOf(table, group);
  transaction.put(table.name, key, null);
  const posted = `${key}~${transaction.next('PostedGroup', 1)}`;
  transaction.put('PostedGroup', posted, { ...group, LockStatus: '', PostErrorLog: '', Table: table.name });
}

/** Leaves a group open with the reason why it was not posted. */
export function stopGroup(table: Table, group: Row, text: string, transaction: Transaction): void {
  save(table, { ...group, PostErrorLog: text.slice(0, 4000), LockStatus: '' }, transaction);
}

/** What the `post-stuck` fault leaves in PostErrorLog; the text is assumed. */
export const stuckText = 'Posting stopped: GL control accounts are not set up for the documents of this group.';

function setUser(table: Table, user: (call: Call) => string, allowed: (group: Row, call: Call) => boolean): Operation {
  return (call, transaction) => {
    const group = transaction.row(table.name, keyOf(table, { Company: call.company, GroupID: textInput(call, 'groupID') }));
    if (!group) throw new KineticError('notFound', 'Record not found.');
    if (!allowed(group, call))
      throw new KineticError('business', `Group ${group.GroupID} is in use by another user: ${group.ActiveUserID}.`, {
        table: table.name,
        field: 'GroupID',
      });
    const saved = save(table, { ...group, ActiveUserID: user(call) }, transaction);
    return methodAnswer({ ds: { [table.name]: [{ ...saved, RowMod: '' }] } });
  };
}

/** Sets or clears the user who has the group open: SNO:Erp_BO_CashGrpSvc.tsx (GroupLock, GroupUnlock [verified]; who may is assumed). */
export function lockOperations(table: Table): Readonly<Record<'GroupLock' | 'GroupUnlock' | 'UnlockGroup', Operation>> {
  const unlock = setUser(
    table,
    () => '',
    () => true,
  );
  const mine = (group: Row, call: Call): boolean => group.ActiveUserID === '' || group.ActiveUserID === call.user;
  return { GroupLock: setUser(table, (call) => call.user, mine), GroupUnlock: unlock, UnlockGroup: unlock };
}
