import type { EntityManager } from 'typeorm';
import { storableText } from '../../shared/decide/storable-text.js';
import { nextRow } from '../decide/audit-row.js';
import type { AuditEntry, AuditRow } from '../decide/audit-row.js';
import { appendAsWriter } from './audit-writer.js';

/** Advisory lock that one writer of the chain holds until its transaction ends: the sequence has no gaps and no forks. */
const writerLock = 'tributary audit chain';

/**
 * Appends a row to the audit trail within a transaction, so that a decision and its row are stored together or not at all. Nothing else writes
 * there. Call it last: the lock of the chain is held from here to the end of the transaction.
 */
export async function appendAudit(manager: EntityManager, entry: AuditEntry): Promise<AuditRow> {
  await manager.query('select pg_advisory_xact_lock(hashtext($1))', [writerLock]);
  const [head] = await manager.query<{ at: string; sequence: string | null; hash: string | null }[]>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, a.sequence::text as sequence, a.hash
     from (select 1) as one left join (select sequence, hash from recon.audit order by sequence desc limit 1) a on true`,
  );
  if (!head) throw new Error('appending to the audit trail: PostgreSQL told no time');
  const last = head.sequence === null || head.hash === null ? undefined : { sequence: BigInt(head.sequence), hash: head.hash };
  const row = nextRow(last, { ...storableEntry(entry), at: head.at });
  await appendAsWriter(manager, [row]);
  return row;
}

function storableEntry(entry: AuditEntry): Omit<AuditRow, 'sequence' | 'at' | 'previous' | 'hash'> {
  const { subject, name, action, object, target, reason, details, address } = entry;
  const text = (value: string | null): string | null => (value === null ? null : storableText(value));
  return {
    subject: storableText(subject),
    name: storableText(name),
    action,
    object: storableText(object),
    target: text(target),
    reason: text(reason),
    details: JSON.stringify(details),
    address: text(address),
  };
}
