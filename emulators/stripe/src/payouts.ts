import type { AccountObjects } from './account-objects.js';
import type { Ledger } from './ledger.js';
import { insufficientBalance, previousAttributes, wrongPayoutStatus } from './merchant-rules.js';
import type { Cause } from './objects.js';
import { arrivalDate, payoutObject } from './payout-object.js';
import type { StripeObject } from './store.js';

/** A payout that the merchant asks for; minor units. */
export interface ManualPayout {
  readonly amount: number;
  readonly currency: string;
  readonly description?: string | null;
  readonly metadata?: Record<string, string>;
}

/** Payouts to the bank, automatic and manual, until they have arrived, come back, or are itemised (section 10). */
export class Payouts {
  constructor(
    private readonly objects: AccountObjects,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Pays out all that is available in a currency; a negative sum is taken from the bank. The payout takes its movements at once, but they
   * are listed completely only when it is reconciled.
   * @returns undefined when there is nothing to pay out.
   */
  automatic(currency: string): StripeObject | undefined {
    const movements = this.ledger.payable(currency);
    const amount = movements.reduce((sum, { net }) => sum + (net as number), 0);
    if (amount === 0) return undefined;
    const payout = this.create({ amount, currency, automatic: true, reconciliation_status: 'in_progress' }, null);
    this.ledger.take(payout.id, [...movements.map(({ id }) => id), payout.balance_transaction as string]);
    return payout;
  }

  /** Pays out an amount that the merchant names; Stripe cannot say what it contains. @throws {ApiProblem} 400 balance_insufficient. */
  manual({ amount, currency, description, metadata = {} }: ManualPayout, cause: Cause | null = null): StripeObject {
    const available = this.ledger.holdings().find((holding) => holding.currency === currency)?.available ?? 0;
    if (amount > available) throw insufficientBalance(amount, available);
    const fields = { amount, currency, automatic: false, reconciliation_status: 'not_applicable', metadata };
    return this.create({ ...fields, ...(description ? { description } : {}) }, cause);
  }

  /** The bank has it: payout.updated, then payout.paid. It is not final: `fail` may follow. */
  paid(payoutId: string): StripeObject {
    const pending = this.having(payoutId, ['pending', 'in_transit']);
    const sent = pending.status === 'pending' ? this.tell('payout.updated', pending, { status: 'in_transit' }) : pending;
    return this.tell('payout.paid', sent, { status: 'paid' }, false);
  }

  /** The list of movements is complete, and the bank's trace id is known (events/payout.reconciliation_completed.json). */
  reconcile(payoutId: string, traceId: string): StripeObject {
    const payout = this.having(payoutId, ['pending', 'in_transit', 'paid', 'failed']);
    if (payout.reconciliation_status !== 'in_progress') throw wrongPayoutStatus(payout, ['automatic and not reconciled']);
    const changes = { reconciliation_status: 'completed', trace_id: { status: 'supported', value: traceId } };
    return this.tell('payout.reconciliation_completed', payout, changes, false);
  }

  /** The bank sends it back, also after it was paid: the money returns and waits for another payout. */
  fail(payoutId: string, code = 'account_closed', message = 'The bank account has been closed.'): StripeObject {
    const payout = this.having(payoutId, ['pending', 'in_transit', 'paid']);
    const back = this.comesBack(payout, 'payout_failure', 'STRIPE PAYOUT FAILURE');
    const changes = { failure_balance_transaction: back, failure_code: code, failure_message: message, status: 'failed' };
    return this.tell('payout.failed', payout, changes, false);
  }

  /** The merchant takes it back before the bank has it. */
  cancel(payoutId: string, cause: Cause | null = null): StripeObject {
    const payout = this.having(payoutId, ['pending']);
    const back = this.comesBack(payout, 'payout_cancel', 'STRIPE PAYOUT CANCEL');
    return this.tell('payout.canceled', payout, { failure_balance_transaction: back, status: 'canceled' }, false, cause);
  }

  private create(fields: Readonly<Record<string, unknown>> & { amount: number; currency: string }, cause: Cause | null): StripeObject {
    const { store } = this.objects;
    const [id, created] = [store.newId('po'), this.objects.seconds()];
    const arrival = arrivalDate(created);
    const transaction = this.ledger.record({
      type: 'payout',
      category: 'payout',
      amount: -fields.amount,
      currency: fields.currency,
      source: id,
      description: 'STRIPE PAYOUT',
      availableAfter: arrival - created,
    });
    const payout = payoutObject(id, created, { arrival_date: arrival, balance_transaction: transaction.id, ...fields });
    store.put('payouts', payout);
    this.objects.emit('payout.created', payout, undefined, cause);
    return payout;
  }

  private comesBack(payout: StripeObject, type: string, description: string): string {
    const { amount, currency, id } = payout as StripeObject & { amount: number; currency: string };
    return this.ledger.record({ type, category: 'payout_reversal', amount, currency, source: id, description }).id;
  }

  /** Events of a payout's state carry no previous values in the fixtures; payout.updated does (section 4). */
  private tell(
    type: string,
    before: StripeObject,
    changes: Record<string, unknown>,
    withPrevious = true,
    cause: Cause | null = null,
  ): StripeObject {
    const after = { ...before, ...changes };
    this.objects.store.put('payouts', after);
    this.objects.emit(type, after, withPrevious ? previousAttributes(before, after) : undefined, cause);
    return after;
  }

  private having(payoutId: string, statuses: readonly string[]): StripeObject {
    const payout = this.objects.need('payouts', payoutId, 'payout', 'payout');
    if (!statuses.includes(payout.status as string)) throw wrongPayoutStatus(payout, statuses);
    return payout;
  }
}
