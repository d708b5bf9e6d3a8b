import { roles, servicePermissions } from './permissions.js';
import type { Permission, Role } from './permissions.js';

/** A role, for one target (`erp-main`) or for all (`*`). */
export interface Grant {
  readonly role: Role;
  readonly target: string;
}

/** Who makes a request, after its token was verified. */
export interface Identity {
  /** `person:<id>`, `service:<name>`, or `local` where no identity is configured. Never reused for somebody else. */
  readonly subject: string;
  /** Name for people to read, as the audit trail shows it. */
  readonly name: string;
  readonly grants: readonly Grant[];
  /** What a token may do at most, beside its grants; undefined: all that the grants allow. */
  readonly scope?: readonly Permission[];
  /** Id of the token (`jti`), by which it is withdrawn. */
  readonly tokenId?: string;
  /** When the token was made, s since 1970: grants that changed later make it invalid. */
  readonly issuedAt?: number;
}

/** The subject where no identity is configured: the person at this machine. Only loopback addresses are served then. */
export const localIdentity: Identity = { subject: 'local', name: 'local', grants: [] };

/**
 * Whether somebody may do something.
 * @param target name of the ledger that it is about; undefined: it is about none, and a role for any target is enough.
 */
export function may(identity: Identity, permission: Permission, target?: string): boolean {
  if (identity.subject === localIdentity.subject) return true;
  if (identity.scope && !identity.scope.includes(permission)) return false;
  const service = /^service:([\w-]+)$/.exec(identity.subject)?.[1];
  if (service !== undefined) return permissionsOfService(service).includes(permission);
  return identity.grants.some(
    (grant) => permissionsOf(grant.role).includes(permission) && (target === undefined || grant.target === '*' || grant.target === target),
  );
}

/** Targets that somebody may do something for; `*`: all. */
export function targetsFor(identity: Identity, permission: Permission): '*' | readonly string[] {
  if (identity.subject === localIdentity.subject || may(identity, permission, '*')) return '*';
  const targets = identity.grants.map(({ target }) => target).filter((target) => may(identity, permission, target));
  return [...new Set(targets)];
}

function permissionsOf(role: string): readonly Permission[] {
  return Object.hasOwn(roles, role) ? roles[role as Role] : [];
}

function permissionsOfService(name: string): readonly Permission[] {
  return Object.hasOwn(servicePermissions, name) ? servicePermissions[name as keyof typeof servicePermissions] : [];
}
