import { readRecord, readText } from '../recon/read-value.js';
import { addressOf } from './address.js';
import type { ReconShapes } from './documents.js';
import type { Sent } from './sent.js';
import { sent } from './sent.js';

it('writes what stands in a path and its filters, and leaves out what has no value', () => {
  expect(addressOf('/api/payments/{id}', { id: 'ch_1/?' })).toBe('/api/payments/ch_1%2F%3F');
  expect(addressOf('/api/payments', { currency: 'EUR', after: null, limit: '50' })).toBe('/api/payments?currency=EUR&limit=50');
  expect(addressOf<'/api/release-orders/{id}/approve', 'post'>('/api/release-orders/{id}/approve', { id: 'rel_1' })).toBe(
    '/api/release-orders/rel_1/approve',
  );
});

it('compiles for nothing that the documents do not have', () => {
  // @ts-expect-error no path of any service
  expect(addressOf('/api/teapots', {})).toBe('/api/teapots');
  // @ts-expect-error no name in this path
  expect(addressOf('/api/payments/{id}', { charge: 'ch_1' })).toContain('/api/payments/undefined');
  // @ts-expect-error no filter of this list
  expect(addressOf('/api/payments', { colour: 'red' })).toBe('/api/payments?colour=red');
});

it('compiles for no field that a document does not have, nor for a reader of something else', () => {
  const payment: Sent<ReconShapes['PaymentView']> = sent({ chargeId: 'ch_1', amount: { minor: '5' } });
  const { chargeId, amount } = readRecord(payment);
  expect(readText(chargeId)).toBe('ch_1');
  // @ts-expect-error no field of a payment
  expect(readRecord(payment).colour).toBeUndefined();
  // @ts-expect-error an amount is no text
  expect(readText(amount)).toBeNull();
  // @ts-expect-error what was not read has no fields
  expect(amount.minor).toBe('5');
});
