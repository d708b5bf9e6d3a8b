import { PipelineError } from '@tributary/domain';

/** HTTP status of each refusal. Hostile or wrong requests get 4xx; 503 only when Kafka is unavailable or the in-flight limit is reached. */
export const refusalStatus = {
  'stripe.endpoint-unknown': 404,
  'stripe.method-not-allowed': 405,
  'stripe.body-too-large': 413,
  'stripe.request-unusable': 400,
  'stripe.signature-missing': 400,
  'stripe.signature-malformed': 400,
  'stripe.signature-mismatch': 400,
  'stripe.signature-too-old': 400,
  'stripe.signature-from-future': 400,
  'stripe.body-empty': 400,
  'stripe.body-not-utf8': 400,
  'stripe.body-nested': 400,
  'stripe.body-repeated-key': 400,
  'stripe.body-not-json': 400,
  'stripe.not-an-event': 400,
  'stripe.thin-event': 400,
  'stripe.wrong-mode': 400,
  'stripe.wrong-account': 400,
  'ingest.kafka-away': 503,
  'ingest.busy': 503,
  'ingest.defect': 500,
} as const satisfies Record<string, number>;

/** Error code of a refusal. */
export type RefusalCode = keyof typeof refusalStatus;

/**
 * A delivery that is refused. Its message goes to the sender, so it says what was wrong and what to do, and never reveals a secret or
 * the value that would have been right (I8).
 */
export class DeliveryRefusedError extends PipelineError {
  readonly disposition = 'reject';

  constructor(
    readonly code: RefusalCode,
    message: string,
    context: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, context, options);
  }

  /** HTTP status of the answer. */
  get status(): number {
    return refusalStatus[this.code];
  }
}
