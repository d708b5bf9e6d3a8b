import type { ErpConnector, PostingOutcome } from '@tributary/connector-kit';
import { errorCodeOf } from '@tributary/domain';
import { createLogger, durationHistogram } from '@tributary/platform';
import type { CallRecord } from './call-record.js';
import { runWithCallDeadline } from '../../call-deadline.js';
import { limitCall } from './call-limit.js';

/** Time that a call gets beyond the longest call of the connector before it counts as unanswered, ms. */
export const graceMs = 1_000;

const durations = durationHistogram('erp_sink_call_seconds', 'Calls of the connector', ['target', 'call', 'answer']);

/** Runs calls of a connector with a deadline, measures them, and writes a line of level debug for each. */
export class BoundedCalls {
  constructor(
    private readonly connector: Pick<ErpConnector, 'name' | 'longestCallMs'>,
    private readonly target: string,
    private readonly record: CallRecord,
    private readonly log: Pick<ReturnType<typeof createLogger>, 'debug'> = createLogger('erp-sink').child({ context: 'ErpCalls', target }),
  ) {}

  /** A call that writes. A missing answer, whatever its cause, is `unknown`. @param call its name in metrics. */
  async write(
    call: string,
    signal: AbortSignal,
    work: (limit: AbortSignal) => Promise<PostingOutcome>,
    withinMs?: number,
  ): Promise<PostingOutcome> {
    try {
      return await this.read(call, signal, work, withinMs);
    } catch (error) {
      // The call may have been applied (I3).
      return { kind: 'unknown', text: textOf(error) };
    }
  }

  /**
   * A call that reads. @param withinMs timeout; a later answer counts as none. @throws what the call throws, and an error when it does not
   * return in time.
   */
  async read<T>(
    call: string,
    signal: AbortSignal,
    work: (limit: AbortSignal) => Promise<T>,
    withinMs: number = this.connector.longestCallMs,
  ): Promise<T> {
    const startedAt = performance.now();
    const limitMs = Math.ceil(Math.min(withinMs, this.connector.longestCallMs));
    const limit = limitCall(signal, limitMs);
    let timer: NodeJS.Timeout | undefined;
    let answer = 'error';
    const end = new Promise<never>((_, reject) => {
      const late = (): void => reject(new Error(`${this.connector.name} did not return from ${call} within ${limitMs + graceMs} ms`));
      timer = setTimeout(late, limitMs + graceMs);
    });
    try {
      const result = await Promise.race([runWithCallDeadline(limitMs, () => work(limit.signal)), end]);
      answer = (result as { kind?: string } | undefined)?.kind ?? 'answered';
      return result;
    } finally {
      clearTimeout(timer);
      limit.end();
      this.record.note(answer);
      const ms = performance.now() - startedAt;
      durations.observe({ target: this.target, call, answer }, ms / 1_000);
      this.log.debug({ call, answer, ms: Math.round(ms * 10) / 10 }, 'a call of the target ended');
    }
  }
}

/** Text of a failed call: code and message. */
export function textOf(error: unknown): string {
  return error instanceof Error ? `${errorCodeOf(error)}: ${error.message}` : String(error);
}
