import type { Payer, PaymentMethod, Settlement } from '@tributary/contracts';
import { money, toDecimalText } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import { addressOf } from '../party/stripe-customer.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';

/** Who and what a charge belongs to. */
export interface ChargeIdentity {
  readonly chargeId: string;
  readonly paymentIntentId: string | null;
  /** The payment intent, or the charge itself where there is none. Never derived from a prefix: `ch_`, `py_` and more exist. */
  readonly paymentId: string;
  readonly customerId: string | null;
  /** Record key: the customer; for guests the payment. */
  readonly key: string;
}

/** The ids of a charge and of what it belongs to. @throws {InvalidStripeObjectError} */
export function chargeIdentity(charge: StripeObject): ChargeIdentity {
  const chargeId = charge.id('id');
  const paymentIntentId = charge.idOrNull('payment_intent');
  const customerId = charge.idOrNull('customer');
  const paymentId = paymentIntentId ?? chargeId;
  return { chargeId, paymentIntentId, paymentId, customerId, key: customerId ?? paymentId };
}

/**
 * An amount in the currency of the charge, which that currency can have.
 * @throws {MoneyError} for an amount that cannot be written in its currency (114850 ISK: krónur have no decimals).
 */
export function chargeMoney(charge: StripeObject, minor: number): Money {
  const amount = money(minor, charge.text('currency'));
  toDecimalText(amount);
  return amount;
}

/** The payer in the billing details. The receipt's e-mail is used where the billing details have none. */
export function payerOf(charge: StripeObject): Payer {
  const billing = charge.objectOrNull('billing_details');
  return {
    name: billing?.textOrNull('name') ?? null,
    email: billing?.textOrNull('email') ?? charge.textOrNull('receipt_email'),
    phone: billing?.textOrNull('phone') ?? null,
    address: addressOf(billing?.objectOrNull('address') ?? null),
  };
}

/** The kind of payment, and of a card its brand, country and last four digits. No other detail is carried over (I8). */
export function paymentMethodOf(charge: StripeObject): PaymentMethod {
  const details = charge.objectOrNull('payment_method_details');
  const type = details?.textOrNull('type') ?? 'unknown';
  const specific = details?.objectOrNull(type);
  return {
    type,
    brand: specific?.textOrNull('brand') ?? null,
    last4: specific?.textOrNull('last4') ?? null,
    country: specific?.textOrNull('country') ?? null,
  };
}

/**
 * Fee and net from a balance transaction.
 * Units: integers in minor units of the settlement currency, which may differ from the currency of the charge.
 * Source: docs/reference/stripe.md section 9: net = amount - fee, negative = money leaves.
 */
export function settlementOf(transaction: StripeObject | undefined): Settlement | null {
  if (!transaction) return null;
  const currency = transaction.text('currency');
  return {
    balanceTransactionId: transaction.id('id'),
    gross: money(transaction.integer('amount'), currency),
    fee: money(transaction.integer('fee'), currency),
    net: money(transaction.integer('net'), currency),
    reportingCategory: transaction.textOrNull('reporting_category'),
    availableAt: transaction.timeMsOrNull('available_on'),
  };
}
