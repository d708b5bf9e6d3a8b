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

/** Error 400 for a refund that is larger than what is left. @param left minor units. */
export function notRefundable(charge: StripeObject, wanted: number, left: number): ApiProblem {
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
