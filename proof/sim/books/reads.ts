import { nextRetryMs, quickRetryPolicy } from '@tributary/messaging/core';
import { defaultLadderPolicy } from '@tributary/posting';
import type { StoryFact, StoryRequest } from './documents.js';
import type { Shared } from './sink.js';

/**
 * Translate reads at Stripe what a fact would be wrong without, and Stripe may be silent for an hour: then the fact waits, first in the
 * process, then on the ladder.
 */
export class StripeReads {
  constructor(
    private readonly shared: Shared,
    private readonly post: (fact: StoryFact) => void,
  ) {}

  /** Reads what the fact needs, and passes it on. */
  read(fact: StoryFact, failures = 0, since = this.shared.engine.now): void {
    const { engine, storm, core } = this.shared;
    if (engine.now >= storm.stripeSilentUntil) return this.post(fact);
    storm.note('stripe-silent');
    if (!core.duties.silenceIsRetried) return this.post({ ...fact, requests: fact.requests.map(withoutFees) });
    const failed = failures + 1;
    const quick = nextRetryMs(quickRetryPolicy, failed, engine.now - since);
    if (quick === undefined && !core.duties.climbsLadder) return;
    const { rungs } = defaultLadderPolicy;
    const rung = rungs[Math.min(failed - quickRetryPolicy.maxAttempts, rungs.length - 1)]?.delayMs ?? 0;
    engine.at(engine.now + (quick ?? rung), () => this.read(fact, failed, since));
  }
}

/** What a payout looks like to who takes silence for "no movements". */
function withoutFees(request: StoryRequest): StoryRequest {
  const fees = request.effect.find(({ role }) => role === 'FEE')?.amount ?? 0;
  const effect = request.effect
    .filter(({ role }) => role !== 'FEE')
    .map((line) => (line.role === 'CLR' ? { ...line, amount: line.amount + fees } : line))
    .filter(({ amount }) => amount !== 0);
  return { ...request, effect };
}
