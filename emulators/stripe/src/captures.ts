import type { AccountObjects } from './account-objects.js';
import { amountToCapture, unexpectedState } from './merchant-rules.js';
import type { Cause } from './objects.js';
import type { Settlement } from './settlement.js';
import type { StripeObject } from './store.js';

/** Captures of authorised payments: one, or with multicapture several. */
export class Captures {
  constructor(
    private readonly objects: AccountObjects,
    private readonly settlement: Settlement,
  ) {}

  /**
   * Captures an authorised amount; the uncaptured rest is released with the last capture (that `amount_refunded` does not count it is assumed).
   * @param amount minor units; all that is left without it.
   * @param final false for a piece, which only a multicapture payment takes.
   */
  capture(intentId: string, amount: number | undefined, cause: Cause | null = null, final = true): StripeObject {
    const intent = this.objects.need('payment_intents', intentId, 'payment_intent');
    if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'captured');
    const left = intent.amount_capturable as number;
    const wanted = amountToCapture(amount ?? left, left);
    const charge = this.objects.need('charges', intent.latest_charge as string, 'charge');
    const whole = final || wanted === left;
    const after = {
      ...intent,
      status: whole ? 'succeeded' : 'requires_capture',
      amount_received: (intent.amount_received as number) + wanted,
      amount_capturable: whole ? 0 : left - wanted,
    };
    this.objects.store.put('payment_intents', after);
    if (mayBeCapturedInPieces(charge)) this.piece(charge, wanted, whole, cause);
    else if (!whole) throw unexpectedState(intent, 'captured in pieces: it was not created for multicapture');
    else this.only(charge, wanted, cause);
    if (whole) this.objects.emit('payment_intent.succeeded', after, undefined, cause);
    else this.objects.emit('payment_intent.amount_capturable_updated', after, undefined, cause);
    return after;
  }

  private only(charge: StripeObject, amount: number, cause: Cause | null): void {
    const captured = { ...charge, captured: true, amount_captured: amount };
    this.objects.store.put('charges', captured);
    this.objects.emit('charge.captured', captured, { captured: false, amount_captured: 0 }, cause);
    this.settlement.later(charge.id);
  }

  /**
   * Each piece has a balance transaction of its own, which replaces that of the piece before; charge.updated tells every piece and
   * charge.captured the last one too (proof/fixtures/field/multicapture.*; that it is there at once is assumed).
   */
  private piece(charge: StripeObject, amount: number, last: boolean, cause: Cause | null): void {
    const { amount_captured: before, balance_transaction: transaction } = charge;
    const grown = { ...charge, amount_captured: (before as number) + amount, ...(last ? { captured: true } : {}) };
    const after = this.settlement.now(grown, amount);
    const previous = { amount_captured: before, balance_transaction: transaction, ...(last ? { captured: false } : {}) };
    this.objects.emit('charge.updated', after, previous, cause);
    if (last) this.objects.emit('charge.captured', after, previous, cause);
  }
}

function mayBeCapturedInPieces(charge: StripeObject): boolean {
  const { card } = charge.payment_method_details as { card?: { multicapture?: { status: string } } };
  return card?.multicapture?.status === 'available';
}
