import fc from 'fast-check';
import { lineOf, placeOf } from './json-place.js';
import { jsonText, readJsonText } from './json-text.js';

const text = `{
  "amount": { "minor": "1050", "currency": "USD" },
  "lines": [{ "text": "a \\"}] b" }, { "text": "second" }],
  "fields": { "Na\\u006de": null }
}`;
const at = (path: string): string | undefined => {
  const place = placeOf(text, path);
  return place && `${place.exact ? '' : 'around: '}${text.slice(place.from, place.to)}`;
};

it.each([
  ['amount.minor', '"minor": "1050"'],
  ['lines[1].text', '"text": "second"'],
  ['lines[1]', '{ "text": "second" }'],
  ['fields.Name', '"Na\\u006de": null'],
  ['', text],
  ['amount.fee', 'around: "amount": { "minor": "1050", "currency": "USD" }'],
  ['lines[7].text', 'around: "lines": [{ "text": "a \\"}] b" }, { "text": "second" }]'],
  ['amount.minor.more', 'around: "minor": "1050"'],
  ['nothing', `around: ${text}`],
])('finds %s', (path, expected) => {
  const found = at(path);
  // Around a value that is missing stands the value itself, with or without its name.
  expect(expected.replace(/^around: "\w+": /, 'around: ')).toBe(found?.replace(/^around: "\w+": /, 'around: '));
});

it('finds the line', () => {
  expect(lineOf(text, placeOf(text, 'lines[1].text')?.from)).toBe(3);
  expect(lineOf(text, undefined)).toBeUndefined();
});

it('reads what is very deep, and what is no JSON', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(placeOf(deep, 'a.b')).toMatchObject({ exact: false });
  expect(placeOf('', 'a')).toBeUndefined();
  expect(placeOf('{"a": [1, ', 'a[1]')).toBeUndefined();
});

it('finds every member of any value by its path, and throws for no text and no path', () => {
  const name = fc.stringMatching(/^[a-zA-Z_]{1,8}$/);
  fc.assert(
    fc.property(name, fc.jsonValue(), fc.jsonValue(), (key, value, other) => {
      const shown = jsonText({ [`${key}x`]: other, list: [other, { [key]: value }] });
      const place = placeOf(shown, `list[1].${key}`);
      expect(place?.exact).toBe(true);
      expect(JSON.parse(`{${shown.slice(place?.from, place?.to)}}`)).toEqual(JSON.parse(JSON.stringify({ [key]: value })));
    }),
  );
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (any, path) => void placeOf(any, path)));
});

it('writes any value as JSON for the same value, without a character that nobody sees', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const shown = jsonText(value);
      expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
    }),
  );
});

it('says why a text is no JSON', () => {
  expect(readJsonText('{"a": 1,}')).toMatchObject({ problem: expect.stringContaining('no JSON') as string });
  expect(readJsonText('[1]')).toEqual({ value: [1] });
});
