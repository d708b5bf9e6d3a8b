import { checkDayOptions } from './day-options.js';
import type { DayOptions, DayState, ExpectedPayment } from './day-options.js';
import type { Deliveries } from './deliveries.js';
import type { Merchant } from './merchant.js';
import type { PaymentOptions } from './payments.js';
import type { Billing } from './objects.js';
import { seeded } from './random.js';
import { shops } from './shops.js';
import type { Store, StripeObject } from './store.js';

/** The stored progress of a day, so that it continues after a restart. */
interface DayProgress {
  readonly options: DayOptions;
  readonly step: number;
  readonly customers: readonly string[];
  readonly charges: readonly string[];
  readonly paid: readonly ExpectedPayment[];
  readonly problem?: string;
}

/** Name of the note in the store. */
const progressNote = 'day';
const currencies = ['usd', 'usd', 'usd', 'eur', 'eur', 'jpy'] as const;

/** Plays the day and lists the payments a ledger must hold at its end. The script writes that list as it pays; nothing is read back. */
export class Day {
  private state: DayState['state'] = 'idle';
  private step = 0;
  private steps: (() => void)[] = [];
  private customers: string[] = [];
  private charges: string[] = [];
  private paid: ExpectedPayment[] = [];
  private problem: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: Store,
    private readonly merchant: Merchant,
    private readonly deliveries: Deliveries,
  ) {}

  /** Starts the day, once. @returns false when it has been started before. @throws {ApiProblem} 400 for options out of bounds. */
  start(options: DayOptions): boolean {
    checkDayOptions(options);
    if (this.state !== 'idle') return false;
    this.begin(options);
    return true;
  }

  /** Continues a day that a restart interrupted. */
  resume(): void {
    const kept = this.store.noted(progressNote) as DayProgress | undefined;
    if (!kept) return;
    this.step = kept.step;
    this.customers = [...kept.customers];
    this.charges = [...kept.charges];
    this.paid = [...kept.paid];
    this.problem = kept.problem;
    this.begin(kept.options);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  reset(): void {
    this.stop();
    this.state = 'idle';
    this.step = 0;
    this.steps = [];
    this.customers = [];
    this.charges = [];
    this.paid = [];
    this.problem = undefined;
  }

  report(): DayState {
    const over =
      this.state === 'running' && this.step >= this.steps.length && this.merchant.unsettled === 0 && this.deliveries.pending === 0;
    if (over) this.state = 'done';
    return {
      state: this.state,
      step: this.step,
      steps: this.steps.length,
      payments: this.paid.length,
      delivered: this.deliveries.acknowledged,
      pending: this.deliveries.pending,
      ...(this.problem === undefined ? {} : { problem: this.problem }),
    };
  }

  /** What a ledger must hold at the end: one receipt per payment that succeeded. */
  expected(): readonly ExpectedPayment[] {
    return this.paid;
  }

  private begin(options: DayOptions): void {
    this.state = this.problem === undefined ? 'running' : 'failed';
    this.steps = this.script(options);
    this.deliveries.setPlan({ duplicates: 0.06, reorderMs: 300 });
    this.store.together(() => this.keep(options));
    if (this.state === 'running') this.next(options);
  }

  /** Runs one step; its changes and the progress are stored together. */
  private next(options: DayOptions): void {
    const run = this.steps[this.step];
    if (!run) return; // done once everything is delivered
    this.store.together(() => {
      try {
        run();
        this.step += 1;
      } catch (error) {
        this.state = 'failed';
        this.problem = `step ${this.step}: ${error instanceof Error ? error.message : String(error)}`;
      }
      this.keep(options);
    });
    if (this.state === 'running') this.timer = setTimeout(() => this.next(options), options.pauseMs);
  }

  private keep(options: DayOptions): void {
    const { step, customers, charges, paid, problem } = this;
    this.store.note(progressNote, {
      options,
      step,
      customers,
      charges,
      paid,
      ...(problem === undefined ? {} : { problem }),
    } satisfies DayProgress);
  }

  /** Draws every random value here, so that the script is the same after a restart. */
  private script({ seed, payments }: DayOptions): (() => void)[] {
    const random = seeded(seed);
    const orders = Array.from({ length: payments }, (_, index) => this.order(random, 1_000 + index));
    const steps: (() => void)[] = shops.map((_, index) => () => this.opensAccount(index));
    // Two payments per step, so that events share a second.
    for (let index = 0; index < payments; index += 2) steps.push(() => orders.slice(index, index + 2).forEach((order) => order()));
    // Spread over the second half, where there is something to refund and to return to.
    const from = steps.length - Math.floor(payments / 4);
    this.special().forEach((run, index) => steps.splice(Math.min(steps.length, from + index * 2), 0, run));
    return steps;
  }

  private order(random: () => number, number: number): () => void {
    const shop = Math.floor(random() * (shops.length - 1)); // the last one only comes to be deleted
    const currency = currencies[Math.floor(random() * currencies.length)] as string;
    const amount = currency === 'jpy' ? 500 + Math.floor(random() * 40_000) : 900 + Math.floor(random() * 90_000);
    const metadata = { erp_order_ref: `WEB-${number}`, channel: 'web' };
    return () => this.pays({ amount, currency, customer: this.customer(shop), description: `Order ${number}`, metadata });
  }

  private special(): (() => void)[] {
    const greta: Billing = {
      name: 'Greta Lind',
      email: 'greta.lind@mail.example',
      phone: null,
      address: { line1: '4 Elm St', city: 'Bath', state: 'ME', postal_code: '04530', country: 'US' },
    };
    const moved = { line1: '14 Commercial St', line2: 'Dock 2', city: 'Portland', state: 'ME', postal_code: '04101', country: 'US' };
    return [
      () => this.guestPays(greta, 4_950),
      () => this.guestPays({ name: 'Tom Okafor', email: 'tom.okafor@mail.example', phone: null, address: null }, 12_000),
      () => this.guestPays(greta, 2_575), // the same guest again: a returning customer
      () => void this.merchant.updateCustomer(this.customer(0), { phone: '+15550199', address: moved }),
      () => void this.merchant.refund(this.charge(1).id, undefined, { reason: 'requested_by_customer', metadata: { erp_rma: 'RMA-1' } }),
      () => this.refundsPart(2, 3),
      () => this.refundsPart(2, 4),
      () => void this.merchant.refund(this.charge(5).id, 1),
      () => void this.merchant.pay({ amount: 99_900, currency: 'usd', customer: this.customer(3), outcome: 'declined' }),
      () => this.authorisesAndCaptures(),
      () => void this.merchant.updateCustomer(this.customer(7), { name: 'Kawabe Seisakusho K.K.' }),
      () => void this.merchant.deleteCustomer(this.customer(11)),
    ];
  }

  private opensAccount(index: number): void {
    const { name, email, ...address } = shops[index] as (typeof shops)[number];
    const customer = this.merchant.createCustomer({
      name,
      email,
      phone: `+1555010${String(index).padStart(2, '0')}`,
      address: { line2: null, ...address },
      metadata: { sales_rep: `NW-0${index % 4}` },
    });
    this.customers.push(customer.id);
  }

  private pays(payment: PaymentOptions): void {
    const { charge } = this.merchant.pay(payment);
    this.remember(charge, payment.amount);
  }

  private guestPays(billing: Billing, amount: number): void {
    this.pays({ amount, currency: 'usd', billing, description: 'Guest order', metadata: { channel: 'guest' } });
  }

  private refundsPart(index: number, parts: number): void {
    const { id, amount } = this.charge(index);
    void this.merchant.refund(id, Math.floor((amount as number) / parts));
  }

  /** Authorises a payment and captures less: the captured amount is the payment. */
  private authorisesAndCaptures(): void {
    const { intent, charge } = this.merchant.pay({
      amount: 30_000,
      currency: 'eur',
      customer: this.customer(4),
      capture: 'manual',
      description: 'Pre-order',
    });
    const captured = 27_450;
    this.merchant.capture(intent.id, captured);
    this.remember(charge, captured);
  }

  private customer(index: number): string {
    return this.customers[index] as string;
  }

  private charge(index: number): StripeObject {
    return this.merchant.need('charges', this.charges[index] as string, 'charge');
  }

  private remember(charge: StripeObject, amount: number): void {
    this.charges.push(charge.id);
    this.paid.push({ chargeId: charge.id, amount, currency: charge.currency as string, customer: charge.customer as string | null });
  }
}
