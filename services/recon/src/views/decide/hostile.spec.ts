import fc from 'fast-check';
import { amountView, sumView } from '../../shared/decide/amount-view.js';
import { boundedJson } from '../../shared/decide/bounded-json.js';
import { difference } from '../../desk/decide/diff.js';
import { moneyAtRisk } from '../../desk/decide/letter.js';
import { paymentView } from './payment-view.js';
import type { PaymentRow } from './payment-view.js';
import { rawEvent } from '../../intake/decide/raw-event.js';
import { isStorable, isoTime, storableId, storableJson, storableText, storableTime } from '../../shared/decide/storable-text.js';
import { traceSteps } from './trace.js';

/** Text with characters that PostgreSQL, terminals and browsers cannot handle safely. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\u0000', 'a\u0000b', '\ud800', '\udc00x', '\ud83d', '__proto__', 'constructor', '\u202e', 'x'.repeat(20_000)),
);
const hostileDate = fc.constantFrom(
  new Date(Number.NaN),
  new Date(8.64e15),
  new Date(-8.64e15),
  new Date(0),
  Number.POSITIVE_INFINITY,
  null,
  'soon',
);
const hostileMinor = fc.oneof(fc.bigInt().map(String), fc.constantFrom('', 'NaN', '1.5', '-', '9'.repeat(400), '114850'));

it('shows any amount of any currency, exact or with a mark', () => {
  fc.assert(
    fc.property(hostileMinor, fc.oneof(hostileText, fc.constantFrom('USD', 'ISK', 'usd', 'XQZ')), (minor, currency) => {
      const shown = amountView(minor, currency);
      expect(shown.minor).toBe(minor);
      if (!shown.exact) expect(shown.text).toBe(minor);
      expect(JSON.parse(JSON.stringify(shown))).toBeTruthy();
      expect(sumView([{ count: 1, minor, currency }]).count).toBe(1);
    }),
  );
});

it.each([
  // docs/reference/stripe.md, Money: ISK is sent with two decimals that have to be zero.
  ['114850', 'ISK', '114850', false],
  ['114800', 'ISK', '1148', true],
  ['1148000', 'HUF', '11480.00', true],
  ['500', 'XQZ', '500', false],
  ['500', 'u$d', '500', false],
])('%s %s is shown as %s, exact: %s', (minor, currency, text, exact) => {
  expect(amountView(minor, currency)).toEqual({ minor, currency, text, exact });
});

it('makes any text, id, header and time storable', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (text, other) => {
      for (const stored of [storableText(text), storableId(text), storableJson({ [text]: other })]) {
        expect(isStorable(stored)).toBe(true);
        expect(isStorable(JSON.stringify(JSON.parse(JSON.stringify(stored))))).toBe(true);
      }
      expect(Buffer.byteLength(storableId(text))).toBeLessThanOrEqual(2_600);
      if (text !== other) expect(storableId(text) === storableId(other) && isStorable(text) && isStorable(other)).toBe(false);
    }),
    { numRuns: 50 },
  );
  for (const ms of [Number.NaN, 8.64e15, -8.64e15, 1e300, 0]) expect(storableTime(ms, new Date(0)).toISOString()).toMatch(/^\d{4}-/);
  expect(storableText('x'.repeat(5_000))).toMatch(/… \(cut: 5000 characters\)$/);
});

it('shows any row of a payment', () => {
  const text = fc.option(hostileText, { nil: null });
  const row = fc.record({
    id: hostileText,
    charge_id: hostileText,
    part: hostileText,
    payment_id: text,
    event_id: hostileText,
    customer_id: text,
    customer_name: text,
    minor: fc.option(hostileMinor, { nil: null }),
    currency: text,
    received_at: hostileDate,
    requested: fc.boolean(),
    result: text,
    text,
    reference: fc.option(fc.dictionary(hostileText, hostileText), {
      nil: null,
    }),
    state: hostileText,
    reason: text,
    standing: hostileText,
    standing_reason: text,
    reconciliation: text,
    reconciliation_text: text,
    reconciliation_basis: text,
    settlement: fc.option(
      fc.record({
        id: hostileText,
        currency: hostileText,
        gross: hostileMinor,
        fee: hostileMinor,
        net: hostileMinor,
      }),
      { nil: null },
    ),
    ledger_minor: fc.option(hostileMinor, { nil: null }),
    ledger_currency: text,
    masked: text,
    news: fc.array(
      fc.record({
        factId: hostileText,
        eventId: hostileText,
        chargeId: hostileText,
        kind: fc.oneof(hostileText, fc.constantFrom('failed', 'refund', 'dispute-closed')),
        objectId: hostileText,
        atMs: fc.oneof(fc.double(), fc.integer()),
        minor: hostileMinor,
        currency: hostileText,
        status: text,
        reason: text,
        inquiry: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
  }) as unknown as fc.Arbitrary<PaymentRow>;
  fc.assert(
    fc.property(row, (one) => {
      const shown = paymentView(one);
      expect(shown.chargeId).toBe(one.charge_id);
      for (const { title } of shown.news) expect(typeof title).toBe('string');
      expect(() => JSON.stringify(shown)).not.toThrow();
    }),
    { numRuns: 50 },
  );
});

it('shows any step', () => {
  fc.assert(
    fc.property(hostileText, hostileDate, (text, date) => {
      const at = date as Date;
      const steps = traceSteps({
        deliveries: [
          {
            event_id: text,
            type: text,
            endpoint: text,
            partition: 0,
            offset: '0',
            received_at: at,
          },
        ],
        facts: [
          {
            canonical_id: text,
            event_id: text,
            type: text,
            translated_at: at,
            routed_at: at,
            ignored_reason: text,
          },
        ],
        postings: [
          {
            request_id: text,
            posting_key: text,
            target: text,
            kind: text,
            requested_at: at,
          },
        ],
        outcomes: [
          {
            outcome_id: text,
            request_id: text,
            posting_key: text,
            result: text,
            code: text,
            text,
            reference: { [text]: text },
            attempts: 2,
            concluded_at: at,
          },
        ],
        deadLetters: [
          {
            id: text,
            topic: text,
            partition: 0,
            offset: '0',
            message_id: text,
            code: text,
            text,
            dead_at: at,
          },
        ],
        news: [],
        masked: [text],
        readings: [{ state: text, text, checked_at: at, reference: { [text]: text } }],
      });
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) expect([typeof step.at, typeof step.title]).toEqual(['string', 'string']);
    }),
  );
});

/** `depth` nested objects. */
function nested(depth: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
}

it.each([5_000, 50_000])('compares, shows and reads %i levels of nesting', (depth) => {
  const deep = nested(depth);
  const shown = boundedJson(deep);
  expect(shown.cut).toBe(true);
  expect(JSON.stringify(shown.value)).toContain('nested deeper than 100');
  expect(difference(deep, nested(depth))).toEqual([]);
  const [changed] = difference(deep, nested(depth - 1));
  expect(changed?.path.startsWith('a.a.a')).toBe(true);
  expect(moneyAtRisk({ data: { object: deep } })).toBeUndefined();
  expect(rawEvent('charge.succeeded', { data: { object: deep } }).money).toBeNull();
});

it('leaves what is within the bounds as it is, and keeps names that JavaScript knows', () => {
  const value = JSON.parse('{"__proto__":{"x":1},"list":[1,{"constructor":"y"}]}') as unknown;
  expect(boundedJson(value)).toEqual({ value, cut: false });
  const cut = boundedJson({ ...(value as object), long: 'x'.repeat(200_000) });
  expect(cut.cut).toBe(true);
  expect(JSON.stringify(cut.value)).toContain('"constructor":"y"');
  expect((cut.value as { long: string }).long).toMatch(/cut: 200000 characters/);
});

it('reads any JSON as a raw event', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('charge.succeeded', 'charge.updated', 'charge.captured', 'x', '__proto__'),
      fc.jsonValue(),
      (type, json) => {
        const named = { object: type, amount: 1, currency: 'usd' };
        for (const body of [
          { data: { object: named } },
          json,
          { data: json },
          { data: { object: json, previous_attributes: json } },
          undefined,
        ])
          expect(typeof rawEvent(type, body).capture).toBe('boolean');
      },
    ),
  );
});

// docs/reference/stripe.md: which field of which object holds the money.
it.each<[string, object, bigint, string]>([
  [
    'a captured charge',
    {
      object: 'charge',
      amount: 10_000,
      amount_captured: 7_500,
      currency: 'usd',
    },
    7_500n,
    'USD',
  ],
  ['an authorised charge', { object: 'charge', amount: 10_000, amount_captured: 0, currency: 'usd' }, 10_000n, 'USD'],
  ['a refund', { object: 'refund', amount: 500, currency: 'usd' }, 500n, 'USD'],
  ['a payout', { object: 'payout', amount: 284_301, currency: 'usd' }, 284_301n, 'USD'],
  ['a dispute', { object: 'dispute', amount: 320, currency: 'eur' }, 320n, 'EUR'],
  [
    'a payment intent',
    {
      object: 'payment_intent',
      amount: 900,
      amount_received: 800,
      currency: 'usd',
    },
    800n,
    'USD',
  ],
  [
    'a paid invoice',
    {
      object: 'invoice',
      amount_paid: 1_200,
      amount_due: 1_300,
      currency: 'usd',
    },
    1_200n,
    'USD',
  ],
  ['an open invoice', { object: 'invoice', amount_paid: 0, amount_due: 1_300, currency: 'usd' }, 1_300n, 'USD'],
  ['a checkout session', { object: 'checkout.session', amount_total: 4_200, currency: 'usd' }, 4_200n, 'USD'],
  ['a balance transaction', { object: 'balance_transaction', amount: -99_000, currency: 'usd' }, -99_000n, 'USD'],
  ['a currency nobody knows', { object: 'charge', amount: 5, currency: 'zzzz' }, 5n, 'ZZZZ'],
])('knows the money of %s', (_name, object, minor, currency) => {
  expect(moneyAtRisk({ data: { object } })).toEqual({ minor, currency });
});

it('knows a further capture by its growth', () => {
  const body = {
    data: {
      object: {
        object: 'charge',
        id: 'ch_1',
        status: 'succeeded',
        captured: true,
        amount: 10_000,
        amount_captured: 7_500,
        currency: 'usd',
        created: 10,
      },
      previous_attributes: { amount_captured: 5_000 },
    },
  };
  expect(rawEvent('charge.updated', body)).toEqual({
    chargeId: 'ch_1',
    money: { minor: 2_500n, currency: 'USD' },
    capture: true,
    growth: true,
    chargedAtMs: 10_000,
  });
  expect(isoTime(new Date(Number.NaN))).toBeNull();
});
