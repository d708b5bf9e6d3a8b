import type { Parameters } from './form.js';
import type { Merchant } from './merchant.js';
import type { Cause } from './objects.js';
import { billingOf, invalid, missing, optionalAmount, optionalText, text } from './parameters.js';
import type { Confirmation, IntentOptions } from './payments.js';
import { ApiProblem } from './problem.js';
import type { ProblemBody } from './problem.js';
import type { StripeObject } from './store.js';

/** A writing call about payment intents and charges. */
export interface PaymentCall {
  readonly id: string;
  readonly parameters: Parameters;
  readonly merchant: Merchant;
  readonly cause: Cause;
}

/** POST payment_intents, confirmed at once when it is asked for. */
export function createIntent({ parameters, merchant, cause }: PaymentCall): StripeObject {
  const options = intentOptions(parameters);
  if (parameters.confirm === 'true') return paid(merchant.pay({ ...options, ...confirmation(parameters) }, cause));
  return merchant.createIntent(options, cause);
}

/** POST payment_intents/:id/confirm. */
export function confirmIntent({ id, parameters, merchant, cause }: PaymentCall): StripeObject {
  return paid(merchant.confirm(id, confirmation(parameters), cause));
}

/** POST payment_intents/:id/capture; `final_capture=false` leaves the rest of a multicapture payment for later. */
export function captureIntent({ id, parameters, merchant, cause }: PaymentCall): StripeObject {
  return merchant.capture(id, optionalAmount(parameters, 'amount_to_capture'), cause, parameters.final_capture !== 'false');
}

/** POST charges/:id/capture. */
export function captureCharge({ merchant, id, parameters, cause }: PaymentCall): StripeObject {
  const charge = merchant.need('charges', id, 'charge');
  merchant.capture(charge.payment_intent as string, optionalAmount(parameters, 'amount'), cause);
  return merchant.need('charges', id, 'charge');
}

function intentOptions(parameters: Parameters): IntentOptions {
  const amount = optionalAmount(parameters, 'amount');
  if (amount === undefined) throw missing('amount');
  if (amount < 1) throw invalid('amount', 'parameter_invalid_integer', 'This value must be greater than or equal to 1.');
  const capture = optionalText(parameters, 'capture_method') ?? 'automatic_async';
  if (capture !== 'automatic' && capture !== 'automatic_async' && capture !== 'manual')
    throw invalid('capture_method', undefined, `Invalid capture_method: must be one of automatic, automatic_async, or manual`);
  const currency = text(parameters, 'currency').toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) throw invalid('currency', undefined, `Invalid currency: ${currency}`);
  const card = (parameters.payment_method_options as Parameters | undefined)?.card as Parameters | undefined;
  return {
    amount,
    currency,
    customer: optionalText(parameters, 'customer'),
    description: optionalText(parameters, 'description'),
    metadata: (parameters.metadata as Record<string, string> | undefined) ?? {},
    capture,
    method: parameters.payment_method === 'pm_usBankAccount' ? 'us_bank_account' : 'card',
    multicapture: capture === 'manual' && card?.request_multicapture === 'if_available',
  };
}

/**
 * The outcome of a test payment method: `pm_card_chargeDeclined` is declined, `pm_usBankAccount` is pending until the control surface
 * says what the bank does; Stripe's others succeed (assumed).
 */
function confirmation(parameters: Parameters): Confirmation {
  const billing = (parameters.payment_method_data as Parameters | undefined)?.billing_details as Parameters | undefined;
  return {
    outcome: parameters.payment_method === 'pm_card_chargeDeclined' ? 'declined' : 'succeeds',
    ...(billing ? { billing: billingOf(billing) } : {}),
  };
}

/** A declined card is an error answer (402) that carries the intent (section 6; the status is assumed). */
function paid({ intent }: { intent: StripeObject }): StripeObject {
  if (intent.last_payment_error === null) return intent;
  throw new ApiProblem(402, { ...(intent.last_payment_error as ProblemBody), payment_intent: intent });
}
