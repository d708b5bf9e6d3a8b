/** One line of an effect. Debits are positive, credits negative, in minor units. */
export interface EffectAmount {
  /** Null when the ERP itself determines the account. */
  readonly account: string | null;
  /** Empty for an account without a role. */
  readonly role: string;
  readonly currency: string;
  readonly minor: bigint;
}

/** The lines of one account in one currency. */
export interface AccountSum {
  readonly account: string | null;
  readonly roles: readonly string[];
  readonly currency: string;
  /** Debits less credits. */
  readonly net: bigint;
}

/** Sums of lines, one per account and currency, in the order of the first line of each. */
export function sumsOf(lines: readonly EffectAmount[]): AccountSum[] {
  const sums = new Map<string, AccountSum>();
  for (const { account, role, currency, minor } of lines) {
    const key = JSON.stringify([account, currency]);
    const known = sums.get(key) ?? { account, roles: [], currency, net: 0n };
    const roles = role === '' || known.roles.includes(role) ? known.roles : [...known.roles, role];
    sums.set(key, { ...known, roles, net: known.net + minor });
  }
  return [...sums.values()];
}

/**
 * Whether the sums of one ledger are those that were asked for at one rate of exchange, whatever that rate is.
 * @param pairs asked and found sum of each account.
 * @param lines number of lines: each may be rounded by up to one minor unit.
 */
export function atOneRate(pairs: readonly (readonly [asked: bigint, found: bigint])[], lines: number): boolean {
  const [widest] = [...pairs].sort(([a], [b]) => (absolute(a) > absolute(b) ? -1 : 1));
  if (!widest || widest[0] === 0n) return pairs.every(([, found]) => absolute(found) <= BigInt(lines));
  const [asked, found] = widest;
  if (found === 0n || found > 0n !== asked > 0n) return false;
  const slack = BigInt(lines);
  return pairs.every(([a, f]) => absolute(f * asked - a * found) <= slack * (absolute(asked) + absolute(a)));
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
