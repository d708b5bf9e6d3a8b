import type { DayOptions } from './day-options.js';
import type { Billing } from './objects.js';
import { seeded } from './random.js';
import type { Step } from './script.js';
import { shops } from './shops.js';
import type { Stage } from './stage.js';

const currencies = ['usd', 'usd', 'usd', 'eur', 'eur', 'jpy'] as const;

/** The steps of the day. Draws every random value here, so that the script is the same after a restart. */
export function dayScript({ seed, payments }: Pick<DayOptions, 'seed' | 'payments'>): Step[] {
  const random = seeded(seed);
  const orders = Array.from({ length: payments }, (_, index) => order(random, index));
  const steps: Step[] = shops.map((_, index) => ({ run: (stage) => opensAccount(stage, index) }));
  // Two payments per step, so that events share a second.
  for (let index = 0; index < payments; index += 2)
    steps.push({ run: (stage) => orders.slice(index, index + 2).forEach((place) => place(stage)) });
  // Spread over the second half, where there is something to refund and to return to.
  const from = steps.length - Math.floor(payments / 4);
  special.forEach((run, index) => steps.splice(Math.min(steps.length, from + index * 2), 0, { run }));
  return steps;
}

function opensAccount(stage: Stage, index: number): void {
  const { name, email, ...address } = shops[index] as (typeof shops)[number];
  const customer = stage.merchant.createCustomer({
    name,
    email,
    phone: `+1555010${String(index).padStart(2, '0')}`,
    address: { line2: null, ...address },
    metadata: { sales_rep: `NW-0${index % 4}` },
  });
  stage.name(`customer ${index}`, customer);
}

function order(random: () => number, index: number): (stage: Stage) => void {
  const number = 1_000 + index;
  const shop = Math.floor(random() * (shops.length - 1)); // the last one only comes to be deleted
  const currency = currencies[Math.floor(random() * currencies.length)] as string;
  const amount = currency === 'jpy' ? 500 + Math.floor(random() * 40_000) : 900 + Math.floor(random() * 90_000);
  const metadata = { erp_order_ref: `WEB-${number}`, channel: 'web' };
  return (stage) => {
    const { charge } = stage.merchant.pay({
      ...{ amount, currency, metadata },
      customer: stage.id(`customer ${shop}`),
      description: `Order ${number}`,
    });
    stage.name(`charge ${index}`, charge);
    stage.expects(charge, amount);
  };
}

const greta: Billing = {
  name: 'Greta Lind',
  email: 'greta.lind@mail.example',
  phone: null,
  address: { line1: '4 Elm St', city: 'Bath', state: 'ME', postal_code: '04530', country: 'US' },
};
const tom: Billing = { name: 'Tom Okafor', email: 'tom.okafor@mail.example', phone: null, address: null };
const moved = { line1: '14 Commercial St', line2: 'Dock 2', city: 'Portland', state: 'ME', postal_code: '04101', country: 'US' };

const special: readonly ((stage: Stage) => void)[] = [
  (stage) => guestPays(stage, greta, 4_950),
  (stage) => guestPays(stage, tom, 12_000),
  (stage) => guestPays(stage, greta, 2_575), // the same guest again: a returning customer
  (stage) => void stage.merchant.updateCustomer(stage.id('customer 0'), { phone: '+15550199', address: moved }),
  (stage) => {
    const fields = { reason: 'requested_by_customer', metadata: { erp_rma: 'RMA-1' } };
    stage.merchant.refund(stage.id('charge 1'), undefined, fields);
  },
  (stage) => refundsPart(stage, 3),
  (stage) => refundsPart(stage, 4),
  (stage) => void stage.merchant.refund(stage.id('charge 5'), 1),
  (stage) => void stage.merchant.pay({ amount: 99_900, currency: 'usd', customer: stage.id('customer 3'), outcome: 'declined' }),
  (stage) => authorisesAndCaptures(stage),
  (stage) => void stage.merchant.updateCustomer(stage.id('customer 7'), { name: 'Kawabe Seisakusho K.K.' }),
  (stage) => void stage.merchant.deleteCustomer(stage.id('customer 11')),
];

function guestPays(stage: Stage, billing: Billing, amount: number): void {
  const payment = { amount, currency: 'usd', billing, description: 'Guest order', metadata: { channel: 'guest' } };
  stage.expects(stage.merchant.pay(payment).charge, amount);
}

/** Refunds a part of the third order. */
function refundsPart(stage: Stage, parts: number): void {
  const { id, amount } = stage.charge('charge 2');
  stage.merchant.refund(id, Math.floor((amount as number) / parts));
}

/** Authorises a payment and captures less: the captured amount is the payment. */
function authorisesAndCaptures(stage: Stage): void {
  const { intent, charge } = stage.merchant.pay({
    amount: 30_000,
    currency: 'eur',
    customer: stage.id('customer 4'),
    capture: 'manual',
    description: 'Pre-order',
  });
  const captured = 27_450;
  stage.merchant.capture(intent.id, captured);
  stage.expects(charge, captured);
}
