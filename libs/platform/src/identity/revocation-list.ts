import { noRevocations, readRevocations, withdrawnBy } from '@tributary/identity';
import type { Identity, IsWithdrawn } from '@tributary/identity';
import { counter, observedGauge } from '../metrics.js';
import { serviceProblem } from '../transport/service-fetch.js';

/** How often the console is asked, ms. */
export const revocationsEveryMs = 5_000;
/** Longest time that the console may take, ms. */
export const revocationsWithinMs = 4_000;

const failures = counter('tributary_identity_revocations_failed_total', 'Questions for withdrawn tokens that the console did not answer.');

/** The parts of a logger that the list writes to. */
export interface RevocationLog {
  warn(text: string): void;
  info(text: string): void;
}

/** What is withdrawn, as the console said it last. While the console is silent the last list counts. */
export class RevocationList {
  private withdrawn: IsWithdrawn = withdrawnBy(noRevocations);
  private etag: string | undefined;
  private readAtMs: number | undefined;
  private silent = false;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param url of `GET /identity/revocations`.
   * @param fetch says which service asks.
   */
  constructor(
    private readonly url: string,
    private readonly fetch: typeof globalThis.fetch,
    private readonly now = (): number => Date.now(),
  ) {}

  isWithdrawn(identity: Identity): boolean {
    return this.withdrawn(identity);
  }

  /** Asks at once and then all the time, until `stop`. */
  start(log: RevocationLog): void {
    const startedAtMs = this.now();
    observedGauge(
      'tributary_identity_revocations_age_seconds',
      'Time since the console last said which tokens are withdrawn, or since the start.',
      () => (this.now() - (this.readAtMs ?? startedAtMs)) / 1_000,
    );
    const again = async (): Promise<void> => {
      await this.refresh(log);
      this.timer = setTimeout(() => void again(), revocationsEveryMs).unref();
    };
    this.timer = setTimeout(() => void again(), 0).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** Asks once. Never throws: what was known before stays. */
  async refresh(log: RevocationLog): Promise<void> {
    try {
      await this.read();
      if (this.silent) log.info('the console says again which tokens are withdrawn');
      this.silent = false;
    } catch (error) {
      failures.inc();
      if (!this.silent) log.warn(`the console does not say which tokens are withdrawn: ${reasonOf(error)}; the last list counts`);
      this.silent = true;
    }
  }

  private async read(): Promise<void> {
    const response = await this.fetch(this.url, {
      headers: { accept: 'application/json', ...(this.etag === undefined ? {} : { 'if-none-match': this.etag }) },
      signal: AbortSignal.timeout(revocationsWithinMs),
    });
    if (response.status !== 304) {
      if (response.status !== 200) {
        await response.body?.cancel();
        throw new Error(`it answered ${response.status}`);
      }
      this.withdrawn = withdrawnBy(readRevocations(await response.json()));
      this.etag = response.headers.get('etag') ?? undefined;
    }
    this.readAtMs = this.now();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof TypeError ? serviceProblem(error) : (error as Error).message;
}
