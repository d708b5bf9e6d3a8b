import fc from 'fast-check';
import { formatMaskedFields, parseMaskedFields } from './masked-fields.js';

it('names fields and counts values', () => {
  const text = formatMaskedFields(['data.object.description', 'data.object.metadata.note', 'data.object.metadata.note']);
  expect(text).toBe('3: data.object.description, data.object.metadata.note');
  expect(parseMaskedFields(text)).toEqual({ count: 3, paths: ['data.object.description', 'data.object.metadata.note'] });
});

it('keeps a field name with a comma or a letter outside ASCII in one piece', () => {
  expect(parseMaskedFields(formatMaskedFields(['data.object.metadata.first, second', 'data.object.metadata.ü']))).toEqual({
    count: 2,
    paths: ['data.object.metadata.first? second', 'data.object.metadata.?'],
  });
});

it('counts every value, names at most 20 fields, and writes printable ASCII, whatever the fields are called', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 40 }), (paths) => {
      const text = formatMaskedFields(paths);
      expect(text).toMatch(/^[\x20-\x7e]*$/);
      const masked = parseMaskedFields(text);
      expect(masked.count).toBe(paths.length);
      expect(masked.paths.length).toBeGreaterThanOrEqual(1);
      expect(masked.paths.length).toBeLessThanOrEqual(Math.min(20, paths.length));
    }),
  );
});

it('reads any text without throwing', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseMaskedFields(text).count >= 0));
  expect(parseMaskedFields('yes')).toEqual({ count: 1, paths: [] });
});
