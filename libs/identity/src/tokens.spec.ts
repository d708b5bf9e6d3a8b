import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { may } from './identity.js';
import { generateKeys, readKeySet, readSigningKey } from './keys.js';
import type { KeySet, SigningKey } from './keys.js';
import { clockToleranceS, longestPersonTokenS, longestServiceTokenS, signToken, TokenRefusedError, verifyToken } from './tokens.js';

const now = new Date('2026-11-28T12:00:00Z');
const nowS = now.getTime() / 1_000;
let keys: KeySet;
let people: SigningKey;
let recon: SigningKey;
let reconPublic: string;
beforeAll(async () => {
  const made = { console: await generateKeys('console'), recon: await generateKeys('recon') };
  keys = await readKeySet(JSON.stringify({ keys: [made.console.publicJwk, made.recon.publicJwk] }));
  people = await readSigningKey(JSON.stringify(made.console.privateJwk));
  recon = await readSigningKey(JSON.stringify(made.recon.privateJwk));
  reconPublic = made.recon.publicJwk.x as string;
});

/** A token of any content, signed by hand: signToken would refuse to make most of them. */
function forged(header: object, payload: object, signature: (signed: string) => Buffer): string {
  const signed = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${signature(signed).toString('base64url')}`;
}
const payloadOf = (over: object = {}): object => ({
  iss: 'console',
  sub: 'person:1',
  aud: 'tributary',
  name: 'Ada',
  grants: [{ role: 'viewer', target: '*' }],
  jti: 'token-0001',
  iat: nowS,
  exp: nowS + 60,
  ...over,
});
const header = (over: object = {}): object => ({ alg: 'EdDSA', kid: 'console', ...over });
async function signedWith({ key }: SigningKey, payload: object, head = header()): Promise<string> {
  const signed = [head, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${Buffer.from(await crypto.subtle.sign('Ed25519', key, Buffer.from(signed))).toString('base64url')}`;
}
const answer = (token: string, at = now): Promise<string> =>
  verifyToken(token, keys, at).then(
    ({ subject }) => subject,
    (error: unknown) => (error instanceof TokenRefusedError ? error.code : String(error)),
  );

it('says who a token is of', async () => {
  const claims = { subject: 'person:1', name: 'Ada', grants: [{ role: 'accountant', target: 'sl' }], scope: ['payments.read'] } as const;
  const token = await signToken(people, claims, { tokenId: 'token-0001', lifetimeS: 60, now });
  expect(await verifyToken(token, keys, now)).toEqual({ ...claims, tokenId: 'token-0001', issuedAt: nowS });
});

it('accepts a token within the tolerance of clocks, and not beyond it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -3_600, max: 3_600 }), async (offS) => {
      const token = await signToken(people, { subject: 'person:1', name: 'Ada' }, { tokenId: 'token-0001', lifetimeS: 60, now });
      const expected = offS >= 60 + clockToleranceS ? 'identity.expired' : offS < -clockToleranceS ? 'identity.invalid' : 'person:1';
      expect(await answer(token, new Date(now.getTime() + offS * 1_000))).toBe(expected);
    }),
  );
});

it('refuses a token whose signature or content was changed anywhere', async () => {
  const token = await signToken(people, { subject: 'person:1', name: 'Ada' }, { tokenId: 'token-0001', lifetimeS: 60, now });
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'ABCDwxyz0189-_.'), async (index, character) => {
      const changed = token.slice(0, index) + character + token.slice(index + 1);
      // The last character of a part has bits that mean nothing: only another meaning has to be refused.
      if (lastBitsOnly(token, changed)) return;
      expect(await answer(changed)).toBe('identity.invalid');
    }),
  );
});
function lastBitsOnly(one: string, other: string): boolean {
  const decoded = (token: string): string[] => token.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'));
  return one.split('.').length === other.split('.').length && decoded(one).join() === decoded(other).join();
}

describe.each<[string, () => string | Promise<string>]>([
  ['nothing', () => ''],
  ['text', () => 'person:1'],
  ['a very long text', () => 'x'.repeat(100_000)],
  ['alg none', () => forged(header({ alg: 'none' }), payloadOf(), () => Buffer.alloc(0))],
  ['alg None', () => forged(header({ alg: 'None' }), payloadOf(), () => Buffer.alloc(0))],
  [
    'HS256 with the public key as its secret',
    () =>
      forged(header({ alg: 'HS256', kid: 'recon' }), payloadOf({ iss: 'recon', sub: 'service:recon' }), (signed) =>
        createHmac('sha256', Buffer.from(reconPublic, 'base64url')).update(signed).digest(),
      ),
  ],
  [
    'the key of a stranger',
    () => forged(header(), payloadOf(), (signed) => sign(null, Buffer.from(signed), generateKeyPairSync('ed25519').privateKey)),
  ],
  [
    'a key in its own header',
    () => forged(header({ jwk: { kty: 'OKP', crv: 'Ed25519', x: reconPublic } }), payloadOf(), () => Buffer.alloc(64)),
  ],
  ['a critical extension', () => signedWith(people, payloadOf(), header({ crit: ['b64'], b64: true }))],
  ['an unknown issuer', () => signedWith(people, payloadOf({ iss: 'sink' }), header({ kid: 'sink' }))],
  ['no kid', () => signedWith(people, payloadOf(), { alg: 'EdDSA' })],
  ['the kid of another issuer', () => signedWith(recon, payloadOf(), header({ kid: 'console' }))],
  ['an issuer that is not its kid', () => signedWith(recon, payloadOf({ iss: 'console' }), header({ kid: 'recon' }))],
  ['another audience', () => signedWith(people, payloadOf({ aud: 'elsewhere' }))],
  ['no audience', () => signedWith(people, payloadOf({ aud: undefined }))],
  ['no expiry', () => signedWith(people, payloadOf({ exp: undefined }))],
  ['no id', () => signedWith(people, payloadOf({ jti: undefined }))],
  ['not valid yet', () => signedWith(people, payloadOf({ nbf: nowS + clockToleranceS + 1 }))],
  ['made in the future', () => signedWith(people, payloadOf({ iat: nowS + clockToleranceS + 1, exp: nowS + 600 }))],
  ['a longer life than anybody may have', () => signedWith(people, payloadOf({ exp: nowS + longestPersonTokenS + 1 }))],
  ['an unknown role', () => signedWith(people, payloadOf({ grants: [{ role: 'owner', target: '*' }] }))],
  ['a role named like a member of every object', () => signedWith(people, payloadOf({ grants: [{ role: 'constructor', target: '*' }] }))],
  ['an unknown permission', () => signedWith(people, payloadOf({ scope: ['everything'] }))],
  ['a name that writes to a terminal', () => signedWith(people, payloadOf({ name: 'Ada\u001b[2J' }))],
  ['the subject of no configured identity', () => signedWith(people, payloadOf({ sub: 'local' }))],
  ['a person of a service', () => signedWith(recon, payloadOf({ iss: 'recon' }), header({ kid: 'recon' }))],
  ['a service of the issuer of people', () => signedWith(people, payloadOf({ sub: 'service:recon' }))],
  ['another service', () => signedWith(recon, payloadOf({ iss: 'recon', sub: 'service:console' }), header({ kid: 'recon' }))],
  [
    'a service that lives too long',
    () =>
      signedWith(recon, payloadOf({ iss: 'recon', sub: 'service:recon', exp: nowS + longestServiceTokenS + 1 }), header({ kid: 'recon' })),
  ],
])('%s', (_what, make) => {
  it('is refused', async () => {
    expect(await answer(await make())).toBe('identity.invalid');
  });
});

it('does not believe a service what it may do', async () => {
  const token = await signedWith(
    recon,
    payloadOf({ iss: 'recon', sub: 'service:recon', grants: [{ role: 'admin', target: '*' }] }),
    header({ kid: 'recon' }),
  );
  const identity = await verifyToken(token, keys, now);
  expect(identity).toMatchObject({ subject: 'service:recon', grants: [] });
  expect(may(identity, 'people.manage')).toBe(false);
  expect(may(identity, 'translations.run')).toBe(true);
});

it('signs nothing that would be refused', async () => {
  const life = { tokenId: 'token-0001', lifetimeS: 60, now };
  await expect(signToken(recon, { subject: 'person:1', name: 'Ada' }, life)).rejects.toThrow('recon may not sign for person:1');
  await expect(signToken(people, { subject: 'service:recon', name: 'recon' }, life)).rejects.toThrow(RangeError);
  await expect(signToken(people, { subject: 'person:1', name: 'Ada' }, { ...life, lifetimeS: longestPersonTokenS + 1 })).rejects.toThrow(
    RangeError,
  );
});
