import { money } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import type { PostingProfile } from '../assets/posting-profile.js';
import { roleLookup } from '../assets/role-table.js';
import type { RoleTable } from '../assets/role-table.js';
import { payoutParts } from './movement-lines.js';
import type { MovementGroup } from './movement-lines.js';

/** A company as its profile says it. */
export interface CompanyFormat {
  /** Its code in the ERP. */
  readonly company: string;
  /** True: live payments are booked; false: those of Stripe's test mode. */
  readonly livemode: boolean | null;
  readonly locale: string | null;
  /** IANA zone whose calendar days are posting dates. */
  readonly timeZone: string;
}

/** How the books of one target are kept, as far as those who compare with its ledger need to know. */
export interface TargetBooks {
  /** Settlement currency -> clearing account (role CLR). */
  readonly clearingAccounts: ReadonlyMap<string, string>;
  /** Account -> its role; of several roles the one that stands first in the profile. */
  readonly roles: ReadonlyMap<string, string>;
  /**
   * Whose books they are, and how the company writes amounts and dates. A locale of null, or no `livemode`: its profile does not say.
   */
  readonly format: CompanyFormat;
  /**
   * What the journal of a payout puts on the clearing account for a movement, with the sign of the balance. Zero when a document or a
   * journal per movement books it.
   */
  payoutPart(movement: MovementGroup): Money;
}

const clearingRole = 'CLR';

/** The books of every target that has clearing accounts. */
export function targetBooksOf(assets: {
  readonly profiles: ReadonlyMap<string, PostingProfile>;
  readonly roleTables: ReadonlyMap<string, RoleTable>;
}): ReadonlyMap<string, TargetBooks> {
  const roles = new Map([...assets.roleTables].map(([name, table]) => [name, roleLookup(table)]));
  return new Map(
    [...assets.profiles.values()].flatMap((profile): [string, TargetBooks][] => {
      const clearingAccounts = profile.books.accounts.get(clearingRole);
      if (!clearingAccounts || !roles.has('movements')) return [];
      const payoutPart = (movement: MovementGroup): Money => {
        const minor = payoutParts({ roles, profile }, movement).reduce((sum, { amount }) => sum + amount.minor, 0n);
        return money(minor, movement.gross.currency);
      };
      return [[profile.target, { clearingAccounts, roles: rolesOf(profile), format: formatOf(profile), payoutPart }]];
    }),
  );
}

function formatOf({ company, livemode, locale, timeZone }: PostingProfile): CompanyFormat {
  return { company, livemode: livemode ?? null, locale, timeZone };
}

function rolesOf({ books }: PostingProfile): ReadonlyMap<string, string> {
  const roles = new Map<string, string>();
  for (const [role, accounts] of books.accounts) for (const account of accounts.values()) if (!roles.has(account)) roles.set(account, role);
  return roles;
}
