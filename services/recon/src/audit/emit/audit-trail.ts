import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { AuditEntry, AuditRow } from '../decide/audit-row.js';
import { appendAudit } from './append-audit.js';
import { auditColumns, auditRowOf } from './audit-rows.js';
import type { StoredAuditRow } from './audit-rows.js';
import { keysetPage, pageStart } from '../../shared/decide/keyset-page.js';
import type { KeysetPage, PageRequest } from '../../shared/decide/keyset-page.js';
import { isVisible, targetsParameter } from '../../shared/decide/visible-targets.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';

/** Which rows of the audit trail are asked for; every given field has to fit. */
export interface AuditFilter {
  readonly subject?: string | undefined;
  readonly object?: string | undefined;
  readonly action?: string | undefined;
  /** ISO 8601, inclusive. */
  readonly from?: string | undefined;
  /** ISO 8601, exclusive. */
  readonly to?: string | undefined;
  /** Targets whose rows are listed, beside those about none or several; default: all. */
  readonly visible?: VisibleTargets;
}

/** Reads the audit trail, and appends to it what is no part of another transaction. */
@Injectable()
export class AuditTrail {
  constructor(private readonly dataSource: DataSource) {}

  /** Appends a row in a transaction of its own. */
  async record(entry: AuditEntry): Promise<AuditRow> {
    return withDatabase('writing the audit trail', () => this.dataSource.transaction((manager) => appendAudit(manager, entry)));
  }

  /**
   * Appends what another service reports, once, however often the same report comes.
   * @param reporter subject of the service. @param id names the report among those of the service; undefined: it is appended each time.
   */
  async recordReport(reporter: string, id: string | undefined, entry: AuditEntry): Promise<Pick<AuditRow, 'sequence' | 'hash'>> {
    if (id === undefined) return this.record(entry);
    return withDatabase('writing the audit trail', () =>
      this.dataSource.transaction(async (manager) => {
        // The same report at the same time waits here until the other transaction has ended.
        const added = await manager.query<unknown[]>(
          'insert into recon.audit_report (reporter, id) values ($1, $2) on conflict do nothing returning 1',
          [reporter, id],
        );
        if (added.length === 0) {
          const [known] = await manager.query<{ sequence: string; hash: string }[]>(
            'select sequence::text, hash from recon.audit_report where reporter = $1 and id = $2',
            [reporter, id],
          );
          if (known) return { sequence: BigInt(known.sequence), hash: known.hash };
        }
        const row = await appendAudit(manager, entry);
        await manager.query('update recon.audit_report set sequence = $3, hash = $4 where reporter = $1 and id = $2', [
          reporter,
          id,
          row.sequence.toString(),
          row.hash,
        ]);
        return row;
      }),
    );
  }

  /** Rows, newest first. The cursor is a place of the chain. */
  async list(filter: AuditFilter, page: PageRequest): Promise<KeysetPage<AuditRow>> {
    const { subject, object, action, from, to, visible = '*' } = filter;
    const { cursor, beyond, order, rows } = pageStart(page);
    const found = await this.rows(
      `where ($1::text is null or subject = $1) and ($2::text is null or object = $2) and ($3::text is null or action = $3)
         and ($4::timestamptz is null or a.at >= $4) and ($5::timestamptz is null or a.at < $5) and ($6::bigint is null or a.sequence ${beyond} $6)
         and ($8::text[] is null or a.target is null or a.target = any($8))
       order by a.sequence ${order} limit $7`,
      [subject ?? null, object ?? null, action ?? null, from ?? null, to ?? null, cursor ?? null, rows, targetsParameter(visible)],
    );
    return keysetPage(page, found, ({ sequence }) => sequence.toString());
  }

  /** The row at a place of the chain, and the one before; undefined: there is none, or it is about a target that is not visible. */
  async find(sequence: string, visible: VisibleTargets): Promise<{ row: AuditRow; before: AuditRow | undefined } | undefined> {
    const [row, before] = await this.rows('where a.sequence <= $1 order by a.sequence desc limit 2', [sequence]);
    return row?.sequence.toString() === sequence && isVisible(visible, row.target ?? undefined) ? { row, before } : undefined;
  }

  /** Details of the newest row of an action; undefined: there is none. */
  async newestDetails(action: string): Promise<unknown> {
    return (await this.newest(action))?.details;
  }

  /** Who did an action last, and the details of it; undefined: nobody did. */
  async newest(action: string): Promise<{ readonly name: string; readonly details: unknown } | undefined> {
    const [row] = await this.rows('where a.action = $1 order by a.sequence desc limit 1', [action]);
    return row && { name: row.name, details: JSON.parse(row.details) as unknown };
  }

  private async rows(sql: string, values: readonly unknown[]): Promise<AuditRow[]> {
    const found = await withDatabase('reading the audit trail', () =>
      this.dataSource.query<StoredAuditRow[]>(`select ${auditColumns} from recon.audit a ${sql}`, [...values]),
    );
    return found.map(auditRowOf);
  }
}
