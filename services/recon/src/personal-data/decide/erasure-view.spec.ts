import { erasureView } from './erasure-view.js';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 21);
const topics = [
  { name: 'ar.v1', retentionMs: 400 * day },
  { name: 'stripe.events.v1', retentionMs: 40 * day },
  { name: 'xref.customer.v1', retentionMs: undefined },
  { name: 'party.v1', retentionMs: 400 * day },
];

it('names tables with their fields, and says until when each topic keeps its messages', () => {
  const view = erasureView('cus_1', { rows: { payment: 2 }, openLetters: 0, auditReasons: 3 }, { done: true, topics, now });
  expect(view).toMatchObject({
    ...{ customerId: 'cus_1', done: true, waits: [] },
    tables: [{ table: 'recon.payment', rows: 2, fields: ['customer_name', 'lookup_hashes'] }],
  });
  expect(view.stays.slice(0, 2)).toEqual([
    'topics, until 2026-12-31 at the latest: stripe.events.v1',
    'topics, until 2027-12-26 at the latest: ar.v1, party.v1',
  ]);
  expect(view.stays.join('\n')).toMatch(/xref\.customer\.v1[^]*3 reasons[^]*Stripe[^]*ERP[^]*backups/);
});

it('says what waits, and why', () => {
  const { waits } = erasureView('cus_1', { rows: {}, openLetters: 2, auditReasons: 0 }, { done: false, topics: [], now });
  expect(waits).toEqual([expect.stringMatching(/^2 open dead letters .* until they are closed/)]);
});
