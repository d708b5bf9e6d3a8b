import { noAddress } from './objects.js';
import { ApiProblem } from './problem.js';
import type { StripeObject } from './store.js';

/** Error 400 for an intent whose status does not allow an action. @param participle `captured`, for example. */
export function unexpectedState(intent: StripeObject, participle: string): ApiProblem {
  return new ApiProblem(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message: `This PaymentIntent's status is ${String(intent.status)}; it cannot be ${participle}.`,
    payment_intent: intent,
  });
}

/** Error 400 for a bank debit whose outcome is known already. The wording is assumed. */
export function notPending(charge: StripeObject): ApiProblem {
  return new ApiProblem(400, { type: 'invalid_request_error', message: `Charge ${charge.id} is ${String(charge.status)}, not pending.` });
}

/** The amount to capture, minor units. @throws {ApiProblem} 400 when it is not between 1 and what can be captured. */
export function amountToCapture(wanted: number, left: number): number {
  if (wanted >= 1 && wanted <= left) return wanted;
  throw new ApiProblem(400, {
    type: 'invalid_request_error',
    code: 'amount_too_large',
    param: 'amount_to_capture',
    message: `The amount to capture (${wanted}) is not between 1 and what can be captured (${left}).`,
  });
}

/** Error 400 for a refund that failed or was cancelled before. The wording is assumed. */
export function refundIsOver(refund: StripeObject): ApiProblem {
  return new ApiProblem(400, { type: 'invalid_request_error', message: `Refund ${refund.id} is ${String(refund.status)} already.` });
}

/** Error 400 for a refund that is larger than what is left, or of a charge that the bank took back. @param left minor units. */
export function notRefundable(charge: StripeObject, wanted: number, left: number, disputed = false): ApiProblem {
  if (disputed)
    return new ApiProblem(400, {
      type: 'invalid_request_error',
      code: 'charge_disputed',
      message: `Charge ${charge.id} has been charged back; cannot issue a refund.`,
    });
  if (charge.refunded === true)
    return new ApiProblem(400, {
      type: 'invalid_request_error',
      code: 'charge_already_refunded',
      message: `Charge ${charge.id} has already been refunded.`,
    });
  return new ApiProblem(400, {
    type: 'invalid_request_error',
    param: 'amount',
    message: `Refund amount (${wanted}) is greater than unrefunded amount on charge (${left})`,
  });
}

/** Error 400 for a charge that cannot be disputed (now, or with that amount). The wording is assumed: cardholders get no answer from Stripe. */
export function cannotDispute(charge: StripeObject, amount: number): ApiProblem {
  return new ApiProblem(400, {
    type: 'invalid_request_error',
    message: `Charge ${charge.id} (${String(charge.status)}, captured ${String(charge.amount_captured)}) cannot be disputed for ${amount}, or is already.`,
  });
}

/** Error 400 for a step that a dispute cannot take. The wording is assumed. */
export function wrongDisputeStatus(dispute: StripeObject, wanted: readonly string[]): ApiProblem {
  return new ApiProblem(400, {
    type: 'invalid_request_error',
    message: `Dispute ${dispute.id} is ${String(dispute.status)}; this takes one that is ${wanted.join(' or ')}.`,
  });
}

/** Error 400 for a step that a payout cannot take. The wording is assumed. */
export function wrongPayoutStatus(payout: StripeObject, wanted: readonly string[]): ApiProblem {
  return new ApiProblem(400, {
    type: 'invalid_request_error',
    message: `Payout ${payout.id} is ${String(payout.status)}; this takes one that is ${wanted.join(' or ')}.`,
  });
}

/** Error 400 for a payout of more than there is. @param available minor units. */
export function insufficientBalance(amount: number, available: number): ApiProblem {
  return new ApiProblem(400, {
    type: 'invalid_request_error',
    code: 'balance_insufficient',
    message: `You have insufficient funds in your Stripe account: ${available} available, ${amount} wanted.`,
  });
}

/** The fields with an address of all six parts, when there is one. */
export function withWholeAddress(fields: Record<string, unknown>): Record<string, unknown> {
  return fields.address ? { ...fields, address: { ...noAddress, ...(fields.address as object) } } : fields;
}

/** Metadata after a change: keys are merged, an empty value deletes its key (section 7). */
export function mergedMetadata(before: unknown, changes: unknown): Record<string, string> {
  // An empty value for the whole hash empties it.
  if (changes === null || changes === '') return {};
  const merged = { ...(before as Record<string, string>), ...(changes as Record<string, string>) };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
}

/** Old values of changed fields, key by key within hashes; a new key was null (section 4). */
export function previousAttributes(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(
    changed.map((name) => {
      const [old, now] = [before[name], after[name]];
      return [name, isHash(old) && isHash(now) ? previousAttributes(old, now) : (old ?? null)];
    }),
  );
}

function isHash(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
