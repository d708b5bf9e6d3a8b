import type { EventState, ReconciliationState, Standing } from '@tributary/contracts';

/** What decides the standing of a captured charge. */
export interface StandingEvidence {
  /** State of the event that reported the capture, and why. */
  readonly state: EventState;
  readonly reason: string | null;
  /**
   * Its receipt: `document` is in the ERP, as its outcome or the ledger itself tells; `requested` has no document yet; `none` was never
   * requested.
   */
  readonly receipt: 'document' | 'requested' | 'none';
  /** null where nothing was compared. */
  readonly reconciliation: ReconciliationState | null;
  readonly reconciliationText: string | null;
  /** Stripe reported that the charge failed. */
  readonly failed: boolean;
  /** Sentences about refunds, disputes and failures that no flow has booked. */
  readonly unbookedNews: readonly string[];
}

/** Standing of a captured charge with one plain sentence why. */
export interface StandingVerdict {
  readonly standing: Standing;
  readonly reason: string | null;
}

/**
 * The one standing of a captured charge. Open work of a person comes first; then bad news about a receipt that exists; then whether it is
 * being worked on; what is left was deliberately not booked, or no money came.
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
