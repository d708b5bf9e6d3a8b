import type { PaymentReceived } from '@tributary/contracts';
import { route } from '@tributary/mapping';
import fc from 'fast-check';
import { loadAssets } from '../../../accept/asset-files.js';
import { fieldReport, fixture, translateBody, withObject, withPrevious } from '../../../testing/fixtures.js';
import { UnknownStripeValueError } from '../../errors.js';
import type { Json } from '../../stripe-model/stripe-event.js';

const charge = fixture('events/charge.succeeded.json');
const assets = loadAssets(new URL('../../../../../../assets/epicor-kinetic', import.meta.url).pathname);

interface Receipt {
  readonly key: string;
  readonly amount: bigint;
  readonly date: unknown;
}

/** The receipts that one event asks for, by the shipped assets. */
function receiptsOf(body: Json): Receipt[] {
  return translateBody(body).facts.flatMap(({ eventId, event, value, sequence }) =>
    route(assets, { eventId, eventType: event.type, value, sourceEventId: String(body.id), sequence }, 0)
      .postings.filter(({ request }) => request.kind === 'cash-receipt')
      .map(({ request }) => ({ key: request.postingKey, amount: request.amount?.minor ?? 0n, date: request.fields.TranDate })),
  );
}

const key = 'kinetic-main/cash-receipt/ch_3TomAsaFxA9Kd7NwT0VhK14jZ';

it('books captures that no final one follows, each with its growth and its own day', () => {
  // Field report: 40.00 and 35.00 USD, told by charge.updated only.
  expect(receiptsOf(fieldReport('multicapture.1.charge.succeeded'))).toEqual([]);
  const one = { key: 'kinetic-main/cash-receipt/ch_field04Multi', amount: 4_000n, date: '2026-11-27' };
  expect(receiptsOf(fieldReport('multicapture.2.charge.updated'))).toEqual([one]);
  expect(receiptsOf(fieldReport('multicapture.3.charge.updated'))).toEqual([
    { key: `${one.key}/captured-7500`, amount: 3_500n, date: '2026-11-27' },
  ]);
});

it('books a capture in the period of its event', () => {
  const updated = { ...charge, type: 'charge.updated', created: Date.parse('2026-10-01T12:00:00Z') / 1000 };
  const second = withPrevious(withObject(updated, { captured: false, amount_captured: 7_500 }), { amount_captured: 4_000 });
  expect(receiptsOf(second)).toEqual([{ key: `${key}/captured-7500`, amount: 3_500n, date: '2026-10-01' }]);
});

describe('the final capture', () => {
  const final = { ...charge, type: 'charge.captured' };
  it('books only what was not captured before', () => {
    const told = withPrevious(withObject(final, { amount_captured: 10_000 }), { captured: false, amount_captured: 7_500 });
    expect(receiptsOf(told)).toEqual([{ key: `${key}/captured-10000`, amount: 2_500n, date: '2026-09-01' }]);
  });

  it('that captures nothing more books nothing', () => {
    const told = withPrevious(withObject(final, { amount_captured: 7_500 }), { captured: false, amount_captured: 7_500 });
    expect(translateBody(told).record.ignoredReason).toBe('no-accounting-change');
  });

  it('is a dead letter when a charge that could be captured before does not say how much', () => {
    const card = { brand: 'visa', last4: '4242', country: 'US', multicapture: { status: 'available' } };
    const multicapture = withObject(final, { payment_method_details: { type: 'card', card } });
    expect(() => translateBody(multicapture)).toThrow(UnknownStripeValueError);
    expect(() => translateBody(multicapture)).toThrow('data.previous_attributes.amount_captured is missing');
    const single = withObject(final, {
      payment_method_details: { type: 'card', card: { ...card, multicapture: { status: 'unavailable' } } },
    });
    expect(receiptsOf(single)).toMatchObject([{ key, amount: 29_429n }]);
  });

  it('cannot have captured less than before', () => {
    const told = withPrevious(withObject(final, { amount_captured: 7_000 }), { amount_captured: 7_500 });
    expect(() => translateBody(told)).toThrow(UnknownStripeValueError);
  });
});

/** The events of one charge that is captured in pieces, as Stripe tells them (docs/reference/stripe.md section 7; multicapture [known]). */
function eventsOf(pieces: readonly number[], final: 'none' | 'captured' | 'captured-and-updated'): Json[] {
  const authorised = withObject(charge, { captured: false, amount_captured: 0, amount: 1_000_000 });
  const events: Json[] = [{ ...authorised, id: 'evt_0' }];
  let before = 0;
  pieces.forEach((piece, index) => {
    const isFinal = index === pieces.length - 1 && final !== 'none';
    const object = withObject(authorised, { captured: isFinal, amount_captured: before + piece, balance_transaction: `txn_${index}` });
    const created = 1_788_276_642 + index * 86_400 * 9;
    const previous = { amount_captured: before, ...(isFinal ? { captured: false } : {}) };
    const told = (type: string): Json => withPrevious({ ...object, id: `evt_${type}_${index}`, type, created }, previous);
    if (isFinal) events.push(told('charge.captured'));
    if (!isFinal || final === 'captured-and-updated') events.push(told('charge.updated'));
    before += piece;
  });
  return events;
}

it('adds up to what was captured, whatever the schedule, the order of delivery and the repetitions', () => {
  const schedules = fc.record({
    pieces: fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 6 }),
    final: fc.constantFrom('none', 'captured', 'captured-and-updated'),
  });
  fc.assert(
    fc.property(
      schedules.chain(({ pieces, final }) => {
        const events = eventsOf(pieces, final as 'none');
        const deliveries = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });
        return fc.record({ pieces: fc.constant(pieces), deliveries });
      }),
      ({ pieces, deliveries }) => {
        const booked = new Map<string, Receipt>();
        for (const receipt of deliveries.flatMap(receiptsOf)) {
          expect(booked.get(receipt.key) ?? receipt).toEqual(receipt); // no key with two amounts or two days
          booked.set(receipt.key, receipt);
        }
        expect([...booked.values()].reduce((sum, { amount }) => sum + amount, 0n)).toBe(BigInt(pieces.reduce((sum, piece) => sum + piece)));
        expect(booked.size).toBe(pieces.length);
        expect(booked.get(key)?.amount).toBe(BigInt(pieces[0] ?? 0));
      },
    ),
    { numRuns: 100 },
  );
});

it('keeps the key of a charge that is captured once', () => {
  expect(receiptsOf(charge)).toMatchObject([{ key, amount: 29_429n }]);
  const { part } = translateBody(charge).facts[0]?.value as PaymentReceived;
  expect(part).toBeNull();
});
