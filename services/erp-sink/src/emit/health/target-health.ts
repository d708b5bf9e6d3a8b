import type { TargetBreakerView, TargetPauseView, TargetView } from '@tributary/contracts';
import type { ErpConnector } from '@tributary/connector-kit';
import { errorCodeOf } from '@tributary/domain';
import type { BreakerFailure } from '@tributary/messaging';
import type { TargetCheck } from '../../target-check.js';
import type { CallLimiter } from '../calls/call-limiter.js';
import type { CallRecord } from '../calls/call-record.js';
import { TargetPausedError, TargetUnavailableError } from '../posting.errors.js';
import type { TargetPauses } from '../target-pauses.js';
import type { LedgerHealth } from './ledger-health.js';

/** What tells how a target fares. */
export interface HealthSources {
  readonly target: string;
  readonly connector: ErpConnector;
  readonly pauses: TargetPauses;
  readonly ledger: LedgerHealth;
  readonly calls: CallRecord;
  readonly limiter: CallLimiter;
  /** Why the circuit breaker is open; undefined: it is not. */
  readonly breaker: () => BreakerFailure | undefined;
  readonly check: TargetCheck | undefined;
}

/** How a target fares, from the memory of the process and from the ledger. The target is not asked. */
export class TargetHealth {
  constructor(private readonly sources: HealthSources) {}

  /** @throws {DatabaseUnavailableError} */
  async view(): Promise<TargetView> {
    const { target, connector, pauses, ledger, calls, limiter, check } = this.sources;
    const [paused, inLedger] = await Promise.all([pauses.current(), ledger.read()]);
    const failure = this.sources.breaker();
    return {
      target,
      product: connector.name,
      state: stateOf(paused, failure),
      paused,
      breaker: breakerOf(failure),
      calls: {
        lastMinute: calls.lastMinute,
        limitPerMinute: connector.callsPerSecond === undefined ? null : Math.round(connector.callsPerSecond * 60),
        inFlight: limiter.open,
        inFlightLimit: limiter.limit,
        lastAnswerAt: calls.lastAnswerAt?.toISOString() ?? null,
      },
      ...inLedger,
      limits: {
        kinds: [...connector.capabilities].sort(),
        features: [...(connector.features ?? [])].sort(),
        longestCallMs: connector.longestCallMs,
      },
      check: check?.last ?? null,
    };
  }
}

const refusesSignIn = 'erp.unauthorised';

function stateOf(paused: TargetPauseView | null, failure: BreakerFailure | undefined): TargetView['state'] {
  if (paused) return 'paused';
  if (!breakerOf(failure)) return 'working';
  if (codeOf(failure?.error) === refusesSignIn) return 'sign-in-refused';
  return failure?.error instanceof TargetUnavailableError ? 'away' : 'waiting';
}

/** A pause opens the breaker, too: that is no failure of the target. */
function breakerOf(failure: BreakerFailure | undefined): TargetBreakerView | null {
  if (!failure || failure.error instanceof TargetPausedError) return null;
  return { since: new Date(failure.since).toISOString(), code: codeOf(failure.error) };
}

/** What the target answered, where that is known. */
function codeOf(error: unknown): string {
  const { targetCode } = error instanceof TargetUnavailableError ? error.context : {};
  return typeof targetCode === 'string' ? targetCode : errorCodeOf(error);
}
