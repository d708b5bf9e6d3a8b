import { searchHint } from './search-hint.js';

it.each([
  ['email', 'searched', 1, null],
  ['email', 'searched', 0, /whole e-mail address/],
  ['email', 'refused', 0, /payloads\.read/],
  ['email', 'in-address', 0, /POST \/search/],
  ['email', 'unreadable', 0, /PAYLOAD_KEYS/],
  ['id', 'unreadable', 1, /order references/],
  ['id', 'refused', 0, null],
  ['text', 'refused', 0, /^Names are stored encrypted/],
  ['text', 'searched', 2, null],
  ['amount', 'searched', 0, null],
] as const)('of %s with e-mail addresses %s, and %d found, it says %s', (as, emails, found, expected) => {
  const hint = searchHint(as, emails, found);
  if (expected === null) expect(hint).toBeNull();
  else expect(hint).toMatch(expected);
});
