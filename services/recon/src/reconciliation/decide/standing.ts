import type { EventState, ReconciliationState, Standing } from '@tributary/contracts';

/** The facts that determine the standing of a captured charge. */
export interface StandingEvidence {
  /** State of the event that reported the capture. */
  readonly state: EventState;
  readonly reason: string | null;
  /**
   * The receipt: `document` exists in the ERP, according to its outcome or the ledger; `requested` has no document yet; `none` was never
   * requested.
   */
  readonly receipt: 'document' | 'requested' | 'none';
  /** null when nothing was compared. */
  readonly reconciliation: ReconciliationState | null;
  readonly reconciliationText: string | null;
  /** True when Stripe reported that the charge failed. */
  readonly failed: boolean;
  /** Sentences about refunds, disputes and failures that no flow has booked. */
  readonly unbookedNews: readonly string[];
}

/** Standing of a captured charge, with the reason in one sentence. */
export interface StandingVerdict {
  readonly standing: Standing;
  readonly reason: string | null;
}

/**
 * Derives the single standing of a captured charge, in this order: work that an operator has to do; unbooked refunds, disputes or failures
 * of an existing receipt; processing that is still under way; deliberately not booked, or no money received.
 */
export function standingOf(evidence: StandingEvidence): StandingVerdict {
  const { state, receipt, reconciliation } = evidence;
  if (state === 'held') return needsPerson(`Held: ${evidence.reason ?? 'no reason known'}`);
  if (state === 'deadLettered') return needsPerson(`Dead-lettered: ${evidence.reason ?? 'no reason known'}`);
  const [news] = evidence.unbookedNews;
  if (receipt === 'document' && news !== undefined) return needsPerson(`${news}: not booked in the ledger`);
  if (reconciliation === 'different') return needsPerson(evidence.reconciliationText ?? 'The ledger has another amount than Stripe');
  const abandoned = state === 'ignored' && receipt !== 'document';
  if (reconciliation === 'missing' && !abandoned) return needsPerson('The ledger has no such receipt');
  if (receipt === 'document') return { standing: 'inLedger', reason: null };
  if (state === 'inFlight') return { standing: 'onItsWay', reason: null };
  if (evidence.failed) return { standing: 'failedAtStripe', reason: 'Stripe reported that the payment failed, and nothing was booked' };
  if (state === 'posted' && receipt === 'requested') return { standing: 'inLedger', reason: 'An operator confirmed the document' };
  return { standing: 'notBooked', reason: notBookedReason(evidence) };
}

function needsPerson(reason: string): StandingVerdict {
  return { standing: 'needsPerson', reason };
}

function notBookedReason({ state, reason }: StandingEvidence): string {
  if (reason === 'skipped') return 'Skipped by an operator';
  if (state === 'ignored') return `Not booked: ${reason ?? 'no reason known'}`;
  return 'No receipt was requested';
}
