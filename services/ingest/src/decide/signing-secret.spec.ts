import fc from 'fast-check';
import { isLive, secretWarnings } from './signing-secret.js';

const now = Date.parse('2026-11-28T12:00:00Z');
const at = (text: string): number => Date.parse(text);

it.each<[string, (number | undefined)[], string[]]>([
  ['a secret without an end', [undefined], []],
  ['one that ends in a day', [undefined, at('2026-11-29T12:00:00Z')], []],
  [
    'one that ends in an hour',
    [undefined, at('2026-11-28T13:00:00Z')],
    ['signing secret 1 of endpoint default ends at 2026-11-28T13:00:00.000Z'],
  ],
  [
    'one that has ended',
    [undefined, at('2026-11-28T11:00:00Z')],
    ['signing secret 1 of endpoint default ended at 2026-11-28T11:00:00.000Z and verifies nothing any more: remove it'],
  ],
  [
    'an endpoint whose only secret has ended',
    [now],
    [
      'signing secret 0 of endpoint default ended at 2026-11-28T12:00:00.000Z and verifies nothing any more: remove it',
      'endpoint default has no signing secret left: every delivery is refused',
    ],
  ],
])('says about %s what there is to know', (_, ends, expected) => {
  const secrets = ends.map((until) => ({ secret: 'whsec_x', until }));
  expect(secretWarnings('default', secrets, now)).toEqual(expected);
});

it('PROPERTY: a secret is live before its end, and never from then on', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.integer({ min: 1, max: 86_400_000 }), (until, ms) => {
      expect([isLive({ until }, until - ms), isLive({ until }, until), isLive({ until }, until + ms)]).toEqual([true, false, false]);
    }),
  );
});
