import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { storableText } from '../../shared/decide/storable-text.js';
import { nextRow } from '../decide/audit-row.js';
import type { AuditEntry, AuditRow } from '../decide/audit-row.js';
import { appendAsWriter } from './audit-writer.js';
import { auditColumns, auditRowOf } from './audit-rows.js';
import type { StoredAuditRow } from './audit-rows.js';

/** Which rows of the audit trail are asked for; every given field has to fit. */
export interface AuditFilter {
  readonly subject?: string | undefined;
  readonly object?: string | undefined;
  readonly action?: string | undefined;
  /** ISO 8601, inclusive. */
  readonly from?: string | undefined;
  /** ISO 8601, exclusive. */
  readonly to?: string | undefined;
}

/** Advisory lock that one writer of the chain holds until its transaction ends: the sequence has no gaps and no forks. */
const writerLock = 'tributary audit chain';

/** Appends to and reads the audit trail, a chain of hashes in `recon.audit`. Nothing else writes there. */
@Injectable()
export class AuditTrail {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Appends a row within a transaction, so that a decision and its row are stored together or not at all. Call it last: the lock of the
   * chain is held from here to the end of the transaction.
   */
  async append(manager: EntityManager, entry: AuditEntry): Promise<AuditRow> {
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

  /** Appends a row in a transaction of its own. */
  async record(entry: AuditEntry): Promise<AuditRow> {
    return withDatabase('writing the audit trail', () => this.dataSource.transaction((manager) => this.append(manager, entry)));
  }

  /** Rows, newest first. @param before only rows before this place of the chain; undefined: from the end. */
  async list(filter: AuditFilter, before: string | undefined, limit: number): Promise<{ rows: AuditRow[]; next: string | null }> {
    const { subject, object, action, from, to } = filter;
    const found = await withDatabase('reading the audit trail', () =>
      this.dataSource.query<StoredAuditRow[]>(
        `select ${auditColumns} from recon.audit a
         where ($1::text is null or subject = $1) and ($2::text is null or object = $2) and ($3::text is null or action = $3)
           and ($4::timestamptz is null or a.at >= $4) and ($5::timestamptz is null or a.at < $5) and ($6::bigint is null or a.sequence < $6)
         order by a.sequence desc limit $7`,
        [subject ?? null, object ?? null, action ?? null, from ?? null, to ?? null, before ?? null, limit + 1],
      ),
    );
    const rows = found.slice(0, limit).map(auditRowOf);
    return { rows, next: found.length > limit ? (rows.at(-1)?.sequence.toString() ?? null) : null };
  }
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
