import { contentTypes } from './content-types.js';
import type { headers } from './headers.js';

/** The documentation of one header. */
export interface HeaderDefinition {
  /** Where it is set: on `every` message, on `raw` facts, on `dead` letters; `some`: where it is known. */
  readonly on: 'every' | 'raw' | 'dead' | 'some';
  readonly description: string;
}

/** What every header says (generated documentation: docs/topics.md). */
export const headerCatalogue: Readonly<Record<keyof typeof headers, HeaderDefinition>> = {
  specVersion: { on: 'every', description: 'Version of CloudEvents: `1.0`.' },
  id: { on: 'every', description: 'Event id; consumers are idempotent by it.' },
  type: { on: 'every', description: 'Event type of the catalogue.' },
  source: { on: 'every', description: '`stripe/<account or default>/<endpoint>` or `tributary/<service>`.' },
  time: { on: 'every', description: 'ISO 8601, when the event was made.' },
  subject: { on: 'raw', description: "The source's own event type: `charge.succeeded`." },
  contentType: { on: 'every', description: `\`${contentTypes.json}\` for raw facts, \`${contentTypes.avro}\` otherwise.` },
  traceparent: { on: 'some', description: 'W3C trace context.' },
  tracestate: { on: 'some', description: 'W3C trace context.' },
  sequence: { on: 'some', description: 'The chain that must stay in order: one payment with its refunds. The record key when absent.' },
  sourceEvent: { on: 'some', description: 'Id of the raw fact that the message follows from (`evt_...`).' },
  endpoint: { on: 'raw', description: 'Name of the endpoint that accepted it.' },
  account: { on: 'raw', description: 'Connected account; absent for the account of the endpoint itself.' },
  livemode: { on: 'raw', description: '`true` or `false`.' },
  receivedAt: { on: 'raw', description: 'ISO 8601, when it arrived.' },
  masked: {
    on: 'raw',
    description:
      'How many values the card-number guard masked, and in which fields (at most 20): `2: data.object.description, data.object.metadata.note`.',
  },
  versionMismatch: {
    on: 'raw',
    description: 'Version that the body is written in, where the endpoint is pinned to another one; `none` for null.',
  },
  errorCode: { on: 'dead', description: 'Stable error code.' },
  errorText: { on: 'dead', description: 'What happened, in words; no secrets, no card data.' },
  errorContext: { on: 'dead', description: 'Ids, as JSON.' },
  originalTopic: { on: 'dead', description: 'Topic that the message was read from.' },
  originalPartition: { on: 'dead', description: 'Partition that the message was read from.' },
  originalOffset: { on: 'dead', description: 'Offset of the message there.' },
  originalKey: { on: 'dead', description: 'Record key of the message.' },
  consumerGroup: { on: 'dead', description: 'Group that could not process it.' },
  attempts: { on: 'dead', description: 'Number of attempts.' },
  firstFailureAt: { on: 'dead', description: 'ISO 8601.' },
  lastFailureAt: { on: 'dead', description: 'ISO 8601.' },
  disposition: { on: 'dead', description: '`hold` where an operator has to look into the target; absent otherwise.' },
  dueAt: { on: 'some', description: 'On delay topics: earliest time of the next attempt, milliseconds since the epoch.' },
  order: { on: 'some', description: 'On replayed messages: id of the replay order.' },
  orderAction: { on: 'some', description: '`replay`, `skip` or `resolve`.' },
  orderReason: { on: 'some', description: "The operator's reason." },
  orderReference: { on: 'some', description: "For `resolve`: the ERP's keys of the document, as JSON." },
  answers: { on: 'some', description: 'Answers of operators to questions of flows, as JSON: `{"refund.approval":"post"}`.' },
  seal: {
    on: 'some',
    description:
      'Seal of the message, where FACT_SEAL_KEYS is set: HMAC-SHA256 over key, value and the headers that matter, `v1:<key id>:<base64url>`; the key id begins with the service that made it.',
  },
  orderSeal: {
    on: 'some',
    description: 'On replayed messages, where FACT_SEAL_KEYS is set: seal of recon over the order and the place of the message.',
  },
};
