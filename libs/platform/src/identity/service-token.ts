import { randomUUID } from 'node:crypto';
import { serviceSubject, signToken } from '@tributary/identity';
import type { SigningKey } from '@tributary/identity';

/** Gives a token that is good for the next minutes. */
export type TokenSource = () => Promise<string>;

const lifetimeS = 300;

/** Tokens of a service for itself: one is used for half of its life, then the next is made, with the key as it is then. */
export function serviceTokenSource(key: () => Promise<SigningKey>, now = (): Date => new Date()): TokenSource {
  let current: { readonly key: SigningKey; readonly token: string; readonly untilMs: number } | undefined;
  return async () => {
    const signing = await key();
    const at = now();
    if (current && current.key === signing && at.getTime() < current.untilMs) return current.token;
    const subject = serviceSubject(signing.issuer);
    const claims = { subject, name: subject.replace('service:', '') };
    const token = await signToken(signing, claims, { tokenId: randomUUID(), lifetimeS, now: at });
    current = { key: signing, token, untilMs: at.getTime() + (lifetimeS / 2) * 1_000 };
    return token;
  };
}

/** A `fetch` that says who calls. A request that has an `authorization` header already keeps it: it is sent for somebody else. */
export function authorizedFetch(send: typeof fetch, tokens: TokenSource | undefined): typeof fetch {
  if (!tokens) return send;
  return async (input, init) => {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${await tokens()}`);
    return send(input, { ...init, headers });
  };
}
