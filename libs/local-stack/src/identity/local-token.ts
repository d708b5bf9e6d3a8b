import { createPrivateKey, randomUUID, sign, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenFileName } from './api-token.js';
import { keyFile, makeKeyFiles, writeSecretFile } from './key-files.js';

/** Roles of people, as the services know them (libs/identity, which this project may not import; tools/identity checks that they agree). */
export const localRoles = ['viewer', 'accountant', 'engineer', 'approver', 'admin'] as const;
/** A role of a person. */
export type LocalRole = (typeof localRoles)[number];

/** The person at this machine, who may do everything on the stack of this machine. */
export const localAdmin = { id: 'local-admin', subject: 'person:local-admin', name: 'local admin' } as const;

/** What a token may do, and for how long. */
export interface LocalTokenTerms {
  /** For all targets. */
  readonly roles: readonly LocalRole[];
  readonly lifetimeS: number;
  /** Whose it is; default: the person at this machine. */
  readonly person?: { readonly subject: string; readonly name: string };
}

const dayS = 86_400;
/** The token that commands use: made by `npm start`, for thirty days. */
const ownTerms: LocalTokenTerms = { roles: localRoles, lifetimeS: 30 * dayS };
/** A token with less life than this is replaced at the next start, s. */
const renewBeforeS = 7 * dayS;
/** Of scripts: may read for a day. */
export const readTerms: LocalTokenTerms = { roles: ['viewer'], lifetimeS: dayS };

/**
 * Makes what the stack of this machine needs to know who asks: keys, and the token of the person at this machine. What is there and still
 * good is kept.
 */
export function makeLocalIdentity(folder: string, now: Date = new Date()): void {
  makeKeyFiles(folder);
  const file = join(folder, tokenFileName);
  if (!isGood(folder, file, now)) writeSecretFile(file, signLocalToken(folder, ownTerms, now));
}

/** A token of a person, by default of the one at this machine (JWT, RFC 7519, EdDSA of RFC 8037), signed with the key of `console`. */
export function signLocalToken(folder: string, { roles, lifetimeS, person = localAdmin }: LocalTokenTerms, now: Date = new Date()): string {
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const header = { alg: 'EdDSA', kid: 'console', typ: 'JWT' };
  const payload = {
    iss: 'console',
    aud: 'tributary',
    sub: person.subject,
    name: person.name,
    grants: roles.map((role) => ({ role, target: '*' })),
    jti: randomUUID(),
    iat: issuedAt,
    exp: issuedAt + lifetimeS,
  };
  const text = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${sign(null, Buffer.from(text), consoleKey(folder)).toString('base64url')}`;
}

/** Whether a file holds a token that the key there is now has signed, and that lives long enough. */
function isGood(folder: string, file: string, now: Date): boolean {
  if (!existsSync(file)) return false;
  const [header = '', payload = '', signature = ''] = readFileSync(file, 'utf8').trim().split('.');
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number };
    const signed = verify(null, Buffer.from(`${header}.${payload}`), consoleKey(folder), Buffer.from(signature, 'base64url'));
    return signed && exp - now.getTime() / 1_000 > renewBeforeS;
  } catch {
    return false;
  }
}

function consoleKey(folder: string): ReturnType<typeof createPrivateKey> {
  return createPrivateKey({ key: JSON.parse(readFileSync(keyFile(folder, 'console'), 'utf8')) as JsonWebKey, format: 'jwk' });
}
