import { exportJWK, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { z } from 'zod';

/** Signature algorithm of every token. Another one in a token's header is refused, whatever it is. */
export const tokenAlgorithm = 'EdDSA';

const issuerName = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'kid is the name of the issuer: lower-case letters, digits and dashes');
const publicJwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), kid: issuerName, x: z.string().length(43) });
const privateJwk = publicJwk.extend({ d: z.string().length(43) });
const jwkSet = z.object({
  keys: z
    .array(publicJwk.extend({ d: z.never('it is a private key, for which whoever verifies has no use').optional() }))
    .min(1)
    .max(100),
});

/** A key that signs tokens. */
export interface SigningKey {
  /** Who signs with it: `kid` and `iss` of its tokens. */
  readonly issuer: string;
  readonly key: CryptoKey;
}

/** Public keys by issuer. An issuer whose key is being replaced has two. */
export type KeySet = ReadonlyMap<string, readonly CryptoKey[]>;

/** A pair of JWKs of an issuer, as configuration holds them. */
export interface JwkPair {
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

/** Makes a key pair (Ed25519). @param issuer `console`, or the name of a service. */
export async function generateKeys(issuer: string): Promise<JwkPair> {
  const { publicKey, privateKey } = await generateKeyPair(tokenAlgorithm, { crv: 'Ed25519', extractable: true });
  const common = { kid: issuerName.parse(issuer), alg: tokenAlgorithm, use: 'sig' };
  return { publicJwk: { ...(await exportJWK(publicKey)), ...common }, privateJwk: { ...(await exportJWK(privateKey)), ...common } };
}

/**
 * Reads a private JWK.
 * @param text JSON.
 * @throws {Error} that says what is wrong and quotes nothing of the text.
 */
export async function readSigningKey(text: string): Promise<SigningKey> {
  const { kid, kty, crv, x, d } = read(privateJwk, text, 'a private Ed25519 JWK with kid');
  return { issuer: kid, key: await imported({ kty, crv, x, d }) };
}

/**
 * Reads a JWK set of public keys; a private key in it is refused.
 * @param text JSON.
 * @throws {Error} that says what is wrong and quotes nothing of the text.
 */
export async function readKeySet(text: string): Promise<KeySet> {
  const keys = new Map<string, CryptoKey[]>();
  for (const { kid, kty, crv, x } of read(jwkSet, text, 'a JWK set of public Ed25519 keys with kid').keys)
    keys.set(kid, [...(keys.get(kid) ?? []), await imported({ kty, crv, x })]);
  return keys;
}

async function imported(jwk: JWK): Promise<CryptoKey> {
  try {
    return (await importJWK(jwk, tokenAlgorithm)) as CryptoKey;
  } catch {
    throw new Error('a key is not an Ed25519 key');
  }
}

function read<Shape>(shape: z.ZodType<Shape>, text: string, expected: string): Shape {
  const result = shape.safeParse(parseJson(text, expected));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`expected ${expected}: ${issue?.path.join('.') || 'it'}: ${issue?.message}`);
}

function parseJson(text: string, expected: string): object {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json;
  } catch {
    // The parser's message would quote the text.
  }
  throw new Error(`expected ${expected}: it is not a JSON object`);
}
