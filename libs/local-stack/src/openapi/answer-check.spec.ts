import { answerCheck } from './answer-check.js';

const check = answerCheck('recon');
const counts = { accepted: 1, inFlight: 0, posted: 1, ignored: 0, held: 0, deadLettered: 0, ignoredBy: {}, heldBy: {}, deadLetteredBy: {} };

it('finds nothing in an answer that is what the document says', () => {
  expect(check({ path: '/counts', status: 200, body: counts })).toEqual([]);
  expect(check({ path: '/payments/totals?currency=EUR', status: 200, body: { count: 0, amounts: [] } })).toEqual([]);
  expect(check({ path: '/payments/ch_1', status: 404, body: { error: 'payment.unknown', message: 'No payment.' } })).toEqual([]);
  expect(check({ path: '/payments?limit=x', status: 400, body: { error: 'query.invalid', message: 'limit: a number' } })).toEqual([]);
});

it('names the field that was renamed, the status and the route that are in no document', () => {
  const { accepted, ...renamed } = counts;
  expect(check({ path: '/counts', status: 200, body: { ...renamed, taken: accepted } })).toEqual([
    "GET /counts: the answer must have required property 'accepted'",
  ]);
  expect(check({ path: '/counts', status: 200, body: { ...counts, posted: '1' } })).toEqual(['GET /counts: /posted must be number']);
  expect(check({ path: '/counts', status: 418, body: {} })).toEqual(['GET /counts may not answer 418']);
  expect(check({ path: '/teapots', status: 200, body: {} })).toEqual(['GET /teapots is no operation of the document of recon']);
  expect(check({ path: '/payments/ch_1', status: 404, body: { error: 'payment.unknown' } })).toHaveLength(1);
});
