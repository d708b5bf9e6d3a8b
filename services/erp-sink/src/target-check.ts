import type { ErpFinding } from '@tributary/connector-kit';
import { gauge } from '@tributary/platform';
import type { Logger } from 'pino';

const found = gauge('erp_sink_target_findings', 'What the last check of a target found, by level', ['target', 'level']);
const levels = ['missing', 'warning', 'unknown', 'ok'] as const;

/** Time until the next check while something is missing, ms: whoever mends it sees that soon. */
const againMs = 600_000;
/** Time until the next check otherwise, ms: certificates and sign-ins come to their end while the process runs. */
const dailyMs = 86_400_000;

/** How long to wait for the next check. */
export function nextCheckMs(findings: readonly Pick<ErpFinding, 'level'>[]): number {
  return findings.some(({ level }) => level === 'missing') ? againMs : dailyMs;
}

/** Writes what needs somebody to the log, each with its code and what to do, and counts everything. */
export function reportFindings(target: string, findings: readonly ErpFinding[], log: Pick<Logger, 'info' | 'warn' | 'error'>): void {
  const counts = levels.map((level) => [level, findings.filter((finding) => finding.level === level).length] as const);
  for (const [level, count] of counts) found.set({ target, level }, count);
  for (const { level, code, text, fix } of findings) {
    if (level === 'missing') log.error({ code, fix }, `check of ${target}: ${text}`);
    if (level === 'warning') log.warn({ code, fix }, `check of ${target}: ${text}`);
  }
  log.info(`check of ${target}: ${counts.map(([level, count]) => `${count} ${level}`).join(', ')} (docs/target-findings.md)`);
}

/**
 * Looks at a target when erp-sink starts and again later, beside its work: a right or a service that is missing is named before a document fails
 * by it. A target is served whatever is found, since what is refused pauses it and loses nothing.
 */
export class TargetCheck {
  private timer: NodeJS.Timeout | undefined;
  private readonly stopped = new AbortController();

  /** @param check answers what it finds, and does not throw. */
  constructor(
    private readonly target: string,
    private readonly check: (signal: AbortSignal) => Promise<readonly ErpFinding[]>,
    private readonly log: Pick<Logger, 'info' | 'warn' | 'error'>,
  ) {}

  /** Checks now, and again when it is time. */
  async start(): Promise<void> {
    const findings = await this.check(this.stopped.signal);
    if (this.stopped.signal.aborted) return;
    reportFindings(this.target, findings, this.log);
    this.timer = setTimeout(() => void this.start(), nextCheckMs(findings)).unref();
  }

  stop(): void {
    this.stopped.abort();
    clearTimeout(this.timer);
  }
}
