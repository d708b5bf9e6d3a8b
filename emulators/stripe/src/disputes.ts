import type { AccountObjects } from './account-objects.js';
import { disputedCard, disputeObject } from './dispute-object.js';
import { disputeFees } from './fees.js';
import type { Ledger } from './ledger.js';
import { cannotDispute, previousAttributes, wrongDisputeStatus } from './merchant-rules.js';
import type { Cause } from './objects.js';
import type { StripeObject } from './store.js';

/** What a cardholder's bank opens. */
export interface DisputeOptions {
  /** Minor units of the charge's currency; all that was captured without it. */
  readonly amount?: number;
  readonly reason?: string;
  /** An inquiry asks and moves no money (section 11). `prevented`: it ends before it begins, and moves none either (assumed). */
  readonly kind?: 'chargeback' | 'inquiry' | 'prevented';
}

/** Status and case type of a new dispute. */
const opened = {
  chargeback: { status: 'needs_response', card: disputedCard('chargeback', '13.1') },
  inquiry: { status: 'warning_needs_response', card: disputedCard('inquiry', 'S04') },
  prevented: { status: 'prevented', card: disputedCard('chargeback', '13.1') },
} as const;

/** Nothing follows these but, for one that was lost, an appeal. */
const over = ['won', 'lost', 'warning_closed', 'prevented'];

/** How a dispute ends. */
export type DisputeEnd = 'won' | 'lost' | 'warning_closed';

/** Disputes from the first question to the end, and the money that they move (section 11). */
export class Disputes {
  constructor(
    private readonly objects: AccountObjects,
    private readonly ledger: Ledger,
  ) {}

  /** The bank disputes a charge: charge.dispute.created, then funds_withdrawn if it is a chargeback. */
  open(chargeId: string, { amount, reason = 'fraudulent', kind = 'chargeback' }: DisputeOptions = {}): StripeObject {
    const charge = this.objects.need('charges', chargeId, 'charge', 'charge');
    const captured = charge.amount_captured as number;
    const wanted = amount ?? captured;
    if (charge.status !== 'succeeded' || wanted < 1 || wanted > captured || this.isOpen(chargeId)) throw cannotDispute(charge, wanted);
    const dispute = disputeObject(this.objects.store.newId('du'), this.objects.seconds(), {
      amount: wanted,
      charge: chargeId,
      currency: charge.currency,
      is_charge_refundable: kind !== 'chargeback',
      payment_intent: charge.payment_intent,
      payment_method_details: opened[kind].card,
      reason,
      status: opened[kind].status,
    });
    this.objects.store.put('disputes', dispute);
    // The flag changes without an event (assumed).
    this.objects.store.put('charges', { ...charge, disputed: true });
    this.objects.emit('charge.dispute.created', dispute, undefined, null);
    return kind === 'chargeback' ? this.withdraw(dispute) : dispute;
  }

  /** An inquiry becomes a chargeback: now the money goes. That charge.dispute.updated comes before funds_withdrawn is assumed. */
  escalate(disputeId: string): StripeObject {
    const dispute = this.having(disputeId, ['warning_needs_response', 'warning_under_review']);
    const after = {
      ...dispute,
      is_charge_refundable: false,
      payment_method_details: opened.chargeback.card,
      status: opened.chargeback.status,
    };
    return this.withdraw(this.tell('charge.dispute.updated', dispute, after, null));
  }

  /** The merchant answers: under review until the bank decides (events/charge.dispute.updated.json). */
  answer(disputeId: string, evidence: Record<string, unknown>, cause: Cause | null = null): StripeObject {
    const dispute = this.having(disputeId, ['needs_response', 'warning_needs_response']);
    const details = dispute.evidence_details as { submission_count: number };
    const after = {
      ...dispute,
      evidence: { ...(dispute.evidence as object), ...evidence },
      evidence_details: { ...details, has_evidence: true, submission_count: details.submission_count + 1 },
      status: dispute.status === 'needs_response' ? 'under_review' : 'warning_under_review',
    };
    return this.tell('charge.dispute.updated', dispute, after, cause);
  }

  /** The merchant does not accept that a dispute was lost: charge.dispute.updated, and the bank decides again (section 1, from endive on). */
  appeal(disputeId: string): StripeObject {
    const dispute = this.having(disputeId, ['lost']);
    return this.tell('charge.dispute.updated', dispute, { ...dispute, status: 'appeal_under_review' }, null);
  }

  /**
   * The bank decides: charge.dispute.closed, and funds_reinstated when it is won, at the rate of that day.
   * @param feeReturned sources contradict each other on that (section 11), so both can be had; as in the fixtures it stays with Stripe.
   */
  close(disputeId: string, end: DisputeEnd, feeReturned = false, cause: Cause | null = null): StripeObject {
    const inquiry = end === 'warning_closed';
    const dispute = this.having(
      disputeId,
      inquiry ? ['warning_needs_response', 'warning_under_review'] : ['needs_response', 'under_review', 'appeal_under_review'],
    );
    const before = dispute.balance_transactions as readonly StripeObject[];
    const back = end === 'won' ? [this.book(dispute, 1, 'dispute_reversal', 'Chargeback reversal', feeReturned)] : [];
    const closed = { ...dispute, balance_transactions: [...before, ...back], status: end };
    this.objects.store.put('disputes', closed);
    // The fixtures name only the status here and the transactions in the event that follows.
    this.objects.emit('charge.dispute.closed', closed, { status: dispute.status }, cause);
    if (end === 'won') this.objects.emit('charge.dispute.funds_reinstated', closed, { balance_transactions: before }, null);
    return closed;
  }

  private withdraw(dispute: StripeObject): StripeObject {
    const taken = this.book(dispute, -1, 'dispute', 'Chargeback withdrawal', true);
    const after = { ...dispute, balance_transactions: [taken] };
    this.objects.store.put('disputes', after);
    this.objects.emit('charge.dispute.funds_withdrawn', after, undefined, null);
    return after;
  }

  /** @param sign -1: the bank takes the amount, and the fee comes on top. 1: it comes back, with or without the fee. */
  private book(dispute: StripeObject, sign: 1 | -1, category: string, text: string, withFee: boolean): StripeObject {
    const { rate, ...settled } = this.ledger.rates.settle(sign * (dispute.amount as number), dispute.currency as string);
    return this.ledger.record({
      type: 'adjustment',
      category,
      ...settled,
      source: dispute.id,
      description: `${text} for ${String(dispute.charge)}`,
      fees: withFee ? disputeFees(settled.currency, sign === 1) : [],
      rate,
    });
  }

  private tell(type: string, before: StripeObject, after: StripeObject, cause: Cause | null): StripeObject {
    this.objects.store.put('disputes', after);
    const { evidence: _text, ...previous } = previousAttributes(before, after);
    this.objects.emit(type, after, previous, cause);
    return after;
  }

  private having(disputeId: string, statuses: readonly string[]): StripeObject {
    const dispute = this.objects.need('disputes', disputeId, 'dispute', 'dispute');
    if (!statuses.includes(dispute.status as string)) throw wrongDisputeStatus(dispute, statuses);
    return dispute;
  }

  private isOpen(chargeId: string): boolean {
    return this.objects.store.all('disputes').some(({ charge, status }) => charge === chargeId && !over.includes(status as string));
  }
}
