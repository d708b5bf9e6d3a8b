import { observedGauge, serviceProblem } from '@tributary/platform';
import type { DatabaseClient } from '../sql-client.js';
import type { AuditReport, WaitingReport } from './audit-outbox.js';

/** How often the outbox is looked at, ms. */
export const auditReportEveryMs = 2_000;
/** Longest time that recon may take for one report, ms. */
export const auditReportWithinMs = 10_000;
/** Reports that are sent in one transaction. */
const mostAtOnce = 50;

/** Where reports come from and go to. */
export interface AuditReporterOptions {
  readonly database: DatabaseClient;
  /** Schema with the outbox. */
  readonly schema: string;
  /** Base address of recon; undefined: reports wait until there is one. */
  readonly reconUrl: string | undefined;
  /** Says which service calls, and ends after {@link auditReportWithinMs}. */
  readonly fetch: typeof globalThis.fetch;
  /** The parts of a logger that are written to. */
  readonly log: { warn(text: string): void; error(text: string): void };
  /** Looks for something to report that no request tells of. */
  readonly beforeRound?: () => Promise<void>;
}

/** Recon did not take a report now; it may later. */
class ReconAwayError extends Error {}

/**
 * Sends what waits in the outbox of a service to recon, oldest first, one process at a time. A report is deleted once recon has it; when its
 * answer is lost the report comes again with the same id, and recon records it once. A report that recon refuses for what it says stays,
 * holds no other back, and is tried again by the next process that starts.
 */
export class AuditReporter {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private waiting = 0;
  private away = false;

  constructor(private readonly options: AuditReporterOptions) {}

  onApplicationBootstrap(): void {
    observedGauge('tributary_audit_reports_waiting', 'Reports for the audit trail that recon has not recorded yet.', () => this.waiting);
    const { reconUrl, log } = this.options;
    if (reconUrl === undefined) log.warn('RECON_URL is not set: what people do here waits, and is not in the audit trail');
    const again = async (): Promise<void> => {
      await this.round();
      if (!this.stopped) this.timer = setTimeout(() => (this.running = again()), auditReportEveryMs).unref();
    };
    this.running = this.retryRefused().then(again);
  }

  /** Sends what it can a last time. */
  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
    await this.round();
  }

  /** Sends all that waits, or as much as recon takes. Never throws: what was not sent stays. */
  async round(): Promise<void> {
    try {
      await this.options.beforeRound?.();
      if (this.options.reconUrl !== undefined) while ((await this.sendSome()) === mostAtOnce);
      this.away = false;
    } catch (error) {
      if (!this.away) this.options.log.warn(`reports wait for the audit trail: ${(error as Error).message}`);
      this.away = true;
    }
    await this.count().catch(() => undefined); // PostgreSQL is away: the last figure stays
  }

  /** @returns how many reports were sent. */
  private sendSome(): Promise<number> {
    const { database, schema } = this.options;
    return database.transaction(async (query) => {
      const [lock] = await query<{ mine: boolean }>(`select pg_try_advisory_xact_lock(hashtext($1)) as mine`, [`audit outbox ${schema}`]);
      if (lock?.mine !== true) return 0;
      const rows = await query<WaitingReport>(
        `select id, place::text, made_at as "madeAt", report from ${schema}.audit_outbox where refused is null order by audit_outbox.place limit $1`,
        [mostAtOnce],
      );
      let sent = 0;
      for (const { id, place, madeAt, report } of rows) {
        const timed = { ...report, details: { ...report.details, at: madeAt.toISOString() } };
        const refused = await this.send(id, timed).catch((error: unknown) => error as Error);
        // What was sent before it is deleted all the same.
        if (refused instanceof Error) {
          if (sent === 0) throw refused;
          return sent;
        }
        if (refused === undefined) await query(`delete from ${schema}.audit_outbox where place = $1`, [place]);
        else await query(`update ${schema}.audit_outbox set refused = $2 where place = $1`, [place, refused]);
        sent += 1;
      }
      return sent;
    });
  }

  /** @returns why recon refuses the report for good; undefined: it is recorded. @throws {ReconAwayError} */
  private async send(id: string, report: AuditReport): Promise<string | undefined> {
    const response = await this.options
      .fetch(`${this.options.reconUrl?.replace(/\/+$/, '')}/audit`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, ...report }),
        signal: AbortSignal.timeout(auditReportWithinMs),
      })
      .catch((error: unknown) => {
        throw new ReconAwayError(`recon does not take them: ${serviceProblem(error)}`);
      });
    if (response.status === 201) {
      await response.body?.cancel();
      return undefined;
    }
    const text = (await response.text()).slice(0, 500);
    if (response.status !== 400) throw new ReconAwayError(`recon answered ${response.status}`);
    this.options.log.error(`recon refuses report ${id} (${report.action}): ${text}`);
    return text;
  }

  private async retryRefused(): Promise<void> {
    const { database, schema } = this.options;
    await database.query(`update ${schema}.audit_outbox set refused = null where refused is not null`, []).catch(() => undefined); // at the next start
  }

  private async count(): Promise<void> {
    const { database, schema } = this.options;
    const [row] = await database.query<{ waiting: number }>(`select count(*)::int as waiting from ${schema}.audit_outbox`, []);
    this.waiting = row?.waiting ?? 0;
  }
}
