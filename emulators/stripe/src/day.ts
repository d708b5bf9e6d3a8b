import type { Deliveries } from './deliveries.js';
import type { Merchant, PaymentOptions } from './merchant.js';
import type { Billing } from './objects.js';
import { seeded } from './random.js';
import type { StripeObject } from './store.js';

/** The scripted day of an invented merchant: the same seed gives the same steps, amounts and names. */
export interface DayOptions {
  readonly seed: number;
  /** Payments that succeed, beside the special ones. */
  readonly payments: number;
  /** Between two steps, ms. */
  readonly pauseMs: number;
}

export const defaultDay: DayOptions = { seed: 20261121, payments: 60, pauseMs: 200 };

export interface ExpectedPayment {
  readonly chargeId: string;
  /** Captured, in minor units of the currency. */
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
}

export interface DayState {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  readonly step: number;
  readonly steps: number;
  readonly payments: number;
  readonly delivered: number;
  readonly pending: number;
  readonly problem?: string;
}

const currencies = ['usd', 'usd', 'usd', 'eur', 'eur', 'jpy'] as const;
const shops: readonly {
  name: string;
  email: string;
  country: string;
  city: string;
  postal_code: string;
  state: string | null;
  line1: string;
}[] = [
  {
    name: 'Harbor Street Bakery',
    email: 'books@harbor-street.example',
    country: 'US',
    city: 'Portland',
    state: 'ME',
    postal_code: '04101',
    line1: '12 Commercial St',
  },
  {
    name: 'Alder & Sons Joinery',
    email: 'office@alder-joinery.example',
    country: 'US',
    city: 'Duluth',
    state: 'MN',
    postal_code: '55802',
    line1: '300 Canal Park Dr',
  },
  {
    name: 'Kettle Creek Outfitters',
    email: 'ap@kettle-creek.example',
    country: 'US',
    city: 'Renovo',
    state: 'PA',
    postal_code: '17764',
    line1: '45 Erie Ave',
  },
  {
    name: 'Mesa Verde Bikes',
    email: 'orders@mesa-verde-bikes.example',
    country: 'US',
    city: 'Cortez',
    state: 'CO',
    postal_code: '81321',
    line1: '9 Main St',
  },
  {
    name: 'Lindenhof Gartenbau GmbH',
    email: 'rechnung@lindenhof.example',
    country: 'DE',
    city: 'Fulda',
    state: null,
    postal_code: '36037',
    line1: 'Lindenstr. 4',
  },
  {
    name: 'Atelier Morvan',
    email: 'compta@atelier-morvan.example',
    country: 'FR',
    city: 'Autun',
    state: null,
    postal_code: '71400',
    line1: '8 rue aux Cordiers',
  },
  {
    name: 'Fattoria del Colle',
    email: 'conti@fattoria-colle.example',
    country: 'IT',
    city: 'Siena',
    state: null,
    postal_code: '53100',
    line1: 'Via del Colle 2',
  },
  {
    name: 'Kawabe Seisakusho',
    email: 'keiri@kawabe.example',
    country: 'JP',
    city: 'Sakai',
    state: null,
    postal_code: '590-0001',
    line1: '3-1 Ebisujima',
  },
  {
    name: 'Sunrise Ceramics',
    email: 'hello@sunrise-ceramics.example',
    country: 'US',
    city: 'Taos',
    state: 'NM',
    postal_code: '87571',
    line1: '77 Kiln Rd',
  },
  {
    name: 'Blue Heron Press',
    email: 'accounts@blue-heron.example',
    country: 'US',
    city: 'Ithaca',
    state: 'NY',
    postal_code: '14850',
    line1: '5 Lake Ave',
  },
  {
    name: 'Bayside Marine',
    email: 'ap@bayside-marine.example',
    country: 'US',
    city: 'Reno',
    state: 'NV',
    postal_code: '89501',
    line1: '1 Dock Rd',
  },
  {
    name: 'Closing Time Antiques',
    email: 'bye@closing-time.example',
    country: 'US',
    city: 'Salem',
    state: 'OR',
    postal_code: '97301',
    line1: '2 State St',
  },
];

/** Plays the day and knows what it must come to: the list is written by the script as it pays, not read back from anywhere. */
export class Day {
  private state: DayState['state'] = 'idle';
  private step = 0;
  private steps: (() => void)[] = [];
  private paid: ExpectedPayment[] = [];
  private problem: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly merchant: Merchant,
    private readonly deliveries: Deliveries,
  ) {}

  /** Starts it, once. @returns false when it has been started before. */
  start(options: DayOptions): boolean {
    if (this.state !== 'idle') return false;
    this.state = 'running';
    this.steps = this.script(options);
    this.deliveries.setPlan({ duplicates: 0.06, reorderMs: 300 });
    const next = (): void => {
      const run = this.steps[this.step];
      if (!run) return; // done once everything is delivered
      try {
        run();
        this.step += 1;
        this.timer = setTimeout(next, options.pauseMs);
      } catch (error) {
        this.state = 'failed';
        this.problem = error instanceof Error ? error.message : String(error);
      }
    };
    next();
    return true;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  reset(): void {
    this.stop();
    this.state = 'idle';
    this.step = 0;
    this.steps = [];
    this.paid = [];
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

  private script(options: DayOptions): (() => void)[] {
    const random = seeded(options.seed);
    const customers: StripeObject[] = [];
    const charges: StripeObject[] = [];
    const steps: (() => void)[] = [];
    const amount = (currency: string): number =>
      currency === 'jpy' ? 500 + Math.floor(random() * 40_000) : 900 + Math.floor(random() * 90_000);
    const pay = (payment: PaymentOptions): StripeObject => {
      const { charge } = this.merchant.pay(payment);
      if (charge.captured === true) this.remember(charge, payment.amount);
      charges.push(charge);
      return charge;
    };
    const shopPays = (shop: number, order: number): void => {
      const currency = currencies[Math.floor(random() * currencies.length)] as string;
      pay({
        amount: amount(currency),
        currency,
        customer: customers[shop]?.id ?? null,
        description: `Order ${order}`,
        metadata: { erp_order_ref: `WEB-${order}`, channel: 'web' },
      });
    };

    for (const [index, shop] of shops.entries()) {
      steps.push(() => {
        const { name, email, ...address } = shop;
        customers.push(
          this.merchant.createCustomer({
            name,
            email,
            phone: `+1555010${String(index).padStart(2, '0')}`,
            address: { line2: null, ...address },
            metadata: { sales_rep: `NW-0${index % 4}` },
          }),
        );
      });
    }
    // Two payments a step, so that events share their second.
    for (let order = 0; order < options.payments; order += 2) {
      steps.push(() => {
        shopPays(Math.floor(random() * (customers.length - 1)), 1_000 + order);
        if (order + 1 < options.payments) shopPays(Math.floor(random() * (customers.length - 1)), 1_001 + order);
      });
    }
    const guest = (billing: Billing, value: number): (() => void) => {
      return () => void pay({ amount: value, currency: 'usd', billing, description: 'Guest order', metadata: { channel: 'guest' } });
    };
    const greta: Billing = {
      name: 'Greta Lind',
      email: 'greta.lind@mail.example',
      phone: null,
      address: { line1: '4 Elm St', city: 'Bath', state: 'ME', postal_code: '04530', country: 'US' },
    };
    const special: (() => void)[] = [
      guest(greta, 4_950),
      guest({ name: 'Tom Okafor', email: 'tom.okafor@mail.example', phone: null, address: null }, 12_000),
      guest(greta, 2_575), // the same guest again: a returning customer
      () =>
        void this.merchant.updateCustomer(customers[0]?.id as string, {
          phone: '+15550199',
          address: { line1: '14 Commercial St', line2: 'Dock 2', city: 'Portland', state: 'ME', postal_code: '04101', country: 'US' },
        }),
      () =>
        void this.merchant.refund(charges[1]?.id as string, undefined, { reason: 'requested_by_customer', metadata: { erp_rma: 'RMA-1' } }),
      () => void this.merchant.refund(charges[2]?.id as string, Math.floor((charges[2]?.amount as number) / 3)),
      () => void this.merchant.refund(charges[2]?.id as string, Math.floor((charges[2]?.amount as number) / 4)),
      () => void this.merchant.refund(charges[5]?.id as string, 1),
      () => void this.merchant.pay({ amount: 99_900, currency: 'usd', customer: customers[3]?.id ?? null, outcome: 'declined' }),
      () => this.authoriseAndCapture(customers[4]?.id as string, charges),
      () => void this.merchant.updateCustomer(customers[7]?.id as string, { name: 'Kawabe Seisakusho K.K.' }),
      () => void this.merchant.deleteCustomer(customers[11]?.id as string),
    ];
    // Spread over the second half, where there is something to refund and to return to.
    const from = steps.length - Math.floor(options.payments / 4);
    special.forEach((run, index) => steps.splice(Math.min(steps.length, from + index * 2), 0, run));
    return steps;
  }

  /** Authorised now, captured a moment later for less: the captured amount is the payment. */
  private authoriseAndCapture(customer: string, charges: StripeObject[]): void {
    const { intent, charge } = this.merchant.pay({
      amount: 30_000,
      currency: 'eur',
      customer,
      capture: 'manual',
      description: 'Pre-order',
    });
    const captured = 27_450;
    this.merchant.capture(intent.id, captured);
    this.remember(charge, captured);
    charges.push(charge);
  }

  private remember(charge: StripeObject, amount: number): void {
    this.paid.push({ chargeId: charge.id, amount, currency: charge.currency as string, customer: charge.customer as string | null });
  }
}
