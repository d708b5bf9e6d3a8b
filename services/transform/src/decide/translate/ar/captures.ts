import { InvalidStripeObjectError, UnknownStripeValueError } from '../../errors.js';
import type { IgnoredReason } from '../ignored-reasons.js';
import type { StripeEvent } from '../../stripe-model/stripe-event.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { chargeStatuses } from '../../stripe-model/stripe-values.js';

/** Money that one event says was captured, or why it says nothing of the kind. */
export type CaptureReading =
  | {
      readonly kind: 'captured';
      /** What this capture took, in minor units of the charge's currency. */
      readonly amount: number;
      /** Names this capture within its charge; null for the first or only one, so that its posting key is that of the charge alone. */
      readonly part: string | null;
    }
  | { readonly kind: 'nothing'; readonly reason: IgnoredReason; readonly text?: string };

const amountCapturedPath = 'data.object.amount_captured';

/**
 * What charge.succeeded or charge.captured says was captured.
 *
 * A charge that may be captured more than once (multicapture) tells every capture by charge.updated and the final one by charge.captured too.
 * Each capture is the growth of `amount_captured`; the old amount stands in `previous_attributes`. Where it does not and the charge can have
 * been captured before, nothing is guessed.
 * @throws {UnknownStripeValueError} when status or flags leave open what was captured.
 * Source: docs/reference/stripe.md section 7; Stripe documentation, "Capture a payment multiple times" [known].
 */
export function captureOfPayment(event: StripeEvent): CaptureReading {
  const charge = event.object;
  const status = charge.word('status', chargeStatuses);
  const captured = charge.flag('captured');
  if (status !== 'succeeded') return nothing('not-succeeded', `charge status ${status}`);
  if (!captured) return authorisation(event);
  const now = amountCaptured(charge);
  const before = capturedBefore(event);
  if (before !== undefined) return growth(before, now);
  if (event.type !== 'charge.succeeded' && mayHaveBeenCapturedBefore(charge))
    throw new UnknownStripeValueError('data.previous_attributes.amount_captured', null, ['the amount that was captured before']);
  if (now <= 0)
    throw new InvalidStripeObjectError(`reading a Stripe object: ${amountCapturedPath} of a captured charge should be more than 0`, {
      path: amountCapturedPath,
    });
  return { kind: 'captured', amount: now, part: null };
}

/**
 * What charge.updated says was captured: the growth of `amount_captured` that it tells itself.
 * @throws {UnknownStripeValueError} as {@link captureOfPayment}.
 */
export function captureOfUpdate(event: StripeEvent): CaptureReading {
  const status = event.object.word('status', chargeStatuses);
  event.object.flag('captured');
  const before = capturedBefore(event);
  if (before === undefined) return nothing('no-accounting-change');
  if (status !== 'succeeded') return nothing('not-succeeded', `charge status ${status}`);
  return growth(before, amountCaptured(event.object));
}

/** Captured so far, as the event tells it. @throws {UnknownStripeValueError} when an old shape leaves it open. */
export function amountCaptured(charge: StripeObject): number {
  const amount = charge.integerOrNull('amount_captured');
  if (amount === null || amount < 0) throw new UnknownStripeValueError(amountCapturedPath, amount, ['a whole number of minor units']);
  return amount;
}

/** Only charge.succeeded tells of an authorisation; any other event that says "captured" and "not captured" contradicts itself. */
function authorisation(event: StripeEvent): CaptureReading {
  if (event.type !== 'charge.succeeded') throw new UnknownStripeValueError('data.object.captured', false, ['true']);
  if (amountCaptured(event.object) === 0) return nothing('not-captured');
  throw new UnknownStripeValueError('data.object.captured', false, ['true where amount_captured is more than 0']);
}

function growth(before: number, now: number): CaptureReading {
  if (now === before) return nothing('no-accounting-change');
  if (now < before) throw new UnknownStripeValueError(amountCapturedPath, now, ['at least what was captured before']);
  return { kind: 'captured', amount: now - before, part: before === 0 ? null : `captured-${now}` };
}

/** Undefined when the event does not tell it. */
function capturedBefore(event: StripeEvent): number | undefined {
  if (!event.previous?.has('amount_captured')) return undefined;
  const before = event.previous.integerOrNull('amount_captured') ?? 0;
  if (before < 0) throw new UnknownStripeValueError('data.previous_attributes.amount_captured', before, ['0 or more']);
  return before;
}

/** Only card payments can, and they say so. Older charges do not have the field: they could be captured once. */
function mayHaveBeenCapturedBefore(charge: StripeObject): boolean {
  const multicapture = charge.objectOrNull('payment_method_details')?.objectOrNull('card')?.objectOrNull('multicapture');
  return multicapture ? multicapture.raw('status') !== 'unavailable' : false;
}

function nothing(reason: IgnoredReason, text?: string): CaptureReading {
  return text === undefined ? { kind: 'nothing', reason } : { kind: 'nothing', reason, text };
}
