import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { may, permissions, readKeySet, readSigningKey, roles, servicePermissions, serviceSubject, verifyToken } from '@tributary/identity';
import type { Permission } from '@tributary/identity';
import {
  issuers,
  keyFile,
  localRoles,
  makeLocalIdentity,
  publicKeysFile,
  readTerms,
  signLocalToken,
  tokenFileName,
} from '@tributary/local-stack';

/** The stack of this machine makes keys and tokens by itself; the services have to understand them. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'identity-'));
  makeLocalIdentity(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keys = (): ReturnType<typeof readKeySet> => readKeySet(readFileSync(publicKeysFile(folder), 'utf8'));

it('makes keys that services read, each for an issuer that may sign for its service', async () => {
  expect([...(await keys()).keys()].sort()).toEqual([...issuers].sort());
  for (const issuer of issuers) expect((await readSigningKey(readFileSync(keyFile(folder, issuer), 'utf8'))).issuer).toBe(issuer);
  const signedFor = issuers.filter((issuer) => issuer !== 'console').map((issuer) => serviceSubject(issuer));
  expect(signedFor.sort()).toEqual(
    Object.keys(servicePermissions)
      .map((name) => `service:${name}`)
      .sort(),
  );
});

it('knows all roles, and gives the person at this machine all that people may do', async () => {
  expect([...localRoles].sort()).toEqual(Object.keys(roles).sort());
  const person = await verifyToken(readFileSync(join(folder, tokenFileName), 'utf8').trim(), await keys(), new Date());
  const forPeople = new Set<Permission>(Object.values(roles).flat());
  for (const permission of Object.keys(permissions) as Permission[])
    expect([permission, may(person, permission)]).toEqual([permission, forPeople.has(permission)]);
});

it('gives scripts a token that reads and orders nothing', async () => {
  const reader = await verifyToken(signLocalToken(folder, readTerms), await keys(), new Date());
  const allowed = (Object.keys(permissions) as Permission[]).filter((permission) => may(reader, permission));
  expect(allowed.sort()).toEqual(['ledger.read', 'letters.read', 'payments.read']);
});
