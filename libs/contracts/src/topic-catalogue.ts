import { events } from './events.js';
import type { EventDefinition } from './events.js';
import { topics } from './topics.js';

/** raw facts, canonical facts, posting requests, outcomes, control messages and reference tables are never mixed in one topic. */
export type TopicKind = 'raw' | 'canonical' | 'pipeline' | 'posting' | 'outcome' | 'control' | 'reference';

/** Configuration and contents of a topic. */
export interface TopicDefinition {
  readonly name: string;
  readonly kind: TopicKind;
  readonly partitions: number;
  readonly cleanupPolicy: 'delete' | 'compact';
  /** Milliseconds; -1: for ever. */
  readonly retentionMs: number;
  /** Bytes of the largest record. */
  readonly maxMessageBytes: number;
  /** Contents of the record key. */
  readonly key: string;
  readonly writtenBy: string;
  readonly description: string;
  /** Full names of the Avro records in it; none: raw bytes. */
  readonly records: readonly string[];
}

const dayMs = 24 * 60 * 60 * 1_000;
/** Longer than Stripe keeps events (30 days), because a backfill may repeat deliveries. */
const rawRetentionMs = 40 * dayMs;
const requestRetentionMs = 40 * dayMs;
/** Data teams and rebuilds read canonical facts and outcomes. */
const factRetentionMs = 400 * dayMs;
const forEver = -1;
const defaultPartitions = 6;
/** Largest record of a topic of the catalogue. */
export const maxMessageBytes = 2 * 1024 * 1024;

const customerKey = 'Stripe customer id; for guests the payment id';

type Row = Pick<TopicDefinition, 'name' | 'kind' | 'key' | 'writtenBy' | 'description'> & Partial<TopicDefinition>;

const canonical = (name: string, key: string, description: string): Row => ({
  name,
  kind: 'canonical',
  retentionMs: factRetentionMs,
  key,
  writtenBy: 'transform',
  description,
});
const compacted = (name: string, kind: TopicKind, writtenBy: string, key: string, description: string): Row => ({
  name,
  kind,
  cleanupPolicy: 'compact',
  retentionMs: forEver,
  key,
  writtenBy,
  description,
});

const fixed: readonly Row[] = [
  {
    name: topics.stripeEvents,
    kind: 'raw',
    retentionMs: rawRetentionMs,
    key: customerKey,
    writtenBy: 'ingest',
    description: 'Events of Stripe, byte for byte as they arrived. One record per delivery; source of every replay.',
  },
  {
    name: topics.erpChanges,
    kind: 'raw',
    retentionMs: rawRetentionMs,
    key: '`<target>/<kind>/<key of the record in the ERP>`',
    writtenBy: 'ingest',
    description: 'Changes that an ERP reported or that a poll found, with the text as the ERP gave it.',
  },
  canonical(topics.party, customerKey, 'Customers and their tax numbers.'),
  canonical(topics.ar, customerKey, 'Payments, refunds, disputes, credit notes, checkouts; documents of receivables in ERPs.'),
  canonical(
    topics.billing,
    `${customerKey}; product id for products and prices`,
    'Invoices, subscriptions, products, prices; items in ERPs.',
  ),
  canonical(topics.treasury, 'Payout id; movement id without a payout', 'Payouts and the entries of the source ledger.'),
  canonical(topics.risk, customerKey, 'Fraud warnings, reviews, assessments of charges.'),
  {
    name: topics.pipeline,
    kind: 'pipeline',
    retentionMs: factRetentionMs,
    key: 'as the event it is about',
    writtenBy: 'transform; every service for what is parked and for dead letters that are closed',
    description: 'Outcome of every event in transform, also of ignored ones; parked messages; dead letters that were dealt with.',
  },
  {
    name: topics.erp,
    kind: 'outcome',
    retentionMs: factRetentionMs,
    key: 'as the request; the target for its state',
    writtenBy: 'erp-sink',
    description: 'Outcomes of posting requests; parked messages; the state of targets.',
  },
  compacted(topics.xrefCustomer, 'outcome', 'erp-sink', '`<target>/<source id>`', 'Which customer is which in a target.'),
  compacted(topics.xrefItem, 'outcome', 'erp-sink', '`<target>/<source id>`', 'Which product or price is which item in a target.'),
  compacted(topics.xrefDocument, 'outcome', 'erp-sink', '`<target>/<source id>`', 'Which fact is which document in a target.'),
  compacted(
    topics.assets,
    'control',
    'console',
    '`<kind>/<name>/<version>`; `<environment>/<kind>/<name>` for activations',
    'Versions of flows, mappings, tables and profiles, and which of them count where.',
  ),
  {
    ...compacted(
      topics.currencies,
      'reference',
      'the set-up',
      'currency',
      'How many decimals amounts of a currency have; a record for each, and one for all others.',
    ),
    partitions: 1,
  },
  compacted(topics.checkpoints, 'control', 'ingest', '`<sweep>/<account>`', 'How far sweeps and polls have come.'),
  {
    name: topics.ops,
    kind: 'control',
    retentionMs: factRetentionMs,
    key: 'order id; posting key for decisions; name for schedules',
    writtenBy: 'console',
    description: 'Orders of operators: replays, back-fills, decisions about held postings; and schedules that came due.',
  },
];

/**
 * Every topic for a set of targets, ready to be made. Retry topics and dead letters are made by the groups that need them
 * (`topics.retry`, `topics.deadLetters`).
 */
export function topicCatalogue(options: { readonly targets: readonly string[] }): readonly TopicDefinition[] {
  const postings = options.targets.map((target): Row => ({
    name: topics.postings(target),
    kind: 'posting',
    retentionMs: requestRetentionMs,
    key: customerKey,
    writtenBy: 'transform',
    description: `Documents that ${target} should have.`,
    records: [events.postingRequested.record as string],
  }));
  return [...fixed, ...postings].map((row) => ({
    partitions: defaultPartitions,
    cleanupPolicy: 'delete',
    retentionMs: factRetentionMs,
    maxMessageBytes,
    records: recordsIn(row.name),
    ...row,
  }));
}

/** Topic name -> full names of the Avro records in it, for a set of targets. Topics of raw bytes are not in it. */
export function recordsByTopic(options: { readonly targets: readonly string[] }): ReadonlyMap<string, readonly string[]> {
  return new Map(topicCatalogue(options).flatMap(({ name, records }) => (records.length > 0 ? [[name, records] as const] : [])));
}

function recordsIn(topic: string): string[] {
  const all: EventDefinition<unknown>[] = Object.values(events);
  return all.flatMap((event) => (event.topic === topic && event.record !== undefined ? [event.record] : []));
}
