import type { ReconShapes } from '../recon/api-shapes.js';
import { readRecord } from '../recon/read-value.js';
import { reconPath } from './recon-path.js';

it('writes what stands in a path and its filters, and leaves out what has no value', () => {
  expect(reconPath('/payments/{id}', { id: 'ch_1/?' })).toBe('/payments/ch_1%2F%3F');
  expect(reconPath('/payments', {}, { currency: 'EUR', after: null, limit: '50' })).toBe('/payments?currency=EUR&limit=50');
});

it('compiles for nothing that the document of recon does not have', () => {
  // @ts-expect-error no path of recon
  expect(reconPath('/teapots', {})).toBe('/teapots');
  // @ts-expect-error no name in this path
  expect(reconPath('/payments/{id}', { charge: 'ch_1' })).toBe('/payments/undefined');
  // @ts-expect-error no filter of this list
  expect(reconPath('/payments', {}, { colour: 'red' })).toBe('/payments?colour=red');
  // @ts-expect-error no field of a payment
  expect(readRecord<ReconShapes['PaymentView']>({ chargeId: 'ch_1' }).colour).toBeUndefined();
});
