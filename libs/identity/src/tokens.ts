import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { identityOfPayload, maySignFor, peopleIssuer, tokenAudience } from './claims.js';
import type { Claims } from './claims.js';
import type { Identity } from './identity.js';
import { tokenAlgorithm } from './keys.js';
import type { KeySet, SigningKey } from './keys.js';

/** By how much the clocks of two machines may differ, s. */
export const clockToleranceS = 30;
/** Longest life of a person's token: an API token, s. */
export const longestPersonTokenS = 366 * 86_400;
/** Longest life of a service's token, s: services make one whenever they need it. */
export const longestServiceTokenS = 600;
/** Longest token that is looked at, characters. */
const longestToken = 8_192;

/** Why a token is refused; the message is for the caller and tells nothing about keys. */
export class TokenRefusedError extends Error {
  constructor(
    readonly code: 'identity.expired' | 'identity.invalid' | 'identity.withdrawn',
    message: string,
  ) {
    super(message);
    this.name = 'TokenRefusedError';
  }
}

/** How long a token lives, and by which id it can be withdrawn. */
export interface TokenLife {
  readonly tokenId: string;
  /** s. */
  readonly lifetimeS: number;
  readonly now: Date;
}

/** Signs a token. @throws {RangeError} for a subject that the key's issuer may not sign for, or a life that nobody accepts. */
export async function signToken({ issuer, key }: SigningKey, claims: Claims, { tokenId, lifetimeS, now }: TokenLife): Promise<string> {
  if (!maySignFor(issuer, claims.subject)) throw new RangeError(`${issuer} may not sign for ${claims.subject}`);
  if (!(lifetimeS > 0 && lifetimeS <= longestLifeS(issuer)))
    throw new RangeError(`a token of ${issuer} lives ${longestLifeS(issuer)} s at most`);
  const { name, grants = [], scope } = claims;
  const issuedAt = Math.floor(now.getTime() / 1_000);
  return new SignJWT({ name, ...(grants.length > 0 ? { grants } : {}), ...(scope ? { scope } : {}) } as JWTPayload)
    .setProtectedHeader({ alg: tokenAlgorithm, kid: issuer, typ: 'JWT' })
    .setIssuer(issuer)
    .setSubject(claims.subject)
    .setAudience(tokenAudience)
    .setJti(tokenId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + Math.floor(lifetimeS))
    .sign(key);
}

/** Who a token is of. @throws {TokenRefusedError} */
export async function verifyToken(token: string, keys: KeySet, now: Date): Promise<Identity> {
  const issuer = issuerOf(token);
  const candidates = issuer === undefined ? [] : (keys.get(issuer) ?? []);
  for (const key of candidates) {
    const payload = await payloadOf(token, key, issuer as string, now);
    if (payload) return identityIn(issuer as string, payload, now);
  }
  throw invalid();
}

/** `kid` of a token whose header has the only form that is accepted. */
function issuerOf(token: string): string | undefined {
  if (token.length > longestToken) return undefined;
  try {
    const { alg, kid, crit } = decodeProtectedHeader(token);
    return alg === tokenAlgorithm && crit === undefined ? kid : undefined;
  } catch {
    return undefined;
  }
}

/** Payload of a token that this key signed, with all times and names checked; undefined when another key signed it. */
async function payloadOf(token: string, key: CryptoKey, issuer: string, now: Date): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [tokenAlgorithm],
      issuer,
      audience: tokenAudience,
      clockTolerance: clockToleranceS,
      currentDate: now,
      requiredClaims: ['iss', 'aud', 'sub', 'jti', 'iat', 'exp'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return undefined;
    if (error instanceof errors.JWTExpired)
      throw new TokenRefusedError('identity.expired', 'The token has expired. Sign in again, or make a new token.');
    throw invalid();
  }
}

function identityIn(issuer: string, payload: JWTPayload, now: Date): Identity {
  const stated = identityOfPayload(issuer, payload);
  if (!stated) throw invalid();
  const { expiresAt, ...identity } = stated;
  const { issuedAt = 0 } = identity;
  const fromFuture = issuedAt > now.getTime() / 1_000 + clockToleranceS;
  if (fromFuture || expiresAt - issuedAt > longestLifeS(issuer)) throw invalid();
  return identity;
}

function longestLifeS(issuer: string): number {
  return issuer === peopleIssuer ? longestPersonTokenS : longestServiceTokenS;
}

function invalid(): TokenRefusedError {
  return new TokenRefusedError('identity.invalid', 'The token is not valid here.');
}
