import type { AccountObjects } from './account-objects.js';
import type { StripeObject } from './store.js';

/** Early fraud warnings of card networks: no money moves, a person has to decide (section 11). */
export class FraudWarnings {
  constructor(private readonly objects: AccountObjects) {}

  /** The network reports a charge. It is actionable unless the charge is refunded or disputed (assumed); it can come after the dispute. */
  report(chargeId: string, fraudType = 'made_with_stolen_card'): StripeObject {
    const charge = this.objects.need('charges', chargeId, 'charge', 'charge');
    const warning: StripeObject = {
      id: this.objects.store.newId('issfr'),
      object: 'radar.early_fraud_warning',
      actionable: charge.refunded !== true && charge.disputed !== true,
      charge: chargeId,
      created: this.objects.seconds(),
      fraud_type: fraudType,
      livemode: false,
      payment_intent: charge.payment_intent,
    };
    this.objects.store.put('early_fraud_warnings', warning);
    this.objects.emit('radar.early_fraud_warning.created', warning, undefined, null);
    return warning;
  }
}
