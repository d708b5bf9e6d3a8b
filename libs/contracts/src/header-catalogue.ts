import { contentTypes } from './content-types.js';
import type { headers } from './headers.js';

/** The documentation of one header. */
export interface HeaderDefinition {
  /** Where it is set: on `every` message, on `raw` facts, on `dead` letters; `some`: where it is known. */
  readonly on: 'every' | 'raw' | 'dead' | 'some';
  readonly says: string;
}

/** What every header says (generated documentation: docs/topics.md). */
export const headerCatalogue: Readonly<Record<keyof typeof headers, HeaderDefinition>> = {
  specVersion: { on: 'every', says: 'Version of CloudEvents: `1.0`.' },
  id: { on: 'every', says: 'Event id; consumers are idempotent by it.' },
  type: { on: 'every', says: 'Event type of the catalogue.' },
  source: { on: 'every', says: '`stripe/<account or default>/<endpoint>` or `tributary/<service>`.' },
  time: { on: 'every', says: 'ISO 8601, when the event was made.' },
  subject: { on: 'raw', says: "The source's own event type: `charge.succeeded`." },
  contentType: { on: 'every', says: `\`${contentTypes.json}\` for raw facts, \`${contentTypes.avro}\` otherwise.` },
  traceparent: { on: 'some', says: 'W3C trace context.' },
  tracestate: { on: 'some', says: 'W3C trace context.' },
  sequence: { on: 'some', says: 'The chain that must stay in order: one payment with its refunds. The record key when absent.' },
  sourceEvent: { on: 'some', says: 'Id of the raw fact at the start of the walk (`evt_...`).' },
  endpoint: { on: 'raw', says: 'Name of the endpoint that took it.' },
  account: { on: 'raw', says: 'Connected account; absent for the account of the endpoint itself.' },
  livemode: { on: 'raw', says: '`true` or `false`.' },
  receivedAt: { on: 'raw', says: 'ISO 8601, when it arrived.' },
  masked: {
    on: 'raw',
    says: 'How many values the card-number guard masked, and in which fields (at most 20): `2: data.object.description, data.object.metadata.note`.',
  },
  versionMismatch: {
    on: 'raw',
    says: 'Version that the body is written in, where the endpoint is pinned to another one; `none` for null.',
  },
  errorCode: { on: 'dead', says: 'Stable error code.' },
  errorText: { on: 'dead', says: 'What happened, in words; no secrets, no card data.' },
  errorContext: { on: 'dead', says: 'Ids, as JSON.' },
  originalTopic: { on: 'dead', says: 'Topic that it comes from.' },
  originalPartition: { on: 'dead', says: 'Partition that it comes from.' },
  originalOffset: { on: 'dead', says: 'Offset that it comes from.' },
  originalKey: { on: 'dead', says: 'Record key that it had.' },
  consumerGroup: { on: 'dead', says: 'Group that could not work on it.' },
  attempts: { on: 'dead', says: 'How many attempts were made.' },
  firstFailureAt: { on: 'dead', says: 'ISO 8601.' },
  lastFailureAt: { on: 'dead', says: 'ISO 8601.' },
  disposition: { on: 'dead', says: '`hold` where the target has to be looked into; absent otherwise.' },
  dueAt: { on: 'some', says: 'On the rungs of the ladder: not before that, milliseconds since the epoch.' },
  order: { on: 'some', says: 'On messages given back by a person: id of the order.' },
  orderAction: { on: 'some', says: '`replay`, `skip` or `resolve`.' },
  orderReason: { on: 'some', says: 'Why, in their words.' },
  orderReference: { on: 'some', says: "For `resolve`: the ERP's keys of the document, as JSON." },
  answers: { on: 'some', says: 'Answers of people to questions of flows, as JSON: `{"refund.approval":"post"}`.' },
};
