import type { ExpectedPayment } from './day-options.js';
import type { Merchant } from './merchant.js';
import type { PaymentOptions } from './payments.js';
import type { StripeObject } from './store.js';

/** What a script remembers between its steps: kept over a restart. */
export interface Memory {
  /** Ids of objects by the labels of the script. */
  readonly ids: Readonly<Record<string, string>>;
  /** The payments that a ledger must hold at the end. */
  readonly paid: readonly ExpectedPayment[];
}

/** How long after the payment Stripe settles it in a scenario, seconds (at most an hour, section 7). */
const settlesAfter = 3;

/** What the steps of a script act on: the merchant, and what they remember. */
export class Stage {
  constructor(
    readonly merchant: Merchant,
    private memory: Memory,
  ) {}

  /** What is remembered now. */
  get remembered(): Memory {
    return this.memory;
  }

  /** Remembers an object under a label. */
  name(label: string, object: StripeObject): StripeObject {
    this.memory = { ...this.memory, ids: { ...this.memory.ids, [label]: object.id } };
    return object;
  }

  /** The id under a label. @throws Error when the script has not named it. */
  id(label: string): string {
    const id = this.memory.ids[label];
    if (id === undefined) throw new Error(`the script has nothing under "${label}" yet`);
    return id;
  }

  /** The charge under a label, as it is now. */
  charge(label: string): StripeObject {
    return this.merchant.need('charges', this.id(label), 'charge');
  }

  /** A ledger must hold this much of the charge. @param amount captured, minor units. */
  expects(charge: StripeObject, amount: number): void {
    const { id: chargeId, currency, customer } = charge as StripeObject & { currency: string; customer: string | null };
    this.memory = { ...this.memory, paid: [...this.memory.paid, { chargeId, amount, currency, customer }] };
  }

  /** A card payment that succeeds and is settled seconds later; its charge is remembered under the label. */
  pays(label: string, payment: PaymentOptions): StripeObject {
    const { charge } = this.merchant.pay(payment);
    this.name(label, charge);
    this.expects(charge, payment.amount);
    this.later(settlesAfter, () => this.merchant.settle(charge.id));
    return charge;
  }

  /** Runs something a few seconds later in the time of the script. */
  later(seconds: number, run: () => void): void {
    const { timeline } = this.merchant;
    timeline.at(timeline.now() + seconds * 1_000, timeline.group, run);
  }
}
