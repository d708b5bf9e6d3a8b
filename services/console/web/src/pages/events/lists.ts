import { stateLabels, units } from '../../recon/labels.js';
import { messageHref } from '../../shell/address.js';
import { choice, days, text } from '../records/record-list.js';
import type { RecordList } from '../records/record-list.js';

/** Name of a list of messages, as in the address of its page. */
export type MessageListName = 'events' | 'canonical-events' | 'postings' | 'outcomes';

/** One list of messages. */
export interface MessageList extends RecordList {
  /** Its name among the sections of the room. */
  readonly section: string;
  /** What a row is, in one sentence. */
  readonly says: string;
}

const common = (ofId: string, ofType: string) => [
  text('id', 'Id', ofId),
  text('type', 'Type', ofType),
  text('key', 'Customer, charge or payment', 'its id at Stripe'),
  ...days,
];
const ofTarget = [text('target', 'Target'), text('result', 'Result', 'posted, rejected, held')];

/** All lists of messages, in the order in which a payment passes them. */
export const messageLists: Readonly<Record<MessageListName, MessageList>> = {
  events: {
    ...{ title: 'Events of Stripe', section: 'Raw', unit: units.event, path: '/events', rows: 'events' },
    says: 'Webhooks as they arrived, byte for byte, in stripe.events.v1.',
    filters: [
      ...common('of the event', 'charge.succeeded'),
      choice('state', 'State', stateLabels),
      text('reason', 'Reason'),
      choice('stuck', 'Without news for a while', { true: 'Yes' }),
    ],
    columns: [
      { title: 'Received', field: 'firstReceivedAt', as: 'time' },
      { title: 'Event', field: 'eventId', as: 'id', leadsTo: messageHref },
      { title: 'Type', field: 'type', as: 'text' },
      { title: 'State', field: 'state', as: 'state', labels: stateLabels },
      { title: 'Reason', field: 'reason', as: 'text' },
      { title: 'Deliveries', field: 'deliveries', as: 'count' },
    ],
    none: 'There is no such event.',
  },
  'canonical-events': {
    ...{ title: 'Canonical events', section: 'Canonical', unit: units.canonicalEvent, path: '/canonical-events', rows: 'canonicalEvents' },
    says: 'What happened, in accounting words, independent of any ERP: party.v1, ar.v1, billing.v1, treasury.v1, risk.v1.',
    filters: common('of the fact or the event', 'ar.payment-received'),
    columns: [
      { title: 'Translated', field: 'translatedAt', as: 'time' },
      { title: 'Canonical event', field: 'canonicalId', as: 'id', leadsTo: messageHref },
      { title: 'Type', field: 'type', as: 'text' },
      { title: 'From event', field: 'eventId', as: 'id', leadsTo: messageHref },
      { title: 'Ignored because', field: 'ignoredReason', as: 'text' },
    ],
    none: 'There is no such canonical event.',
  },
  postings: {
    ...{ title: 'Posting requests', section: 'Requests', unit: units.posting, path: '/postings', rows: 'postings' },
    says: 'Documents that a target should have, and how each request ended.',
    filters: [
      ...common('of the request or the event, or a posting key', 'cash-receipt'),
      ...ofTarget,
      choice('written', 'Written', { documents: 'ERP documents', metadata: 'Writes to Stripe' }),
    ],
    columns: [
      { title: 'Requested', field: 'requestedAt', as: 'time' },
      { title: 'Request', field: 'requestId', as: 'id', leadsTo: messageHref },
      { title: 'Posting key', field: 'postingKey', as: 'id' },
      { title: 'Result', field: 'result', as: 'text' },
      { title: 'From event', field: 'eventId', as: 'id', leadsTo: messageHref },
    ],
    none: 'There is no such posting request.',
  },
  outcomes: {
    ...{ title: 'Outcomes', section: 'Outcomes', unit: { one: 'outcome', many: 'outcomes' }, path: '/outcomes', rows: 'outcomes' },
    says: 'What became of each request, as the sinks told it in erp.v1: one document may have several.',
    filters: [...common('of the outcome or the event, or a posting key', 'cash-receipt'), ...ofTarget],
    columns: [
      { title: 'Told', field: 'concludedAt', as: 'time' },
      { title: 'Outcome', field: 'outcomeId', as: 'id', leadsTo: messageHref },
      { title: 'Result', field: 'result', as: 'text' },
      { title: 'Posting key', field: 'postingKey', as: 'id' },
      { title: 'Code', field: 'code', as: 'text' },
      { title: 'Attempts', field: 'attempts', as: 'count' },
      { title: 'From event', field: 'eventId', as: 'id', leadsTo: messageHref },
    ],
    none: 'There is no such outcome.',
  },
};
