import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { InstallationExaminationResult, InstallationExaminationView } from '@tributary/contracts';
import { redactSecrets, runChecks } from '@tributary/platform';
import type { Check, InstallationFinding } from '@tributary/platform';
import { AuditTrail } from '../../audit/emit/audit-trail.js';
import type { Caller } from '../../shared/decide/caller.js';

/** Injection token: the checks that recon can make. */
export const INSTALLATION_CHECKS = Symbol('INSTALLATION_CHECKS');
/** Action of the rows that keep what an examination found. */
const examined = 'installation.examined';
/** Findings of one examination that are kept: a row of the audit trail is for ever. */
const mostFindings = 200;
const levels: readonly InstallationFinding['level'][] = ['missing', 'unknown', 'warning', 'ok'];

/**
 * Examines the installation for people: one examination at a time, in the background. What was found is a row of the audit trail, so that it is known after a
 * restart, and that it is known who asked.
 */
@Injectable()
export class InstallationExaminer implements OnApplicationShutdown {
  private readonly logger = new Logger(InstallationExaminer.name);
  private running: InstallationExaminationView['running'] = null;
  private problem: string | null = null;
  private isStopping = false;

  constructor(
    private readonly trail: AuditTrail,
    @Inject(INSTALLATION_CHECKS) private readonly checks: readonly Check[],
  ) {}

  /** What the last examination found, and whether one runs. */
  async status(): Promise<InstallationExaminationView> {
    const { running, problem } = this;
    const last = await this.trail.newest(examined);
    return {
      running,
      last: last ? { ...(last.details as Omit<InstallationExaminationResult, 'startedBy'>), startedBy: last.name } : null,
      problem,
    };
  }

  /** Starts an examination; while one runs it goes on, and no other begins. */
  async start(caller: Caller): Promise<InstallationExaminationView> {
    if (this.running === null && !this.isStopping) {
      this.running = { startedAt: new Date().toISOString(), startedBy: caller.identity.name };
      this.problem = null;
      void this.examine(this.running.startedAt, caller)
        .catch((error: unknown) => {
          this.problem = error instanceof Error ? error.message : String(error);
          this.logger.warn(`examining the installation: ${this.problem}`);
        })
        .finally(() => (this.running = null));
    }
    return this.status();
  }

  /** What is asked then ends with the process; nobody waits for it. */
  onApplicationShutdown(): void {
    this.isStopping = true;
  }

  private async examine(startedAt: string, { identity: { subject, name }, address }: Caller): Promise<void> {
    const all = (await runChecks(this.checks)).toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
    if (this.isStopping) return;
    const findings = all.slice(0, mostFindings).map((finding) => ({ ...finding, text: redactSecrets(finding.text) }));
    const details = { startedAt, endedAt: new Date().toISOString(), findings, leftOut: all.length - findings.length };
    await this.trail.record({
      subject,
      name,
      action: examined,
      object: 'installation:recon',
      target: null,
      reason: null,
      details,
      address,
    });
  }
}
