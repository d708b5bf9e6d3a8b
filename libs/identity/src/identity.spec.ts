import fc from 'fast-check';
import { localIdentity, may, targetsFor } from './identity.js';
import type { Identity } from './identity.js';
import { permissions, roles } from './permissions.js';
import type { Permission, Role } from './permissions.js';

const anyRole = fc.constantFrom(...(Object.keys(roles) as Role[]));
const anyPermission = fc.constantFrom(...(Object.keys(permissions) as Permission[]));
const person = (grants: Identity['grants'], scope?: readonly Permission[]): Identity => ({
  subject: 'person:1',
  name: 'A',
  grants,
  ...(scope ? { scope } : {}),
});

it('allows nobody anything by default', () => {
  fc.assert(fc.property(anyPermission, (permission) => !may(person([]), permission) && !may(person([]), permission, 'kinetic')));
});

it('keeps a role for one target to that target', () => {
  fc.assert(
    fc.property(anyRole, anyPermission, (role, permission) => {
      expect(may(person([{ role, target: 'kinetic' }]), permission, 'sl')).toBe(false);
      expect(may(person([{ role, target: 'kinetic' }]), permission, 'kinetic')).toBe(
        (roles[role] as readonly string[]).includes(permission),
      );
    }),
  );
});

it('never allows more by a scope than without it', () => {
  fc.assert(
    fc.property(anyRole, anyPermission, fc.array(anyPermission), (role, permission, scope) => {
      const grants = [{ role, target: '*' }];
      if (may(person(grants, scope), permission)) expect(may(person(grants), permission) && scope.includes(permission)).toBe(true);
    }),
  );
});

it('knows the targets of somebody with a role for one', () => {
  const both = person([
    { role: 'viewer', target: '*' },
    { role: 'accountant', target: 'sl' },
  ]);
  expect(targetsFor(both, 'payments.read')).toBe('*');
  expect(targetsFor(both, 'orders.create')).toEqual(['sl']);
  expect(targetsFor(both, 'people.manage')).toEqual([]);
  expect(targetsFor(localIdentity, 'people.manage')).toBe('*');
});

it('gives no role and no service a permission by a name of every object', () => {
  const odd = { subject: 'service:constructor', name: '', grants: [{ role: 'toString' as Role, target: '*' }] };
  expect(may(odd, 'payments.read')).toBe(false);
  expect(may({ ...odd, subject: 'person:2' }, 'payments.read')).toBe(false);
});

it('lets recon translate, and no person', () => {
  expect(may({ subject: 'service:recon', name: 'recon', grants: [] }, 'translations.run')).toBe(true);
  expect(Object.values(roles).some((held) => (held as readonly string[]).includes('translations.run'))).toBe(false);
});

it('gives no role both the order and its approval', () => {
  for (const held of Object.values(roles) as (readonly string[])[])
    expect(held.includes('orders.create') && held.includes('orders.approve')).toBe(false);
});
