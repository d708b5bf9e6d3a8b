import type { PostingProfile } from '../assets/posting-profile.js';
import type { AccountParts } from '../assets/profile-books.js';
import { AccountUnmappedError } from '../errors.js';

/**
 * The account of a role in a profile: the one for the currency, else the one for all currencies.
 * @throws {AccountUnmappedError} when there is none, naming the line to add.
 */
export function accountOf(profile: PostingProfile, role: string, currency: string | null): string {
  const accounts = profile.books.accounts.get(role);
  const account = accounts?.get(currency ?? '*') ?? accounts?.get('*');
  if (account !== undefined) return account;
  const entry = accounts && currency !== null ? `${role}: { ${currency}: <account> }` : `${role}: <account>`;
  throw new AccountUnmappedError(
    `choosing the account of role ${role}${currency === null ? '' : ` for ${currency}`}: profile ${profile.name.value} has none; add "${entry}" under accounts in ${profile.path}`,
    { role, profile: profile.name.value, file: profile.path, ...(currency === null ? {} : { currency }) },
  );
}

/**
 * The account of a role in its parts, for a ledger that keeps account and subaccount in two columns.
 * @throws {AccountUnmappedError} when there is none, or when the profile writes it as one text.
 */
export function accountPartsOf(profile: PostingProfile, role: string, currency: string | null): AccountParts {
  const account = accountOf(profile, role, currency);
  const parts = profile.books.accountParts.get(account);
  if (parts !== undefined) return parts;
  throw new AccountUnmappedError(
    `choosing account and subaccount of role ${role}: profile ${profile.name.value} has "${account}" in one text; write it as { acct: ..., sub: ... } under accounts in ${profile.path}`,
    { role, profile: profile.name.value, file: profile.path },
  );
}
