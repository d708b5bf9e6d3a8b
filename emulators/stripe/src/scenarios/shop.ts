import type { Billing } from '../objects.js';
import type { Random } from '../random.js';
import { at } from '../script.js';
import type { Step } from '../script.js';
import type { Stage } from '../stage.js';
import type { StripeObject } from '../store.js';

/** Buyers of the scenarios: invented names, reserved domains. Each scenario has customers of its own. */
export interface Buyer {
  readonly name: string;
  readonly email: string;
  readonly country: string;
  readonly city: string;
  readonly currency: string;
}

/** A step that makes a customer, remembered as `customer <name>`. */
export function becomesCustomer(when: number, { name, email, country, city }: Buyer): Step {
  return {
    at: when,
    text: `${name} opens an account`,
    run: (stage) => {
      const address = { line1: '1 Mill Lane', line2: null, city, state: null, postal_code: '00100', country };
      stage.name(`customer ${name}`, stage.merchant.createCustomer({ name, email, address }));
    },
  };
}

/** A step in which a customer pays by card, remembered under `label`. @param amount minor units. */
export function buys(when: number, label: string, buyer: Buyer, amount: number, reference: string): Step {
  return {
    at: when,
    text: `${buyer.name} pays ${money(amount, buyer.currency)}`,
    run: (stage) =>
      void stage.pays(label, {
        amount,
        currency: buyer.currency,
        customer: stage.id(`customer ${buyer.name}`),
        description: reference,
        metadata: { erp_order_ref: reference },
      }),
  };
}

/** A step in which somebody without an account pays by card. */
export function guestBuys(when: number, label: string, billing: Billing, amount: number, currency: string, reference: string): Step {
  return {
    at: when,
    text: `${billing.name ?? 'A guest'} pays ${money(amount, currency)}`,
    run: (stage) => void stage.pays(label, { amount, currency, billing, description: reference, metadata: { erp_order_ref: reference } }),
  };
}

/** Steps of a daily automatic payout: made at 05:05, paid two days later, itemised some hours after that. Nothing to pay out: no payout. */
export function paysOut(day: number, currency: string): Step[] {
  const label = `payout ${currency} ${day}`;
  return [
    {
      at: at(day, 5, 5),
      text: `payout of what is available in ${currency.toUpperCase()}`,
      run: (stage) => {
        const payout = stage.merchant.payouts.automatic(currency);
        if (payout) stage.name(label, payout);
      },
    },
    {
      at: at(day + 2, 10),
      text: `the bank has the payout of day ${day}`,
      run: (stage) => ifMade(stage, label, (id) => stage.merchant.payouts.paid(id)),
    },
    {
      at: at(day + 2, 13, 30),
      text: `the payout of day ${day} is itemised`,
      run: (stage) => ifMade(stage, label, (id) => stage.merchant.payouts.reconcile(id, traceOf(id))),
    },
  ];
}

/** Whole amounts between two bounds, in minor units, ending in 00 or 50. */
export function amountBetween(random: Random, least: number, most: number): number {
  return least + Math.floor((random() * (most - least)) / 50) * 50;
}

/** For progress: 1200 usd is USD 12.00. All currencies of the scenarios have hundredths. */
export function money(amount: number, currency: string): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${currency.toUpperCase()} ${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function ifMade(stage: Stage, label: string, then: (id: string) => StripeObject): void {
  const id = stage.remembered.ids[label];
  if (id !== undefined) then(id);
}

/** Fifteen digits that belong to the payout. */
function traceOf(payout: string): string {
  let value = 0n;
  for (const character of payout) value = (value * 131n + BigInt(character.charCodeAt(0))) % 1_000_000_000_000_000n;
  return String(value).padStart(15, '0');
}
