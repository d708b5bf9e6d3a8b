import type { Labels } from '../../components/chip.js';
import { ledgerEffectLabels, stateLabels, units } from '../../recon/labels.js';
import type { Unit } from '../../components/figure.js';

/** A column of a list: its field in recon's rows, and how the value is displayed. */
export interface Column {
  readonly title: string;
  readonly field: string;
  readonly as: 'text' | 'id' | 'time' | 'count' | 'amount' | 'state' | 'payment' | 'letter' | 'person';
  readonly labels?: Labels;
}

/** One list of recon as a page: its path, the name of the field that holds its rows, its filters and its columns. */
export interface RecordList {
  readonly title: string;
  readonly unit: Unit;
  readonly path: string;
  readonly rows: string;
  readonly filters: readonly string[];
  readonly columns: readonly Column[];
  readonly none: string;
}

/** Name of a list, as in the route of its page. */
export type RecordKind = 'events' | 'canonical-events' | 'postings' | 'dead-letters' | 'parked' | 'documents' | 'audit' | 'movements';

const letterStates = { open: 'Open', ordered: 'In an order', closed: 'Closed' };

/** All lists that are shown as pages of records. */
export const recordLists: Readonly<Record<RecordKind, RecordList>> = {
  events: {
    title: 'Events of Stripe',
    unit: units.event,
    path: '/events',
    rows: 'events',
    filters: ['state', 'reason', 'stuck'],
    columns: [
      { title: 'Received', field: 'firstReceivedAt', as: 'time' },
      { title: 'Event', field: 'eventId', as: 'id' },
      { title: 'Type', field: 'type', as: 'text' },
      { title: 'State', field: 'state', as: 'state', labels: stateLabels },
      { title: 'Reason', field: 'reason', as: 'text' },
      { title: 'Deliveries', field: 'deliveries', as: 'count' },
    ],
    none: 'There is no such event.',
  },
  'canonical-events': {
    title: 'Canonical events',
    unit: units.canonicalEvent,
    path: '/canonical-events',
    rows: 'canonicalEvents',
    filters: [],
    columns: [
      { title: 'Translated', field: 'translatedAt', as: 'time' },
      { title: 'Canonical event', field: 'canonicalId', as: 'id' },
      { title: 'Type', field: 'type', as: 'text' },
      { title: 'From event', field: 'eventId', as: 'id' },
      { title: 'Ignored because', field: 'ignoredReason', as: 'text' },
    ],
    none: 'There is no canonical event yet.',
  },
  postings: {
    title: 'Posting requests',
    unit: units.posting,
    path: '/postings',
    rows: 'postings',
    filters: ['target', 'written'],
    columns: [
      { title: 'Requested', field: 'requestedAt', as: 'time' },
      { title: 'Posting key', field: 'postingKey', as: 'id' },
      { title: 'Target', field: 'target', as: 'text' },
      { title: 'Kind', field: 'kind', as: 'text' },
      { title: 'Result', field: 'result', as: 'text' },
      { title: 'From event', field: 'eventId', as: 'id' },
    ],
    none: 'There is no such posting request.',
  },
  'dead-letters': {
    title: 'Dead letters',
    unit: units.deadLetter,
    path: '/dead-letters',
    rows: 'deadLetters',
    filters: ['state', 'cause', 'group', 'topic', 'sequence', 'eventType', 'assignee'],
    columns: [
      { title: 'Letter', field: 'id', as: 'letter' },
      { title: 'Since', field: 'deadAt', as: 'time' },
      { title: 'Cause', field: 'cause', as: 'id' },
      { title: 'What was wrong', field: 'text', as: 'text' },
      { title: 'Event type', field: 'eventType', as: 'text' },
      { title: 'Event', field: 'eventId', as: 'id' },
      { title: 'Waiting behind', field: 'parkedBehind', as: 'count' },
      { title: 'Money at risk', field: 'money', as: 'amount' },
      { title: 'Assigned to', field: 'assignee', as: 'person' },
      { title: 'State', field: 'state', as: 'state', labels: letterStates },
    ],
    none: 'There is no such dead letter.',
  },
  parked: {
    title: 'Messages that wait behind a failed one',
    unit: units.parked,
    path: '/dead-letters/parked',
    rows: 'parked',
    filters: [],
    columns: [
      { title: 'Since', field: 'parkedAt', as: 'time' },
      { title: 'Sequence', field: 'sequence', as: 'id' },
      { title: 'Waits behind', field: 'behind', as: 'id' },
      { title: 'Event', field: 'eventId', as: 'id' },
      { title: 'Money', field: 'money', as: 'amount' },
    ],
    none: 'Nothing waits behind a failed message.',
  },
  audit: {
    title: 'Audit',
    unit: { one: 'entry', many: 'entries' },
    path: '/audit',
    rows: 'rows',
    filters: ['subject', 'object', 'action', 'from', 'to'],
    columns: [
      { title: 'Place', field: 'sequence', as: 'text' },
      { title: 'At', field: 'at', as: 'time' },
      { title: 'Who', field: 'name', as: 'text' },
      { title: 'Subject', field: 'subject', as: 'id' },
      { title: 'Did', field: 'action', as: 'id' },
      { title: 'About', field: 'object', as: 'id' },
      { title: 'Target', field: 'target', as: 'text' },
      { title: 'Why', field: 'reason', as: 'text' },
    ],
    none: 'There is no such entry.',
  },
  documents: {
    title: 'Documents beside the entries of the ledger',
    unit: units.comparison,
    path: '/reconciliation/documents',
    rows: 'documents',
    filters: ['state', 'target'],
    columns: [
      { title: 'Read', field: 'checkedAt', as: 'time' },
      { title: 'Document', field: 'postingKey', as: 'id' },
      { title: 'Kind', field: 'kind', as: 'text' },
      { title: 'State', field: 'state', as: 'state', labels: ledgerEffectLabels },
      { title: 'What differs, and what to do', field: 'text', as: 'text' },
      { title: 'Payment', field: 'chargeId', as: 'payment' },
    ],
    none: 'There is no such document.',
  },
  movements: {
    title: "Movements of Stripe's balance",
    unit: units.movement,
    path: '/movements',
    rows: 'movements',
    filters: ['kind', 'currency', 'from', 'to'],
    columns: [
      { title: 'At', field: 'at', as: 'time' },
      { title: 'Movement', field: 'id', as: 'id' },
      { title: 'Type', field: 'type', as: 'text' },
      { title: 'Category', field: 'category', as: 'text' },
      { title: 'Gross', field: 'gross', as: 'amount' },
      { title: 'Fee', field: 'fee', as: 'amount' },
      { title: 'Net', field: 'net', as: 'amount' },
      { title: 'Counted', field: 'counted', as: 'amount' },
    ],
    none: 'There is no such movement.',
  },
};

/** Names of filters for display. */
export const filterLabels: Labels = {
  state: 'State',
  reason: 'Reason',
  stuck: 'Without news for a while',
  target: 'Target',
  written: 'Written',
  cause: 'Cause',
  group: 'Consumer group',
  topic: 'Topic',
  sequence: 'Sequence',
  eventType: 'Event type',
  assignee: 'Assigned to',
  subject: 'Subject',
  object: 'About',
  action: 'Did',
  kind: 'Kind',
  currency: 'Currency',
  from: 'From',
  to: 'Before',
};
