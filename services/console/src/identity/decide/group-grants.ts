import { roles } from '@tributary/identity';
import type { Grant, Role } from '@tributary/identity';
import { z } from 'zod';

const grantText = /^([a-z]+)(?:@([A-Za-z0-9_.-]+|\*))?$/;

/**
 * Which roles a group of the identity provider gives: `{"finance": ["viewer", "accountant@ledger-one"]}`. A role without a target is for all
 * targets.
 */
export const groupGrantsSchema = z.record(z.string().min(1).max(500), z.array(z.string()).max(100)).transform((groups, context) => {
  const grants = new Map<string, readonly Grant[]>();
  for (const [group, texts] of Object.entries(groups)) {
    grants.set(
      group,
      texts.flatMap((text) => {
        const grant = parseGrant(text);
        if (grant) return [grant];
        context.addIssue(
          `group "${group}": "${text}" is no role; expected one of ${Object.keys(roles).join(', ')}, with @<target> for one target`,
        );
        return [];
      }),
    );
  }
  return grants as ReadonlyMap<string, readonly Grant[]>;
});

/** What `accountant@ledger-one` or `viewer` stands for; undefined when there is no such role. */
export function parseGrant(text: string): Grant | undefined {
  const [, role = '', target = '*'] = grantText.exec(text) ?? [];
  return Object.hasOwn(roles, role) ? { role: role as Role, target } : undefined;
}

/** Grants of somebody in these groups, each once, in the order of the configuration. @param claim value of the groups claim, whatever it is. */
export function grantsOfGroups(claim: unknown, mapping: ReadonlyMap<string, readonly Grant[]>): Grant[] {
  const groups = new Set(typeof claim === 'string' ? [claim] : Array.isArray(claim) ? claim : []);
  const found = [...mapping].flatMap(([group, grants]) => (groups.has(group) ? grants : []));
  return uniqueGrants(found);
}

/** Each grant once, in the order in which they were first named. */
export function uniqueGrants(grants: readonly Grant[]): Grant[] {
  return [...new Map(grants.map((grant) => [`${grant.role}@${grant.target}`, grant])).values()];
}

/** Whether two lists of grants hold the same, in any order. */
export function sameGrants(a: readonly Grant[], b: readonly Grant[]): boolean {
  const texts = (grants: readonly Grant[]): string =>
    uniqueGrants(grants)
      .map(({ role, target }) => `${role}@${target}`)
      .sort()
      .join(',');
  return texts(a) === texts(b);
}
