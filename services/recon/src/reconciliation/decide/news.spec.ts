import fc from 'fast-check';
import { unbookedNews } from './news.js';
import type { KnownNews } from './news.js';

const news = (given: Partial<KnownNews>): KnownNews => ({
  factId: 'f',
  eventId: 'evt',
  chargeId: 'ch_1',
  kind: 'refund',
  objectId: 're_1',
  atMs: 1,
  minor: '3000',
  currency: 'USD',
  status: null,
  reason: null,
  inquiry: false,
  booked: false,
  inFlight: false,
  ...given,
});

it.each<[string, readonly KnownNews[], string[]]>([
  ['a refund that is not booked', [news({})], ['Stripe refunded 30.00 USD']],
  ['a refund that is booked', [news({ booked: true })], []],
  [
    'a failed refund that no flow booked',
    [news({ booked: true }), news({ kind: 'refund-failed', atMs: 2 })],
    ['Refund of 30.00 USD failed: the money came back to the balance'],
  ],
  ['a refund whose booking is on its way', [news({ inFlight: true })], []],
  [
    'a booked refund of which another report is still processed',
    [news({ booked: true }), news({ kind: 'refund-failed', atMs: 2, inFlight: true })],
    [],
  ],
  ['an inquiry', [news({ kind: 'dispute', objectId: 'du_1', inquiry: true })], []],
  ['a dispute that was prevented: no money moved', [news({ kind: 'dispute', objectId: 'du_1', status: 'prevented' })], []],
  [
    'a prevented dispute whose money went all the same',
    [
      news({ kind: 'dispute', objectId: 'du_1', status: 'prevented' }),
      news({ kind: 'dispute-withdrawn', objectId: 'du_1', status: 'prevented', atMs: 2 }),
    ],
    ['Stripe took back 30.00 USD because of a dispute'],
  ],
  [
    'a dispute that waits for an answer',
    [news({ kind: 'dispute', objectId: 'du_1', status: 'needs_response' })],
    ['Dispute over 30.00 USD'],
  ],
])('says of %s what contradicts the receipt', (_what, about, said) => {
  expect(unbookedNews(about)).toEqual(said);
});

it('is content with one booking of what Stripe told several times, in any order and at the same time', () => {
  const told = fc.constantFrom<Partial<KnownNews>>(
    { kind: 'refund-failed', status: 'failed' },
    { kind: 'refund-updated', status: 'canceled' },
    { kind: 'dispute-reinstated', objectId: 'du_1', status: 'won' },
  );
  fc.assert(
    fc.property(told, fc.integer({ min: 1, max: 5 }), fc.nat(4), fc.integer({ min: 1, max: 3 }), (kind, times, which, atMs) => {
      const first = news({
        objectId: kind.objectId ?? 're_1',
        kind: kind.objectId ? 'dispute-withdrawn' : 'refund',
        booked: true,
        atMs: 0,
      });
      const same = Array.from({ length: times }, (_, index) =>
        news({ ...kind, factId: `f${index}`, atMs, booked: index === which % times }),
      );
      expect(unbookedNews([first, ...same])).toEqual([]);
      expect(unbookedNews([first, ...same.map((one) => ({ ...one, booked: false }))])).toHaveLength(1);
    }),
  );
});
