import type { EntityManager } from 'typeorm';
import type { AuditRow } from '../decide/audit-row.js';

/** A row as PostgreSQL gives it with {@link auditColumns}: text, so that neither a number nor a time is rounded. */
export type StoredAuditRow = Omit<AuditRow, 'sequence'> & { readonly sequence: string };

/** Columns of `recon.audit a` as {@link StoredAuditRow}. */
export const auditColumns = `a.sequence::text as sequence, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  a.subject, a.name, a.action, a.object, a.target, a.reason, a.details::text as details, a.address, a.previous, a.hash`;

/** The row as the chain knows it. */
export function auditRowOf(stored: StoredAuditRow): AuditRow {
  return { ...stored, sequence: BigInt(stored.sequence) };
}

const rowsPerRead = 1_000;

/** All rows of the chain in its order, a thousand at a time. */
export async function* readAuditRows(manager: Pick<EntityManager, 'query'>): AsyncGenerator<AuditRow> {
  // A row that somebody put before the first one has to be seen as well, so reading begins before any sequence.
  let after = '-9223372036854775808';
  for (;;) {
    const rows = await manager.query<StoredAuditRow[]>(
      `select ${auditColumns} from recon.audit a where a.sequence > $1 order by a.sequence limit ${rowsPerRead}`,
      [after],
    );
    for (const row of rows) yield auditRowOf(row);
    const last = rows.at(-1);
    if (!last || rows.length < rowsPerRead) return;
    after = last.sequence;
  }
}
