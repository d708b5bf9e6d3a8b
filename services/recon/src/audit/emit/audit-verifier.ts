import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { AuditVerificationResult, AuditVerificationView } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { Caller } from '../../shared/decide/caller.js';
import { verificationResult } from '../decide/audit-view.js';
import { ANCHOR_SETTINGS } from './audit-anchor.worker.js';
import type { AnchorSettings } from './audit-anchor.worker.js';
import { readAnchorFile } from './audit-anchor.js';
import { AuditTrail } from './audit-trail.js';
import { verifyAudit } from './verify-audit.js';

/** Action of the rows that keep what a verification found. */
const verified = 'audit.verified';
/** Lock that the one verification of all processes holds. */
const verifierLock = 'tributary audit verification';
const runsElsewhere = 'Another process of recon verifies the trail now. Its result stands here once it is done.';

interface Run {
  readonly startedAt: string;
  readonly startedBy: string;
  rows: bigint;
  readonly of: bigint;
}

/**
 * Verifies the audit trail for people: one verification at a time, in the background, with what `tributary audit verify` runs. What was found is
 * a row of the trail itself, so that it is known after a restart, and that it is known who asked.
 */
@Injectable()
export class AuditVerifier implements OnApplicationShutdown {
  private readonly logger = new Logger(AuditVerifier.name);
  private run: Run | undefined;
  private ended: Promise<void> = Promise.resolve();
  private problem: string | null = null;
  private isStopping = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly trail: AuditTrail,
    @Inject(ANCHOR_SETTINGS) private readonly settings: AnchorSettings | undefined,
  ) {}

  /** How far the verification is that runs, and what the last one found. */
  async status(): Promise<AuditVerificationView> {
    const last = ((await this.trail.newestDetails(verified)) ?? null) as AuditVerificationResult | null;
    const running = this.run && {
      startedAt: this.run.startedAt,
      startedBy: this.run.startedBy,
      rows: this.run.rows.toString(),
      of: this.run.of.toString(),
    };
    return { running: running ?? null, last, problem: this.problem };
  }

  /** Starts a verification; while one runs it goes on, and no other begins. */
  async start(caller: Caller): Promise<AuditVerificationView> {
    if (this.run === undefined && !this.isStopping) {
      const run: Run = { startedAt: new Date().toISOString(), startedBy: caller.identity.name, rows: 0n, of: 0n };
      this.run = run;
      this.problem = null;
      this.ended = this.verify(run, caller)
        .catch((error: unknown) => {
          this.problem = error instanceof Error ? error.message : String(error);
          this.logger.warn(`verifying the audit trail: ${this.problem}`);
        })
        .finally(() => {
          this.run = undefined;
        });
    }
    return this.status();
  }

  /** Ends what runs. */
  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.ended;
  }

  private async verify(run: Run, { identity, address }: Caller): Promise<void> {
    const anchors = this.settings === undefined ? { anchors: [], unreadable: [] } : readAnchorFile(this.settings.path);
    const result = await withDatabase('verifying the audit trail', () =>
      this.dataSource.transaction('REPEATABLE READ', async (manager) => {
        const [lock] = await manager.query<{ mine: boolean; of: string }[]>(
          `select pg_try_advisory_xact_lock(hashtext($1)) as mine, (select coalesce(max(sequence), 0) from recon.audit)::text as of`,
          [verifierLock],
        );
        if (!lock?.mine) throw new Error(runsElsewhere);
        const counting = Object.assign(run, { of: BigInt(lock.of) });
        return verifyAudit(manager, anchors, (rows) => {
          counting.rows = rows;
          if (this.isStopping) throw new Error('recon was stopped before the verification was done. Start it again.');
        });
      }),
    );
    const times = { startedAt: run.startedAt, endedAt: new Date().toISOString() };
    const details = verificationResult(result, { ...times, anchorFile: this.settings?.path });
    const { subject, name } = identity;
    const about = { object: 'audit:trail', target: null, reason: null, address };
    await this.trail.record({ subject, name, action: verified, ...about, details: { ...details } });
  }
}
