import type { DatabaseClient } from '../sql-client.js';

/** What somebody did in a service that keeps no audit trail of its own; recon takes it with `POST /audit`. Holds neither secrets nor card data. */
export interface AuditReport {
  /** Who did it: `person:<id>`, `service:<name>`, or what did it by itself. */
  readonly subject: string;
  readonly name: string;
  /** What was done: `session.started`, `group.release-ordered`. */
  readonly action: string;
  /** What it was done to, with its kind: `person:<id>`, `group:<id>`. */
  readonly object: string;
  /** The ledger that it is about. */
  readonly target?: string;
  readonly reason?: string;
  /** JSON; the time of the deed is added as `at`. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Address that the request came from. */
  readonly address?: string;
}

/** A report that waits in the outbox. */
export interface WaitingReport {
  /** Names the report at recon, which records it once however often it comes. */
  readonly id: string;
  readonly place: string;
  /** Time of the deed. */
  readonly madeAt: Date;
  readonly report: AuditReport;
}

/** Longest details that recon takes, characters of JSON, with room for the time. */
const mostDetails = 16_000;

/** Columns of the table `audit_outbox` of a schema, for its migration. A row is deleted when recon has recorded it. */
export const auditOutboxColumns = `(
  place bigint generated always as identity primary key, id uuid not null default gen_random_uuid(), made_at timestamptz not null default clock_timestamp(),
  report json not null, refused text)`;

/** Leaves a report for recon, within the transaction of the deed: both are stored, or neither. */
export async function reportToAudit(query: DatabaseClient['query'], schema: string, report: AuditReport): Promise<void> {
  await query(`insert into ${schema}.audit_outbox (report) values ($1)`, [
    JSON.stringify({ ...report, details: fitting(report.details ?? {}) }),
  ]);
}

/** Details that are too long for the trail are counted instead: the deed itself is never left out. */
function fitting(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { length } = JSON.stringify(details);
  return length <= mostDetails ? details : { omitted: Object.keys(details), characters: length };
}
