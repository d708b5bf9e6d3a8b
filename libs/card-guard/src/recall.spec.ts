import fc from 'fast-check';
import { cardNumbersIn, isCardNumber, withAsciiDigits } from './card-numbers.js';
import { maskCardNumbers } from './mask-card-numbers.js';
import { eventFixtures } from './testing/fixtures.js';
import { spellings } from './testing/spellings.js';

/** Card numbers that are planted, and normal events that are read; CARD_GUARD_RUNS=100000 for the whole proof. */
const runs = Number(process.env.CARD_GUARD_RUNS ?? 3_000);

const prefixes = ['4', '51', '55', '2221', '2720', '34', '37', '3528', '6011', '65', '6200', '36', '5018', '9792', '2200'];
const lengths: Readonly<Record<string, number>> = { '34': 15, '37': 15, '36': 14 };
/** A card number of an issuer with a right check digit. */
const cards = fc.tuple(fc.constantFrom(...prefixes), fc.stringMatching(/^\d{20}$/)).map(([prefix, rest]) => {
  const body = (prefix + rest).slice(0, (lengths[prefix] ?? 16) - 1);
  return [...'0123456789'].map((digit) => body + digit).find((number) => isCardNumber(number)) ?? '4242424242424242';
});
const places = [
  (value: unknown) => ({ description: value }),
  (value: unknown) => ({ metadata: { note: value } }),
  (value: unknown) => ({ billing_details: { name: value, address: { line1: 'x' } } }),
  (value: unknown) => ({ lines: { data: [{ description: 'x' }, { description: value }] } }),
  (value: unknown) => ({ metadata: { [String(value)]: 'x' } }),
  (value: unknown) => ({ deep: JSON.parse(`${'[{"a":'.repeat(200)}null${'}]'.repeat(200)}`) as unknown, text: value }),
];

it('tries at least 62 spellings', () => {
  expect(spellings.length).toBeGreaterThanOrEqual(62);
  expect(new Set(spellings.map(([name]) => name)).size).toBe(spellings.length);
});

it.each(spellings)('finds a card number written as %s', (_name, write) => {
  for (const card of ['4242424242424242', '378282246310005', '5555555555554444'])
    expect(cardNumbersIn(write(card)).length).toBeGreaterThan(0);
});

it('leaves of no planted number more than its last four digits, however and wherever it is written', () => {
  fc.assert(
    fc.property(cards, fc.constantFrom(...spellings), fc.constantFrom(...places), fc.boolean(), (card, [, write], place, escaped) => {
      const text = JSON.stringify({ object: 'event', data: { object: place(write(card)) } });
      const body = escaped ? text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) : text;
      const masked = maskCardNumbers(body);
      expect(masked.paths.length).toBeGreaterThan(0);
      const digits = withAsciiDigits(JSON.stringify(JSON.parse(masked.text))).replace(/[^\d*]/g, '');
      expect(digits).not.toContain(card);
      expect(digits).not.toContain(card.slice(0, -4));
    }),
    { numRuns: runs },
  );
});

it.each([
  ['4242424242424242', '"**********4242"'],
  ['4.242424242424242e15', '"**************4242"'],
  ['4242424242424242.0', '"************4242"'],
  ['4242424242424242E0', '"************4242"'],
])('masks the number %s', (number, masked) => {
  expect(maskCardNumbers(`{"note":${number},"x":[${number}]}`)).toEqual({
    text: `{"note":${masked},"x":[${masked}]}`,
    paths: ['note', 'x.0'],
  });
});

it('masks nothing in normal events: ids, order numbers, telephone numbers, amounts, times', () => {
  const events = eventFixtures();
  const hex = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
  const alnum = fc.stringMatching(/^[0-9A-Za-z]{24}$/).filter((text) => /[A-Za-z]/.test(text));
  const when = fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2036-01-01T00:00:00Z'), noInvalidDate: true });
  const normal = fc.record({
    id: alnum.map((text) => `ch_${text}`),
    amount: fc.integer({ min: 1, max: 999_999_999_999 }),
    created: fc.integer({ min: 1_500_000_000, max: 2_200_000_000 }),
    description: fc.oneof(
      fc.integer({ min: 1, max: 99_999_999 }).map((order) => `Order ${order} of the web shop`),
      when.map((date) => `Invoice of ${date.toISOString()}`),
      when.map((date) => `INV-${date.getUTCFullYear()}-${String(date.getTime()).slice(-6)}`),
      fc.ipV4().map((address) => `from ${address}`),
      fc.uuid(),
      alnum.map((text) => `payment pi_${text}`),
    ),
    metadata: fc.record({
      order_id: fc.stringMatching(/^\d{6,12}$/),
      cart: fc.uuid(),
      digest: hex(40).filter((text) => /[a-f]/.test(text)),
      total: fc.integer({ min: 0, max: 99_999_999 }).map((minor) => (minor / 100).toFixed(2)),
      at: when.map((date) => String(date.getTime())),
      phone: fc.stringMatching(/^\+[1-9]\d{0,2} \d{3} \d{3}-\d{4}$/),
    }),
    phone: fc.stringMatching(/^\+[1-9]\d{9,13}$/),
  });
  let masked = 0;
  fc.assert(
    fc.property(fc.constantFrom(...events), normal, ({ json }, fields) => {
      const object = { ...(json.data as { object: object }).object, ...fields };
      if (maskCardNumbers(JSON.stringify({ ...json, data: { object } })).paths.length > 0) masked += 1;
    }),
    { numRuns: runs },
  );
  expect(masked).toBeLessThanOrEqual(Math.max(1, Math.floor(runs / 100_000)));
});
