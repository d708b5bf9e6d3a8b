import { z } from 'zod';
import type { Grant, Identity } from './identity.js';
import { permissions, roles } from './permissions.js';
import type { Permission, Role } from './permissions.js';

/** `aud` of every token. */
export const tokenAudience = 'tributary';

/** The only issuer of people's tokens. */
export const peopleIssuer = 'console';

const seconds = z.number().int().positive();
const shape = z.object({
  sub: z.string().regex(/^(person|service):[\w.@-]{1,128}$/),
  name: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u), // written into logs and shown in terminals
  grants: z
    .array(z.object({ role: z.enum(Object.keys(roles) as [Role, ...Role[]]), target: z.string().min(1).max(80) }))
    .max(200)
    .default([]),
  scope: z.array(z.enum(Object.keys(permissions) as [Permission, ...Permission[]])).optional(),
  jti: z.string().min(8).max(128),
  iat: seconds,
  exp: seconds,
});

/** What is said in a token, before its issuer adds times and an id. */
export interface Claims {
  readonly subject: string;
  readonly name: string;
  readonly grants?: readonly Grant[];
  readonly scope?: readonly Permission[];
}

/** The subject that a service's issuer signs for: `recon` and `recon-service` for `service:recon`. */
export function serviceSubject(issuer: string): string {
  return `service:${issuer.replace(/-service$/, '')}`;
}

/** Whether an issuer may sign for a subject: the console for people, a service for itself. */
export function maySignFor(issuer: string, subject: string): boolean {
  return issuer === peopleIssuer ? subject.startsWith('person:') : subject === serviceSubject(issuer);
}

/**
 * The identity that the payload of a verified token states; undefined when it is not of this form, or its issuer may not say it. What a
 * service may do is not for its token to say.
 */
export function identityOfPayload(issuer: string, payload: unknown): (Identity & { readonly expiresAt: number }) | undefined {
  const result = shape.safeParse(payload);
  if (!result.success || !maySignFor(issuer, result.data.sub)) return undefined;
  const { sub, name, grants, scope, jti, iat, exp } = result.data;
  return {
    subject: sub,
    name,
    grants: issuer === peopleIssuer ? grants : [],
    ...(scope ? { scope } : {}),
    tokenId: jti,
    issuedAt: iat,
    expiresAt: exp,
  };
}
