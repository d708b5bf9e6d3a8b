import fc from 'fast-check';
import { eventFixtures, fixturesOf } from './testing/fixtures.js';
import { jsonStrings } from './json-strings.js';
import { maskCardNumbers } from './mask-card-numbers.js';

const body = (object: unknown): string => JSON.stringify({ id: 'evt_1', object: 'event', data: { object } }, null, 2);

it('masks all but the last four digits in the raw text and names the field', () => {
  const text = body({ id: 'ch_1', description: 'card 4242 4242 4242 4242, call me' });
  const masked = maskCardNumbers(text);
  expect(masked.text).toBe(text.replace('4242 4242 4242 4242', '**** **** **** 4242'));
  expect(masked.paths).toEqual(['data.object.description']);
});

it.each([
  [{ metadata: { note: '4242424242424242' } }, 'data.object.metadata.note'],
  [{ metadata: { order_id: '4242424242424242' } }, 'data.object.metadata.order_id'],
  [{ metadata: { '4242424242424242': 'x' } }, 'data.object.metadata.[masked]'],
  [{ name: 'Jane 5555-5555-5555-4444' }, 'data.object.name'],
  [{ custom_fields: [{ text: { value: '378282246310005' } }] }, 'data.object.custom_fields.0.text.value'],
  [{ client_reference_id: '4242424242424242' }, 'data.object.client_reference_id'],
  [{ preferred_locales: ['4242424242424242'] }, 'data.object.preferred_locales.0'],
  [{ phone: '4242 4242 4242 4242' }, 'data.object.phone'],
  [{ lines: { data: [{}, { description: 'a "quoted" \\ 4242424242424242' }] } }, 'data.object.lines.data.1.description'],
])('finds it in %j', (object, path) => {
  const text = body(object);
  const masked = maskCardNumbers(text);
  expect(masked.paths).toEqual([path]);
  expect(masked.text).not.toMatch(/\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}|378282246310005/);
  expect(masked.text).toHaveLength(text.length);
  expect(() => void JSON.parse(masked.text)).not.toThrow();
});

it.each([
  [{ id: 'ch_4242424242424242' }],
  [{ id: '4242424242424242' }],
  [{ amount: 123456789012 }],
  [{ created: 4242424242 }],
  [{ exchange_rate: 4242424242424242.5 }],
  [{ payment_method_details: { card: { fingerprint: '4242424242424242', network_transaction_id: '4242424242424242' } } }],
  [{ charge: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ' }],
  [{ receipt_url: 'https://pay.stripe.com/receipts/4242424242424242' }],
  [{ unit_amount_decimal: '4242424242424242' }],
  [{ phone: '+4915112345674' }],
  [{ object: 'tax_id', tax_ids: { data: [{ type: 'cn_tin', value: '6200000000000005' }] } }],
])('leaves %j alone', (object) => {
  const text = body(object);
  expect(maskCardNumbers(text)).toEqual({ text, paths: [] });
});

it('finds digits that are written as escapes, and keeps the length', () => {
  const text = `{"description":"${[...'4242424242424242'].map((digit) => `\\u003${digit}`).join('')}"}`;
  const masked = maskCardNumbers(text);
  expect((JSON.parse(masked.text) as { description: string }).description).toBe('************4242');
  expect(masked.text).toHaveLength(text.length);
});

it('finds nothing in any fixture', () => {
  const texts = [...fixturesOf('events', 'recorded', 'lists', 'objects', 'thin', 'errors')].map(
    ({ file, bytes }) => [file, bytes.toString('utf8')] as const,
  );
  expect(texts.length).toBeGreaterThan(100);
  for (const [file, text] of texts) expect([file, maskCardNumbers(text).paths]).toEqual([file, []]);
});

it('no card number survives in any text field of any event, and nothing else changes', () => {
  const events = eventFixtures().filter(
    ({ json }) => typeof (json.data as { object: { metadata?: unknown } }).object.metadata === 'object',
  );
  expect(events.length).toBeGreaterThan(30);
  const card = fc.constantFrom('4242424242424242', '5555 5555 5555 4444', '3782-822463-10005', '6205500000000000004');
  fc.assert(
    fc.property(
      fc.constantFrom(...events),
      card,
      fc.stringMatching(/^[A-Za-z ."\\\n]{0,20}$/),
      fc.constantFrom('metadata', 'description'),
      (event, number, words, field) => {
        const json = structuredClone(event.json) as unknown as { data: { object: Record<string, unknown> } };
        const note = `${words}${number}${words}`;
        json.data.object[field] = field === 'metadata' ? { note } : note;
        const text = JSON.stringify(json);
        const masked = maskCardNumbers(text);
        const hidden = number.replace(/\d(?=(?:\D?\d){4})/g, '*');
        expect(masked.paths).toHaveLength(1);
        expect(masked.text).toBe(text.replaceAll(number, hidden));
      },
    ),
  );
});

it('reads every string of a JSON text with its path', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const expected: [string, string][] = [];
      const walk = (value: unknown, path: string[]): void => {
        if (typeof value === 'string') expected.push([path.join('/'), value]);
        else if (Array.isArray(value)) value.forEach((item, index) => walk(item, [...path, String(index)]));
        else if (typeof value === 'object' && value !== null) for (const [name, item] of Object.entries(value)) walk(item, [...path, name]);
      };
      walk(JSON.parse(text), []);
      const found = [...jsonStrings(text)].filter(({ role }) => role === 'value').map(({ path, value }) => [path.join('/'), value]);
      // Object.entries puts names that are numbers first and __proto__ nowhere; the order of a text is the text's own.
      if (!text.includes('__proto__')) expect(found.sort()).toEqual(expected.sort());
    }),
  );
});

it('takes a body of a million brackets', () => {
  const text = `${'['.repeat(500_000)}"4242424242424242 \\u0041"${']'.repeat(500_000)}`;
  expect(maskCardNumbers(text).paths).toHaveLength(1);
});
