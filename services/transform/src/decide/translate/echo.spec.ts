import { eventOf, fixture } from '../../testing/fixtures.js';
import { isEcho } from './echo.js';
import type { OwnWrites } from './echo.js';
import type { StripeEvent } from '../stripe-model/stripe-event.js';
import { plainSettings, translate, enrichmentNeeded } from './translate.js';

const own: OwnWrites = {
  metadataKeys: new Set(['kinetic_customer_id', 'kinetic_customer_num', 'tributary_posting_key']),
  idempotencyPrefix: 'tributary:',
};
const key = 'tributary:0123456789ABCDEFGHJKMNPQRSTVWXYZ0123456789ABCDEFGH';
const firstWrite = { metadata: { kinetic_customer_id: null, kinetic_customer_num: null, tributary_posting_key: null } };

/** customer.updated as Stripe sends it about a call with that key, which changed that. */
function updated(previous: object, idempotencyKey: string | null = key, metadata: Record<string, string> = {}): StripeEvent {
  const body = fixture('events/customer.updated.json') as { data: { object: { metadata: object } } };
  const ours = { kinetic_customer_id: 'ABC', kinetic_customer_num: '7', tributary_posting_key: 'k' };
  const object = { ...body.data.object, metadata: { ...body.data.object.metadata, ...ours, ...metadata } };
  return eventOf({ ...body, request: { id: 'req_1', idempotency_key: idempotencyKey }, data: { object, previous_attributes: previous } });
}

it('is an event about nothing but our own metadata, that our own call caused', () => {
  expect(isEcho(updated(firstWrite), own)).toBe(true);
  expect(isEcho(updated({ metadata: { kinetic_customer_id: 'OLD' } }), own)).toBe(true);
});

it('is one too where the whole old metadata is told', () => {
  const whole = { erp_customer_id: 'C-10021', erp_site: 'DAY', sales_rep: 'NW-07', kinetic_customer_id: 'OLD' };
  expect(isEcho(updated({ metadata: whole }), own)).toBe(true);
});

it('is one too about the numbers of another ledger, whose posting key is planted beside the first', () => {
  const second = { metadata: { DynamicsSL_CustomerID: null, tributary_posting_key_sl: null } };
  const event = updated(second, key, { DynamicsSL_CustomerID: 'C000001', tributary_posting_key_sl: 'k' });
  const ours = new Set([...own.metadataKeys, 'DynamicsSL_CustomerID']);
  expect(isEcho(event, { ...own, metadataKeys: ours, plantedPrefix: 'tributary_posting_key_' })).toBe(true);
  expect(isEcho(event, { ...own, metadataKeys: ours })).toBe(false);
});

it.each<[string, StripeEvent]>([
  ['a person changed our key', updated(firstWrite, null)],
  ['another program changed our key', updated(firstWrite, 'stripe-node-retry-1')],
  ['another key changed as well', updated({ metadata: { kinetic_customer_id: null, sales_rep: 'NW-03' } })],
  ['another field changed as well', updated({ ...firstWrite, name: 'Acme' })],
  ['another field changed', updated({ name: 'Acme' })],
  ['nothing is told to have changed', updated({})],
  ['what is told is as before', updated({ metadata: { sales_rep: 'NW-07' } })],
])('is none when %s', (_case, event) => {
  expect(isEcho(event, own)).toBe(false);
});

it('is never assumed where nothing is written to Stripe', () => {
  expect(isEcho(updated(firstWrite), { metadataKeys: new Set(), idempotencyPrefix: 'tributary:' })).toBe(false);
});

it('becomes nothing, asks nothing of the Stripe API, and says why', () => {
  expect(enrichmentNeeded(updated(firstWrite), { ...plainSettings, own })).toEqual([]);
  expect(translate(updated(firstWrite), {}, { ...plainSettings, own })).toMatchObject({
    facts: [],
    record: { canonical: [], ignoredReason: 'echo' },
  });
  expect(translate(updated(firstWrite), {})).toMatchObject({ facts: [{ event: { type: 'party.customer-updated' } }] });
});

it.each([null, 'req_1', 7, { id: 'req_1' }])('lets an event pass whose request is %p', (request) => {
  expect(eventOf({ ...fixture('events/customer.updated.json'), request }).idempotencyKey).toBeNull();
});
