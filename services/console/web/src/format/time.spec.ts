import fc from 'fast-check';
import { dateOf, instantFrom, instantOf, timeOf } from './time.js';

it.each([null, undefined, ''])('says that %j is not known', (iso) => {
  expect(timeOf(iso)).toBe('time not known');
});

it('shows what is no time as it is, marked', () => {
  expect(timeOf('yesterday')).toBe('not a time: yesterday');
  expect(instantOf('2026-13-45\u0000')).toBe('not a time: 2026-13-45\\u0000');
  expect(instantFrom('yesterday')).toBeUndefined();
});

it('shows an instant with its day', () => {
  expect(instantOf('2026-11-21T07:31:39.000Z')).toContain('2026');
  expect(instantFrom('2026-11-21T07:31:39Z')).toBe('2026-11-21T07:31:39.000Z');
});

it('never throws, whatever the text', () => {
  const odd = fc.oneof(
    fc.string(),
    fc.constantFrom('+275760-09-13T00:00:00.000Z', '-271821-04-20T00:00:00.000Z', '+275760-09-14T00:00:00Z', '0', '1e400'),
  );
  fc.assert(
    fc.property(odd, (iso) => {
      for (const show of [timeOf, dateOf, instantOf, instantFrom]) show(iso);
    }),
  );
});
