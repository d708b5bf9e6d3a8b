import { derivedEventId } from './event-id.js';
import { parsePostingKey, postingKey, PostingKeyError, shortReference } from './posting-key.js';

it('joins and splits', () => {
  const key = postingKey({ target: 'kinetic-main', kind: 'cash-receipt', sourceId: 'ch_1' });
  expect(key).toBe('kinetic-main/cash-receipt/ch_1');
  expect(parsePostingKey(`${key}/2`)).toEqual({ target: 'kinetic-main', kind: 'cash-receipt', sourceId: 'ch_1', part: '2' });
});

it.each(['', 'a/b', 'a b', 'x'.repeat(256)])('refuses %p as a part', (sourceId) => {
  expect(() => postingKey({ target: 't', kind: 'k', sourceId })).toThrow(PostingKeyError);
});

it('gives short references that are stable and differ', () => {
  const one = shortReference('kinetic-main/cash-receipt/ch_1', 20);
  expect(one).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
  expect(shortReference('kinetic-main/cash-receipt/ch_1', 20)).toBe(one);
  expect(new Set(Array.from({ length: 5000 }, (_, n) => shortReference(`k/${n}`, 20))).size).toBe(5000);
});

it('derives the same event id for the same source, type and ordinal', () => {
  expect(derivedEventId('evt_1', 'ar.payment-received')).toBe(derivedEventId('evt_1', 'ar.payment-received', 0));
  expect(derivedEventId('evt_1', 'ar.payment-received', 1)).not.toBe(derivedEventId('evt_1', 'ar.payment-received', 0));
});
