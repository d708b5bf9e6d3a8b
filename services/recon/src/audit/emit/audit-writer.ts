import type { EntityManager } from 'typeorm';
import type { AuditRow } from '../decide/audit-row.js';

/** Role that may read and append to `recon.audit`, and nothing else. Made by the migration where its login may make roles. */
export const auditWriterRole = 'tributary_audit_writer';

type Queries = Pick<EntityManager, 'query'>;

/**
 * Inserts rows as the role that may only insert, for this one statement. Where the role does not exist the rows are inserted as the service
 * itself, and only the trigger refuses changes.
 */
export async function appendAsWriter(manager: Queries, rows: readonly AuditRow[]): Promise<void> {
  const isWriter = await mayBeWriter(manager);
  if (isWriter) await manager.query(`set local role ${auditWriterRole}`);
  await insertAuditRows(manager, rows);
  if (isWriter) await manager.query('reset role');
}

async function mayBeWriter(manager: Queries): Promise<boolean> {
  const [found] = await manager.query<{ may: boolean }[]>(
    `select pg_has_role(current_user, oid, 'member') as may from pg_roles where rolname = $1`,
    [auditWriterRole],
  );
  return found?.may === true;
}

/** Inserts rows of the chain as they are. */
export async function insertAuditRows(manager: Queries, rows: readonly AuditRow[]): Promise<void> {
  const columns = ['at', 'subject', 'name', 'action', 'object', 'target', 'reason', 'details', 'address', 'previous', 'hash'] as const;
  await manager.query(
    `insert into recon.audit (sequence, ${columns.join(', ')})
     select * from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::json[], $10::text[], $11::text[], $12::text[])`,
    [rows.map(({ sequence }) => sequence.toString()), ...columns.map((column) => rows.map((row) => row[column]))],
  );
}
