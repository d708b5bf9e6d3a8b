import fc from 'fast-check';
import { grantsOfGroups, groupGrantsSchema, sameGrants } from './group-grants.js';

const mapping = groupGrantsSchema.parse({
  finance: ['viewer', 'accountant@ledger-one'],
  'CN=Ops, OU=Groups, DC=example': ['engineer', 'viewer'],
});

it.each([
  [['finance'], ['viewer@*', 'accountant@ledger-one']],
  ['finance', ['viewer@*', 'accountant@ledger-one']],
  [
    ['CN=Ops, OU=Groups, DC=example', 'finance', 'finance'],
    ['viewer@*', 'accountant@ledger-one', 'engineer@*'],
  ],
  [['Finance'], []],
  [['__proto__', 'constructor'], []],
  [undefined, []],
  [{ finance: true }, []],
  [[['finance']], []],
  [42, []],
])('groups %j give %j', (claim, expected) => {
  expect(grantsOfGroups(claim, mapping).map(({ role, target }) => `${role}@${target}`)).toEqual(expected);
});

it('gives nothing to whatever else the claim may be', () => {
  fc.assert(fc.property(fc.jsonValue(), (claim) => expect(grantsOfGroups(claim, new Map())).toEqual([])));
});

it.each(['superuser', 'toString', 'viewer@', 'viewer@a b', 'Viewer'])('refuses the role %j and names it', (role) => {
  const result = groupGrantsSchema.safeParse({ finance: [role] });
  expect(result.success).toBe(false);
  expect(result.error?.issues[0]?.message).toContain(`group "finance": "${role}" is no role`);
});

it('compares grants in any order', () => {
  const [viewer, accountant] = [
    { role: 'viewer', target: '*' },
    { role: 'accountant', target: 'one' },
  ] as const;
  expect(sameGrants([viewer, accountant], [accountant, viewer, viewer])).toBe(true);
  expect(sameGrants([viewer], [viewer, accountant])).toBe(false);
  expect(sameGrants([{ role: 'accountant', target: 'two' }], [accountant])).toBe(false);
});
