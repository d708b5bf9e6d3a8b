import fc from 'fast-check';
import type { Identity } from './identity.js';
import { noRevocations, readRevocations, withdrawnBy } from './revocations.js';

const ada: Identity = { subject: 'person:1', name: 'Ada', grants: [], tokenId: 'token-0001', issuedAt: 1_000 };

it('withdraws a token by its id, and every older token of a person', () => {
  expect(withdrawnBy(noRevocations)(ada)).toBe(false);
  expect(withdrawnBy({ tokens: ['token-0001'], subjects: [] })(ada)).toBe(true);
  expect(withdrawnBy({ tokens: ['token-0002'], subjects: [{ subject: 'person:2', issuedBefore: 9_999 }] })(ada)).toBe(false);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2_000 })), (times) => {
      const subjects = times.map((issuedBefore) => ({ subject: 'person:1', issuedBefore }));
      expect(withdrawnBy({ tokens: [], subjects })(ada)).toBe(times.some((time) => time > 1_000));
    }),
  );
});

it('takes no other answer for a list: it would withdraw nothing', () => {
  for (const given of [
    undefined,
    null,
    {},
    [],
    { tokens: [] },
    { tokens: [1], subjects: [] },
    { tokens: [], subjects: [{ subject: 'a' }] },
  ])
    expect(() => readRevocations(given)).toThrow('it is no list of revocations');
});
