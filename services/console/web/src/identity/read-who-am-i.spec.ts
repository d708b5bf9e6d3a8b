import fc from 'fast-check';
import { sent } from '../api/sent.js';
import { readWhoAmI } from './read-who-am-i.js';

it('reads who is signed in', () => {
  const grants = [
    { role: 'viewer', target: '*' },
    { role: 'accountant', target: 'ledger-one' },
  ];
  const person = { subject: 'person:1', name: 'Kim', grants, permissions: ['payments.read'], method: 'oidc', csrfToken: 't', endsAt: null };
  const answer = { identityConfigured: true, person, options: { password: true, provider: 'Company account', setUp: false } };
  expect(readWhoAmI(sent(answer))).toEqual({
    identityConfigured: true,
    person: { ...person, grants: undefined, roles: ['viewer', 'accountant for ledger-one'], password: 'elsewhere' },
    options: { password: true, provider: 'Company account', setUp: false },
  });
});

it('takes anything, and nobody is signed in by an odd answer', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { person, identityConfigured } = readWhoAmI(sent(value));
      expect([person, identityConfigured]).toEqual([null, false]);
    }),
  );
  expect(readWhoAmI(sent({ identityConfigured: true, person: {} })).person).toMatchObject({ name: '', permissions: [], csrfToken: '' });
});
