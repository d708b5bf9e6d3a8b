import type { TargetCheckView } from '@tributary/contracts';
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
  private running: Promise<TargetCheckView> | undefined;
  private ended: TargetCheckView | undefined;

  /** @param check answers what it finds, and does not throw. */
  constructor(
    private readonly target: string,
    private readonly check: (signal: AbortSignal) => Promise<readonly ErpFinding[]>,
    private readonly log: Pick<Logger, 'info' | 'warn' | 'error'>,
  ) {}

  /** What the last check found; undefined: none has ended yet. */
  get last(): TargetCheckView | undefined {
    return this.ended;
  }

  /** Checks now, and again when it is time. */
  async start(): Promise<void> {
    const { findings } = await this.run();
    if (this.stopped.signal.aborted) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.start(), nextCheckMs(findings)).unref();
  }

  /**
   * Checks now. One check runs at a time: whoever asks meanwhile gets what that one finds.
   * @param withinMs how long the target may take; what is not found out by then is a finding. Default: as long as the check itself allows.
   */
  run(withinMs?: number): Promise<TargetCheckView> {
    this.running ??= this.look(withinMs).finally(() => (this.running = undefined));
    return this.running;
  }

  private async look(withinMs: number | undefined): Promise<TargetCheckView> {
    const { signal } = this.stopped;
    const findings = await this.check(withinMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(withinMs)]));
    const ended = { at: new Date().toISOString(), findings };
    if (signal.aborted) return ended;
    this.ended = ended;
    reportFindings(this.target, findings, this.log);
    return ended;
  }

  stop(): void {
    this.stopped.abort();
    clearTimeout(this.timer);
  }
}
