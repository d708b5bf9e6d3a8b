/** Message headers: CloudEvents 1.0 binary mode for Kafka, W3C trace context, and ours. All values are UTF-8 text. */
export const headers = {
  specVersion: 'ce_specversion',
  /** Event id; consumers are idempotent by it. */
  id: 'ce_id',
  /** Event type from the catalogue. */
  type: 'ce_type',
  /** `stripe/<account or default>/<endpoint>` or `tributary/<service>`. */
  source: 'ce_source',
  /** ISO 8601, when the event was made. */
  time: 'ce_time',
  /** Raw facts: Stripe's own event type, `charge.succeeded`. */
  subject: 'ce_subject',
  contentType: 'content-type',
  traceparent: 'traceparent',
  tracestate: 'tracestate',
  /** The chain that must stay in order: one payment with its refunds (DESIGN, keys). */
  sequence: 'tributary_sequence',
  /** Id of the raw fact at the start of the walk (`evt_...`). */
  sourceEvent: 'tributary_source_event',
  /** Raw facts: endpoint name, account, mode. */
  endpoint: 'tributary_endpoint',
  account: 'tributary_account',
  livemode: 'tributary_livemode',
  receivedAt: 'tributary_received_at',
  /** Set by the card-number guard: how many values were masked, and in which fields. */
  masked: 'tributary_masked',
  /** Raw facts: the version the body is written in, where the endpoint is pinned to another. */
  versionMismatch: 'tributary_version_mismatch',
  /** Dead letters. */
  errorCode: 'tributary_error_code',
  errorText: 'tributary_error_text',
  errorContext: 'tributary_error_context',
  originalTopic: 'tributary_original_topic',
  originalPartition: 'tributary_original_partition',
  originalOffset: 'tributary_original_offset',
  originalKey: 'tributary_original_key',
  consumerGroup: 'tributary_consumer_group',
  attempts: 'tributary_attempts',
  firstFailureAt: 'tributary_first_failure_at',
  lastFailureAt: 'tributary_last_failure_at',
  /** `hold` where nothing is wrong with the message and a person has to look into the target. */
  disposition: 'tributary_disposition',
  /** Rungs of the ladder: not before that, milliseconds since the epoch. */
  dueAt: 'tributary_due_at',
  /** Given back by a person: id of the order, what is to be done (`replay`, `skip`, `resolve`), why, and the reference for `resolve`. */
  order: 'tributary_order',
  orderAction: 'tributary_order_action',
  orderReason: 'tributary_order_reason',
  orderReference: 'tributary_order_reference',
  /** Answers of people to questions of flows, as JSON: code of the question -> answer. Kept while a message is given back again. */
  answers: 'tributary_answers',
  /** HMAC-SHA256 over key, value and the headers that matter, under a key of the service that made the message: `v1:<key id>:<base64url>`. */
  seal: 'tributary_seal',
  /** The same over the order of a replay, under a key of recon. */
  orderSeal: 'tributary_order_seal',
} as const;
/** Name of one of our headers. */
export type HeaderName = (typeof headers)[keyof typeof headers];
