import { isStorableId, plainText } from './stripe-text.js';

it.each([
  ['Ivo\u0000 Marek', 'Ivo Marek'],
  ['Kai \ud83d', 'Kai'],
  ['\ude00\ud83d\ude00!', '\ud83d\ude00!'],
  ['  Anna \t', 'Anna'],
  ['line 1\r\nline 2\nline 3\tend', 'line 1 line 2 line 3 end'],
  ['\u0085\u2028 \u0007\u009f\u007f', ''],
  ['Mu\u0308ller', 'Müller'],
  ['\ufeffBOM', 'BOM'],
  ['000123450', '000123450'],
  ['', ''],
])('%j becomes %j', (text, plain) => {
  expect(plainText(text)).toBe(plain);
  expect(plainText(plain)).toBe(plain);
});

it.each([
  ['cus_1', true],
  ['Kunde 7/ä', true],
  ['cus_1\n', false],
  ['cus\u0000', false],
  ['\ud83d', false],
])('tells whether %j can be kept as an id', (id, storable) => {
  expect(isStorableId(id)).toBe(storable);
});
