import { PipelineError } from '@tributary/domain';

/** HTTP status of each reason why the door refuses. Everything hostile or wrong is 4xx; 503 only when Kafka is away or we are full. */
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
  'stripe.body-not-json': 400,
  'stripe.not-an-event': 400,
  'stripe.thin-event': 400,
  'stripe.wrong-mode': 400,
  'stripe.wrong-account': 400,
  'ingest.kafka-away': 503,
  'ingest.busy': 503,
  'ingest.defect': 500,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof refusalStatus;

/**
 * A delivery that is not taken. Its message goes to the sender and must help an engineer without revealing a secret (I8): what was
 * wrong and what to do, never what would have been right.
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

  get status(): number {
    return refusalStatus[this.code];
  }
}
