import { stateLabels, units } from '../../recon/labels.js';
import { messageHref } from '../../shell/address.js';
import { choice, days, recordList, text } from '../records/record-list.js';
import type { RecordList } from '../records/record-list.js';

/** Name of a list of messages, as in the address of its page. */
export type MessageListName = 'events' | 'canonical-events' | 'postings' | 'outcomes';

/** One list of messages. */
export interface MessageList extends RecordList {
  readonly path: `/api/${MessageListName}`;
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
    section: 'Raw',
    says: 'Webhooks as they arrived, byte for byte, in stripe.events.v1.',
    ...recordList({
      ...{ title: 'Events of Stripe', unit: units.event },
      path: '/api/events',
      rows: 'events',
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
    }),
  },
  'canonical-events': {
    section: 'Canonical',
    says: 'What happened, in accounting words, independent of any ERP: party.v1, ar.v1, billing.v1, treasury.v1, risk.v1.',
    ...recordList({
      ...{ title: 'Canonical events', unit: units.canonicalEvent },
      path: '/api/canonical-events',
      rows: 'canonicalEvents',
      filters: common('of the fact or the event', 'ar.payment-received'),
      columns: [
        { title: 'Translated', field: 'translatedAt', as: 'time' },
        { title: 'Canonical event', field: 'canonicalId', as: 'id', leadsTo: messageHref },
        { title: 'Type', field: 'type', as: 'text' },
        { title: 'From event', field: 'eventId', as: 'id', leadsTo: messageHref },
        { title: 'Ignored because', field: 'ignoredReason', as: 'text' },
      ],
      none: 'There is no such canonical event.',
    }),
  },
  postings: {
    section: 'Requests',
    says: 'Documents that a target should have, and how each request ended.',
    ...recordList({
      ...{ title: 'Posting requests', unit: units.posting },
      path: '/api/postings',
      rows: 'postings',
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
    }),
  },
  outcomes: {
    section: 'Outcomes',
    says: 'What became of each request, as the sinks told it in erp.v1: one document may have several.',
    ...recordList({
      ...{ title: 'Outcomes', unit: { one: 'outcome', many: 'outcomes' } },
      path: '/api/outcomes',
      rows: 'outcomes',
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
    }),
  },
};
