import { odataText } from '../kinetic-dataset.js';
import type { KineticRow } from '../kinetic-json.js';
import type { GroupKind, GroupParts } from './group-kind.js';

const invoices = 'Erp.BO.InvcGrpSvc';
const journals = 'Erp.BO.GLJrnGrpSvc';

/** Reads by the entity set: that this does not open the group for our user is assumed. */
function reading(service: string, entitySet: string) {
  return async (groupId: string, { client }: GroupParts, signal: AbortSignal): Promise<KineticRow | undefined> => {
    const query = { filter: `GroupID eq ${odataText(groupId)}`, top: 1 };
    return (await client.rows(service, entitySet, query, signal))[0];
  };
}

/** Groups of invoices and credit memos: one date. PostInvoices posts within the call (assumed). Source: docs/reference/epicor-kinetic.md section 6.4. */
export const invoiceGroup: GroupKind = {
  service: invoices,
  table: 'InvcGrp',
  newMethod: `${invoices}/GetNewInvcGrp`,
  columns: (batch) => ({ GroupID: batch.batchId, InvoiceDate: `${batch.date}T00:00:00`, ApplyDate: `${batch.date}T00:00:00` }),
  date: 'ApplyDate',
  documents: { service: 'Erp.BO.ARInvoiceSvc', entitySet: 'ARInvoices', number: 'InvoiceNum' },
  read: reading(invoices, 'InvcGrps'),
  async release(groupId, { client }, signal) {
    const { parameters } = await client.write(`${invoices}/PostInvoices`, { groupID: groupId }, signal);
    return typeof parameters?.errorMessage === 'string' ? parameters.errorMessage : '';
  },
  isInline: () => true,
};

/** Groups of journals: one date and one currency. Source: docs/reference/epicor-kinetic.md section 6.7. */
export const journalGroup: GroupKind = {
  service: journals,
  table: 'GLJrnGrp',
  newMethod: `${journals}/GetNewGLJrnGrpNoLock`,
  columns: (batch) => ({ GroupID: batch.batchId, JEDate: `${batch.date}T00:00:00`, CurrencyCode: batch.partition }),
  date: 'JEDate',
  partition: 'CurrencyCode',
  documents: { service: 'Erp.BO.GLJournalEntrySvc', entitySet: 'GLJournalEntries', number: 'JournalNum' },
  read: reading(journals, 'GLJrnGrps'),
  async release(groupId, { client }, signal) {
    const { parameters } = await client.write(`${journals}/PostGroupJournals`, { postGroupID: groupId }, signal);
    return typeof parameters?.NotAllPostedMessage === 'string' ? parameters.NotAllPostedMessage : '';
  },
  isInline: () => true,
};
