import { z } from 'zod';
import type { Identity } from './identity.js';

const shape = z.object({
  tokens: z.array(z.string().min(1)),
  subjects: z.array(z.object({ subject: z.string().min(1), issuedBefore: z.number().int() })),
});

/** What is withdrawn, as the console publishes it at `GET /identity/revocations`. */
export interface Revocations {
  /** Ids (`jti`) of tokens. */
  readonly tokens: readonly string[];
  /**
   * People whose older tokens count no longer: signed out everywhere, locked out, or with other roles. `issuedBefore` is in s since 1970;
   * tokens have whole seconds, so it is the second after the change.
   */
  readonly subjects: readonly { readonly subject: string; readonly issuedBefore: number }[];
}

/** Nothing is withdrawn. */
export const noRevocations: Revocations = { tokens: [], subjects: [] };

/** Whether the token of an identity is withdrawn. */
export type IsWithdrawn = (identity: Identity) => boolean;

/** @param given parsed JSON. @throws {Error} when it is no list of revocations. */
export function readRevocations(given: unknown): Revocations {
  const result = shape.safeParse(given);
  if (!result.success) throw new Error('it is no list of revocations');
  return result.data;
}

/** Prepares a list for being asked at every request. */
export function withdrawnBy({ tokens, subjects }: Revocations): IsWithdrawn {
  const ids = new Set(tokens);
  const since = new Map<string, number>();
  for (const { subject, issuedBefore } of subjects) since.set(subject, Math.max(issuedBefore, since.get(subject) ?? issuedBefore));
  return ({ subject, tokenId, issuedAt = 0 }) =>
    (tokenId !== undefined && ids.has(tokenId)) || issuedAt < (since.get(subject) ?? -Infinity);
}
