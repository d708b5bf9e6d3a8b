import type { Parameters } from './form.js';
import type { Merchant } from './merchant.js';
import type { Cause } from './objects.js';
import { invalid, missing, optionalAmount, optionalText, text, unknownParameter } from './parameters.js';
import type { StripeObject } from './store.js';

/** A writing call about refunds, disputes or payouts. */
export interface MoneyCall {
  readonly id: string;
  readonly parameters: Parameters;
  readonly merchant: Merchant;
  readonly cause: Cause;
}

/** The balance of the account as Stripe shows it. That everything counts as `card` is assumed. */
export function balanceObject(merchant: Merchant): Record<string, unknown> {
  const part = (name: 'available' | 'pending'): unknown =>
    merchant.ledger.holdings().map((holding) => ({
      amount: holding[name],
      currency: holding.currency,
      source_types: { card: holding[name] },
    }));
  return { object: 'balance', available: part('available'), livemode: false, pending: part('pending') };
}

/** POST refunds: of a charge, or of the charge of an intent. */
export function createRefund({ parameters, merchant, cause }: MoneyCall): StripeObject {
  const intent = optionalText(parameters, 'payment_intent');
  const charge =
    optionalText(parameters, 'charge') ??
    (intent === null
      ? null
      : (merchant.need('payment_intents', intent, 'payment_intent', 'payment_intent').latest_charge as string | null));
  if (charge === null) throw missing('charge');
  const fields = { reason: optionalText(parameters, 'reason'), metadata: metadataOf(parameters) };
  return merchant.refund(charge, optionalAmount(parameters, 'amount'), fields, cause);
}

/** POST payouts: a manual one. Instant payouts are not emulated. */
export function createPayout({ parameters, merchant, cause }: MoneyCall): StripeObject {
  const amount = optionalAmount(parameters, 'amount');
  if (amount === undefined) throw missing('amount');
  if (amount < 1) throw invalid('amount', 'parameter_invalid_integer', 'This value must be greater than or equal to 1.');
  if ((optionalText(parameters, 'method') ?? 'standard') !== 'standard')
    throw invalid('method', undefined, 'This emulator makes standard payouts only.');
  const currency = text(parameters, 'currency').toLowerCase();
  const description = optionalText(parameters, 'description');
  return merchant.payouts.manual({ amount, currency, description, metadata: metadataOf(parameters) }, cause);
}

/** POST disputes/:id: evidence, handed to the bank unless `submit` is false, and metadata. */
export function changeDispute({ id, parameters, merchant, cause }: MoneyCall): StripeObject {
  const { evidence, submit, metadata, expand: _expand, ...others } = parameters;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) throw unknownParameter(unknown);
  const changed = metadata === undefined ? undefined : { metadata };
  if (changed) merchant.change('disputes', id, 'dispute', changed, evidence === undefined ? 'charge.dispute.updated' : null, cause);
  if (evidence === undefined) return merchant.need('disputes', id, 'dispute');
  if (submit === 'false') throw invalid('submit', undefined, 'This emulator does not stage evidence: leave "submit" out.');
  return merchant.disputes.answer(id, evidence as Parameters, cause);
}

function metadataOf(parameters: Parameters): Record<string, string> {
  return (parameters.metadata as Record<string, string> | undefined) ?? {};
}
