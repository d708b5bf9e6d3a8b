import { ledgerEffectLabels, units } from '../../recon/labels.js';
import { hrefOf, messageHref } from '../../shell/address.js';
import { addressPart } from '../../format/text.js';
import { choice, currency, days, recordList, text } from './record-list.js';
import type { RecordList } from './record-list.js';

/** Name of a list, as in the route of its page. */
export type RecordKind = 'dead-letters' | 'parked' | 'documents' | 'audit' | 'movements';

const letterStates = { open: 'Open', ordered: 'In an order', closed: 'Closed', notClosed: 'Not closed' };
const movementKinds = { refunded: 'Refunds', fees: 'Fees', disputes: 'Disputes', paidOut: 'Payouts' };

/** The page of what a movement is about: a payment, or what a payout took to the bank. */
function movedBy(id: string): string | undefined {
  if (/^(ch|py)_/.test(id)) return `/payments/${addressPart(id)}`;
  return id.startsWith('po_') ? hrefOf('/movements', { payout: id }) : undefined;
}

/** All lists that are shown as pages of records. */
export const recordLists: Readonly<Record<RecordKind, RecordList>> = {
  'dead-letters': recordList({
    title: 'Dead letters',
    unit: units.deadLetter,
    path: '/api/dead-letters',
    rows: 'deadLetters',
    filters: [
      choice('state', 'State', letterStates),
      text('cause', 'Cause'),
      text('group', 'Consumer group'),
      text('topic', 'Topic'),
      text('sequence', 'Sequence'),
      text('eventType', 'Event type'),
      text('assignee', 'Assigned to'),
      currency,
    ],
    file: '/api/dead-letters.csv',
    totals: '/api/dead-letters/totals',
    columns: [
      { title: 'Letter', field: 'id', as: 'id', leadsTo: (id) => `/letters/${addressPart(id)}` },
      { title: 'Since', field: 'deadAt', as: 'time' },
      { title: 'Cause', field: 'cause', as: 'id', leadsTo: (cause) => hrefOf('/dead-letters', { cause, state: 'notClosed' }) },
      { title: 'What was wrong', field: 'text', as: 'text' },
      { title: 'Event type', field: 'eventType', as: 'text' },
      { title: 'Event', field: 'eventId', as: 'id', leadsTo: messageHref },
      { title: 'Waiting behind', field: 'parkedBehind', as: 'count' },
      { title: 'Money at risk', field: 'money', as: 'amount' },
      { title: 'Assigned to', field: 'assignee', as: 'person' },
      { title: 'State', field: 'state', as: 'state', labels: letterStates },
    ],
    none: 'There is no such dead letter.',
  }),
  parked: recordList({
    title: 'Messages that wait behind a failed one',
    unit: units.parked,
    path: '/api/dead-letters/parked',
    rows: 'parked',
    filters: [],
    file: '/api/dead-letters/parked.csv',
    columns: [
      { title: 'Since', field: 'parkedAt', as: 'time' },
      { title: 'Sequence', field: 'sequence', as: 'id', leadsTo: (sequence) => hrefOf('/dead-letters', { sequence }) },
      { title: 'Waits behind', field: 'behind', as: 'id' },
      { title: 'Event', field: 'eventId', as: 'id', leadsTo: messageHref },
      { title: 'Money', field: 'money', as: 'amount' },
    ],
    none: 'Nothing waits behind a failed message.',
  }),
  audit: recordList({
    title: 'Audit',
    unit: { one: 'entry', many: 'entries' },
    path: '/api/audit',
    rows: 'rows',
    filters: [
      text('subject', 'Subject', 'person:..., service:...'),
      text('object', 'About', 'order:..., letter:...'),
      text('action', 'Did', 'order.approved'),
      ...days,
    ],
    file: '/api/audit.csv',
    columns: [
      { title: 'Place', field: 'sequence', as: 'link', leadsTo: (place) => `/audit/${addressPart(place)}` },
      { title: 'At', field: 'at', as: 'time' },
      { title: 'Who', field: 'name', as: 'text' },
      { title: 'Subject', field: 'subject', as: 'id', leadsTo: (subject) => hrefOf('/audit', { subject }) },
      { title: 'Did', field: 'action', as: 'text' },
      { title: 'About', field: 'object', as: 'id', leadsTo: (object) => hrefOf('/audit', { object }) },
      { title: 'Target', field: 'target', as: 'text' },
      { title: 'Why', field: 'reason', as: 'text' },
    ],
    none: 'There is no such entry.',
  }),
  documents: recordList({
    title: 'Documents beside the entries of the ledger',
    unit: units.comparison,
    path: '/api/reconciliation/documents',
    rows: 'documents',
    filters: [choice('state', 'State', { ...ledgerEffectLabels, open: 'Different or missing' }), text('target', 'Target')],
    file: '/api/reconciliation/documents.csv',
    columns: [
      { title: 'Document', field: 'postingKey', as: 'id' },
      { title: 'Kind', field: 'kind', as: 'text' },
      { title: 'State', field: 'state', as: 'state', labels: ledgerEffectLabels },
      { title: 'What differs, and what to do', field: 'text', as: 'text' },
      { title: 'Payment', field: 'chargeId', as: 'id', leadsTo: (charge) => `/payments/${addressPart(charge)}` },
      { title: 'Read', field: 'checkedAt', as: 'time' },
    ],
    none: 'There is no such document.',
  }),
  movements: recordList({
    title: "Movements of Stripe's balance",
    unit: units.movement,
    path: '/api/movements',
    rows: 'movements',
    filters: [
      choice('kind', 'Kind', movementKinds),
      text('payout', 'In payout', 'po_...'),
      text('id', 'Movement', 'txn_...'),
      currency,
      ...days,
    ],
    file: '/api/movements.csv',
    totals: '/api/movements/totals',
    columns: [
      { title: 'At', field: 'at', as: 'time' },
      { title: 'Movement', field: 'id', as: 'id' },
      { title: 'About', field: 'about', as: 'id', leadsTo: movedBy },
      { title: 'Type', field: 'type', as: 'text' },
      { title: 'Gross', field: 'gross', as: 'amount' },
      { title: 'Fee', field: 'fee', as: 'amount' },
      { title: 'Net', field: 'net', as: 'amount' },
      { title: 'Counted', field: 'counted', as: 'amount' },
      { title: 'In payout', field: 'payoutId', as: 'id', leadsTo: (payout) => hrefOf('/movements', { payout }) },
    ],
    none: 'There is no such movement. What is in a payout Stripe tells once it is paid, and never of one that was made by hand.',
  }),
};
