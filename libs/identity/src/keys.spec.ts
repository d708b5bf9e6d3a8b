import { generateKeys, readKeySet, readSigningKey } from './keys.js';
import { signToken, verifyToken } from './tokens.js';

const now = new Date('2026-11-28T12:00:00Z');

it('verifies with every key of an issuer, so that a key can be replaced', async () => {
  const [former, current] = [await generateKeys('console'), await generateKeys('console')];
  const both = await readKeySet(JSON.stringify({ keys: [current.publicJwk, former.publicJwk] }));
  for (const { privateJwk } of [former, current]) {
    const key = await readSigningKey(JSON.stringify(privateJwk));
    const token = await signToken(key, { subject: 'person:1', name: 'Ada' }, { tokenId: 'token-0001', lifetimeS: 60, now });
    expect((await verifyToken(token, both, now)).subject).toBe('person:1');
  }
});

it('signs for the service itself, whose name may end in -service', async () => {
  const { publicJwk, privateJwk } = await generateKeys('console-service');
  const key = await readSigningKey(JSON.stringify(privateJwk));
  const token = await signToken(key, { subject: 'service:console', name: 'console' }, { tokenId: 'token-0001', lifetimeS: 60, now });
  expect((await verifyToken(token, await readKeySet(JSON.stringify({ keys: [publicJwk] })), now)).subject).toBe('service:console');
});

it('refuses what is no key set, and quotes none of it', async () => {
  const { publicJwk, privateJwk } = await generateKeys('recon');
  const refused = ['', 'canary', '[]', '{}', '{"keys":[]}', '{"keys":"canary"}', JSON.stringify({ keys: [{ ...publicJwk, kid: '' }] })];
  for (const text of refused) {
    const error = await readKeySet(text).catch((caught: Error) => caught);
    expect(error).toMatchObject({ message: expect.stringContaining('expected a JWK set of public Ed25519 keys with kid') });
    expect(String(error)).not.toContain('canary');
  }
  await expect(readKeySet(JSON.stringify({ keys: [privateJwk] }))).rejects.toThrow('it is a private key');
  await expect(readKeySet(JSON.stringify({ keys: [{ ...publicJwk, kty: 'oct' }] }))).rejects.toThrow('keys.0.kty');
  await expect(readSigningKey(JSON.stringify(publicJwk))).rejects.toThrow('expected a private Ed25519 JWK with kid');
});
