import { KineticError, methodAnswer } from '../answers.js';
import { checkOpen, dayOf, periodOf } from '../ledger/periods.js';
import type { PostingContext } from '../ledger/periods.js';
import type { TableRules } from '../rows.js';
import { keyOf } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { closeGroup, lockOperations, openGroupIn, stopGroup, stuckText } from './group.js';
import { postJournal } from './journal-entry.js';
import type { Call, Operation, Service } from './service.js';
import { entitySet, getById, getNew, textInput, update } from './service.js';

const table = tables.GLJrnGrp;

/** A journal group that takes journals. @throws {KineticError} as openGroupIn. */
export function openJournalGroup(groupId: unknown, context: PostingContext, transaction: Transaction): Row {
  return openGroupIn(table, groupId, context, transaction);
}

function journalsOf(group: Row, transaction: Transaction): Readonly<Row>[] {
  return transaction
    .rows('GLJrnHed')
    .filter((row) => row.Company === group.Company && row.GroupID === group.GroupID && row.Posted !== true);
}

/** BookMode S, book and journal code default to those of the demo company (assumed). */
function rules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      checkOpen(row, 'GLJrnGrp', 'JEDate', call, transaction);
      const { year, period } = periodOf(dayOf(row.JEDate));
      Object.assign(row, { CreatedBy: call.user, FiscalYear: year, FiscalPeriod: period });
      row.BookMode ||= 'S';
      row.BookID ||= 'MAIN';
      row.JournalCode ||= 'GJ';
      row.CurrencyCode ||= call.config.baseCurrency;
    },
    changing(row, before, transaction) {
      openJournalGroup(before.GroupID, call, transaction);
      checkOpen(row, 'GLJrnGrp', 'JEDate', call, transaction);
    },
    deleting(row, transaction) {
      openJournalGroup(row.GroupID, call, transaction);
      if (journalsOf(row, transaction).length > 0)
        throw new KineticError('business', 'Group has journals and cannot be deleted.', { table: 'GLJrnGrp', field: 'GroupID' });
    },
  };
}

/**
 * Posts the journals of a group. NotAllPostedMessage is text with HTTP 200 even when some did not post: section 6.7 [verified output, status assumed].
 * That the journals that can be posted are, and that the others keep the group open with PostErrorLog, is assumed.
 */
const postGroupJournals: Operation = (call, transaction) => {
  const group = openJournalGroup(textInput(call, 'postGroupID'), call, transaction);
  if (call.fault?.kind === 'post-stuck') {
    stopGroup(table, group, stuckText, transaction);
    return methodAnswer({ NotAllPostedMessage: stuckText });
  }
  const problems = journalsOf(group, transaction).flatMap((journal) => {
    try {
      transaction.nested((inner) => postJournal({ ...journal }, call, inner));
      return [];
    } catch (error) {
      if (!(error instanceof KineticError)) throw error;
      return [`Journal ${String(journal.JournalNum)}: ${error.message}`];
    }
  });
  const text = problems.join(' ');
  if (problems.length === 0) closeGroup(table, group, transaction);
  else stopGroup(table, group, text, transaction);
  return methodAnswer({ NotAllPostedMessage: text });
};

/** Erp.BO.GLJrnGrpSvc: docs/reference/epicor-kinetic.md section 6.7; names in SNO:Erp_BO_GLJrnGrpSvc.tsx [verified]. */
export const journalGroupService: Service = {
  name: 'Erp.BO.GLJrnGrpSvc',
  operations: {
    GLJrnGrps: entitySet(table),
    GetByID: getById(table, (call) => ({ GroupID: textInput(call, 'groupID') })),
    GetNewGLJrnGrp: getNew(table),
    GetNewGLJrnGrpNoLock: getNew(table),
    Update: (call, transaction) => update(table, rules(call))(call, transaction),
    UpdateNoLock: (call, transaction) => update(table, rules(call))(call, transaction),
    PostGroupJournals: postGroupJournals,
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
