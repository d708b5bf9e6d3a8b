import { fixture, translateBody } from '../../../testing/fixtures.js';

// Expected values by hand from proof/fixtures/stripe.

it('tells the verification of a tax number when it comes', () => {
  expect(translateBody(fixture('events/customer.tax_id.updated.json')).facts).toMatchObject([
    {
      event: { type: 'party.tax-id-updated' },
      key: 'cus_GkzBT6kMSMIMzH',
      sequence: 'cus_GkzBT6kMSMIMzH',
      value: {
        taxId: {
          taxIdId: 'txi_1T80QuLFxA9Kd7NwTTX5R4Beo',
          customerId: 'cus_GkzBT6kMSMIMzH',
          type: 'eu_vat',
          value: 'DE123456789',
          country: 'DE',
          verificationStatus: 'verified',
          verifiedName: 'Blumen Technik GmbH',
          verifiedAddress: 'Aachener Str. 412, 50933 Köln',
        },
        changed: ['verification'],
      },
    },
  ]);
});

it('tells a tax number of the account itself, which has no customer', () => {
  expect(translateBody(fixture('recorded/stripe-sync-engine/customer.tax_id.created.json')).facts).toMatchObject([
    {
      event: { type: 'party.tax-id-created' },
      key: 'txi_1NuMB12eZvKYlo2CMecoWkZd',
      value: { taxId: { customerId: null, verificationStatus: null } },
    },
  ]);
});

it('tells that a tax number is gone', () => {
  expect(translateBody({ ...fixture('events/customer.tax_id.updated.json'), type: 'customer.tax_id.deleted' }).facts).toMatchObject([
    { event: { type: 'party.tax-id-deleted' }, value: { taxId: { value: 'DE123456789' } } },
  ]);
});
