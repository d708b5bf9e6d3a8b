import { PipelineError } from '@tributary/domain';

/** The body is not the Stripe object its type promises: a field is missing or of another type. It can never be translated as it is. */
export class InvalidStripeObjectError extends PipelineError {
  readonly code = 'stripe.object-invalid';
  readonly disposition = 'reject';
}

/**
 * A field that decides whether and how much money moved holds a value that this version does not know: a word that Stripe added, or the shape
 * of an old API version that leaves it open. Nothing is guessed from it: the event waits as a dead letter with its money.
 */
export class UnknownStripeValueError extends PipelineError {
  readonly code = 'stripe.value-unknown';
  readonly disposition = 'reject';

  /**
   * @param path of the field in the event, `data.object.status`.
   * @param value what is there; only a plain word of Stripe's own alphabet is repeated in the message (I8).
   * @param known what this version understands there.
   */
  constructor(path: string, value: unknown, known: readonly string[]) {
    super(
      `deciding what happened to money: ${path} is ${described(value)}, known are ${known.join(', ')}; look the object up in Stripe, ` +
        'then replay this event with a version that knows the value, or resolve it by hand',
      { path },
    );
  }
}

const stripeWord = /^[a-z][a-z_]{0,39}$/;

function described(value: unknown): string {
  if (value === null || value === undefined) return 'missing';
  if (typeof value === 'string') return stripeWord.test(value) ? `"${value}"` : 'an unknown text';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

/** Stripe did not answer for an object that the fact would be wrong without. The event is translated when Stripe answers again. */
export class EnrichmentUnavailableError extends PipelineError {
  readonly code = 'stripe.enrichment-unavailable';
  readonly disposition = 'retry';

  /** @param kind what was asked for. @param id by which it was asked for. @param reason why there was no answer. */
  constructor(kind: string, id: string, reason: string) {
    super(`reading ${kind} of ${id} from Stripe: ${reason}; tried again until Stripe answers`, { kind, id });
  }
}

/** The members of a payout cannot be told, so nothing is booked for it from this event. */
export class PayoutMembersUnknownError extends PipelineError {
  readonly code = 'stripe.payout-members-unknown';
  readonly disposition = 'reject';
}

/**
 * Nothing says yet in which currency Stripe keeps the money of a charge, so its clearing account is not known. It is asked again until the
 * balance transaction is there; after `STRIPE_SETTLEMENT_WAIT_MS` a person decides.
 */
export class SettlementUnknownError extends PipelineError {
  readonly code = 'stripe.settlement-unknown';
  readonly disposition = 'retry';

  /**
   * @param chargeId the charge whose balance transaction is missing.
   * @param currency of the charge, upper case.
   * @param holdAfterMs age of the first failure at which it is held instead of tried again.
   */
  constructor(
    chargeId: string,
    currency: string,
    override readonly holdAfterMs: number,
  ) {
    super(
      `choosing the clearing account of charge ${chargeId}: Stripe has not told the balance transaction, so the currency it settles in is not ` +
        `known; replay when it is there, or add ${currency} to STRIPE_SETTLEMENT_CURRENCIES if the Stripe account keeps ${currency} as ${currency}`,
      { charge: chargeId, currency },
    );
  }
}
