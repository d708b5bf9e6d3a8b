import { eventOf, fixture, objectOf, translateBody } from '../../../testing/fixtures.js';
import { enrichmentNeeded } from '../translate.js';

// Expected values by hand from the bodies in proof/fixtures/stripe.

describe('customers', () => {
  it('are told whole, in canonical words', () => {
    expect(translateBody(fixture('events/customer.created.de.json')).facts).toMatchObject([
      {
        event: { type: 'party.customer-created' },
        key: 'cus_GkzBT6kMSMIMzH',
        sequence: 'cus_GkzBT6kMSMIMzH',
        value: {
          customer: {
            customerId: 'cus_GkzBT6kMSMIMzH',
            name: 'Blumen Technik GmbH',
            email: 'buchhaltung@blumen-technik.example',
            phone: null,
            address: { line1: 'Aachener Straße 412', line2: null, city: 'Köln', state: null, postalCode: '50933', country: 'DE' },
            shipping: null,
            currency: null,
            locale: 'de',
            createdAt: 1_787_042_462_000,
            metadata: { erp_customer_id: 'C-20417' },
          },
        },
      },
    ]);
  });

  it('read anew win over the snapshot, unless they are deleted by now', () => {
    const body = fixture('events/customer.updated.json');
    expect(enrichmentNeeded(eventOf(body))).toEqual([{ kind: 'customer', id: 'cus_upquNHnKxoIQFO', fresh: true }]);
    const newer = objectOf({ id: 'cus_upquNHnKxoIQFO', object: 'customer', name: 'Acme Fabrication Inc.', metadata: {} });
    expect(translateBody(body, { customer: newer }).facts[0]?.value).toMatchObject({
      customer: { name: 'Acme Fabrication Inc.' },
      changed: ['address', 'metadata'],
    });
    const deleted = objectOf({ id: 'cus_upquNHnKxoIQFO', object: 'customer', deleted: true });
    expect(translateBody(body, { customer: deleted }).facts[0]?.value).toMatchObject({ customer: { name: 'Acme Fabrication LLC' } });
  });

  it.each(['events/customer.deleted.json', 'recorded/stripe-sync-engine/customer.deleted.json'])(
    'that are deleted need only an id: %s',
    (file) => {
      const { facts } = translateBody(fixture(file));
      expect(facts).toMatchObject([{ event: { type: 'party.customer-deleted' } }]);
      expect(Object.keys(facts[0]?.value as object)).toEqual(['source', 'customerId']);
    },
  );

  it('have no empty text: an address of empty parts is no address', () => {
    const { facts } = translateBody(fixture('recorded/stripe-sync-engine/customer.updated.json'));
    expect(facts[0]?.value).toMatchObject({
      customer: { name: 'Test Person', shipping: { name: 'Test Person', phone: '+15550100', address: null }, locale: null },
    });
  });
});
