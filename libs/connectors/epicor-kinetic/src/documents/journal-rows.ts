import type { ErpDocument, ErpReference } from '@tributary/connector-kit';
import { lastRow } from '../kinetic-dataset.js';
import { columnsOf, lineColumnsOf } from '../kinetic-fields.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { lineKeyColumn, plantedKey, plantedLineKey, postingKeyColumn } from '../kinetic-keys.js';
import type { LinedDocument } from './lines/lined-document.js';

/** The service of journals. */
export const journalServiceName = 'Erp.BO.GLJournalEntrySvc';
/** The six parts of the key of a journal, after the company: docs/reference/epicor-kinetic.md section 6.7. */
export const journalKeyColumns = ['BookID', 'FiscalYear', 'FiscalYearSuffix', 'JournalCode', 'JournalNum', 'FiscalCalendarID'] as const;

const none: ReadonlySet<string> = new Set();

/** What identifies a journal. */
export function journalReference(head: KineticRow): ErpReference {
  const key = journalKeyColumns.map((name) => [name, textOf(head[name])] as const);
  return { GroupID: textOf(head.GroupID), ...Object.fromEntries(key) };
}

/** The key of a journal as parameters of a method. */
export function journalKey(reference: ErpReference): Record<string, string> {
  const { BookID = '', FiscalYear = '0', FiscalYearSuffix = '', JournalCode = '', JournalNum = '0', FiscalCalendarID = '' } = reference;
  return {
    bookID: BookID,
    fiscalYear: FiscalYear,
    fiscalYearSuffix: FiscalYearSuffix,
    journalCode: JournalCode,
    journalNum: JournalNum,
    fiscalCalendarID: FiscalCalendarID,
  };
}

/**
 * Journals: GLJrnHed and GLJrnDtlMnl.
 * Source: docs/reference/epicor-kinetic.md section 6.7. Assumed: JournalNum 0 in a line means the journal of the same dataset.
 */
export const journalRows: LinedDocument = {
  what: 'journal',
  businessObject: 'GLJournalEntry',
  method: `${journalServiceName}/Update`,
  headTable: 'GLJrnHed',
  lineTable: 'GLJrnDtlMnl',
  numberColumn: 'JournalLine',
  input: (ds) => ({ ds }),
  async defaults(_document, groupId, { client }, signal) {
    const input = { ds: {}, GroupID: groupId };
    return lastRow(await client.read(`${journalServiceName}/GetNewGlJrnHedTran`, { input }, signal), 'GLJrnHed') ?? {};
  },
  headRow: (document, groupId, defaults) => ({
    ...defaults,
    ...columnsOf(document, none),
    GroupID: groupId,
    JournalNum: 0,
    [postingKeyColumn]: plantedKey(document.postingKey),
    RowMod: 'A',
  }),
  lineRow: (document, line, number, head) => ({
    ...(head ? Object.fromEntries(journalKeyColumns.map((name) => [name, head[name] ?? ''])) : { JournalNum: 0 }),
    ...lineColumnsOf(document, line),
    JournalLine: number,
    [lineKeyColumn]: plantedLineKey(line.key),
  }),
  load: (reference, { client }, signal) => client.read(`${journalServiceName}/GetByID`, { query: journalKey(reference) }, signal),
  referenceOf: journalReference,
};

/** The group of a journal: one date and one currency. */
export function journalBatch({ fields }: ErpDocument): { kind: 'journal-group'; date: string; partition: string } {
  return { kind: 'journal-group', date: String(fields.JEDate ?? ''), partition: String(fields.CurrencyCode ?? '') };
}
