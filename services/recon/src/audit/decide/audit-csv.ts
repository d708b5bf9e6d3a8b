import type { AuditRowView } from '@tributary/contracts';
import { CsvSheet } from '../../shared/decide/csv-sheet.js';

/** The file of the audit trail. */
export const auditSheet = new CsvSheet<AuditRowView>({
  sequence: ({ sequence }) => sequence,
  at: ({ at }) => at,
  subject: ({ subject }) => subject,
  name: ({ name }) => name,
  action: ({ action }) => action,
  object: ({ object }) => object,
  target: ({ target }) => target,
  reason: ({ reason }) => reason,
  address: ({ address }) => address,
  details: ({ details }) => JSON.stringify(details),
  hash: ({ hash }) => hash,
});
