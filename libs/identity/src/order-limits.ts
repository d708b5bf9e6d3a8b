import { localIdentity } from './identity.js';
import type { Identity } from './identity.js';

/** What somebody may decide alone. */
export interface OrderLimit {
  /** Largest number of messages (or documents) of one order. */
  readonly messages: number;
  /** Largest sum in a currency, decimal text in major units; `*`: in every other currency. */
  readonly amounts: ReadonlyMap<string, string>;
}

/** Limits by role. A role that has none may decide nothing alone. */
export type OrderLimits = ReadonlyMap<string, OrderLimit>;

/** What an accountant and an engineer may order alone, where nothing else is configured. */
export const defaultOrderLimits = 'accountant: 500 messages, 10000; engineer: 500 messages, 10000';

const roleForm = /^([a-z]+): *(\d{1,9}) ([a-z]+), *(.+)$/;
const amountForm = /^(?:([A-Z]{3}) )?(\d{1,15}(?:\.\d{1,3})?)$/;

/**
 * Reads limits like `accountant: 500 messages, 10000, EUR 9000; engineer: 100 messages, 0`. An amount without a currency holds for every
 * currency that is not named.
 * @param counted what an order is counted in: messages, or documents.
 * @throws Error naming the part that cannot be read.
 */
export function orderLimitsFrom(text: string, counted: 'messages' | 'documents' = 'messages'): OrderLimits {
  const limits = new Map<string, OrderLimit>();
  for (const part of text.split(';').map((one) => one.trim())) {
    const [, role, messages, unit, rest] = roleForm.exec(part) ?? [];
    if (role === undefined || rest === undefined || unit !== counted)
      throw new Error(`"${part}": expected a role with its limits, like "accountant: 500 ${counted}, 10000, EUR 9000"`);
    const amounts = rest.split(',').map((one): [string, string] => {
      const [, currency, amount] = amountForm.exec(one.trim()) ?? [];
      if (amount === undefined) throw new Error(`"${one.trim()}" of ${role}: expected an amount in major units, like 10000 or EUR 9000.00`);
      return [currency ?? '*', amount];
    });
    limits.set(role, { messages: Number(messages), amounts: new Map(amounts) });
  }
  return limits;
}

/** Size of an order: how many messages or documents it is about, and their money, one sum per currency in minor units. */
export interface OrderSize {
  readonly messages: number;
  readonly sums: readonly { readonly minor: bigint; readonly currency: string }[];
  /** What `messages` counts; default: messages. */
  readonly counted?: 'messages' | 'documents';
}

/** Roles by which limits are looked up: those that somebody holds for every one of the targets. undefined: nobody is signed in, so none holds. */
export function rolesFor({ subject, grants }: Identity, targets: readonly string[]): string[] | undefined {
  if (subject === localIdentity.subject) return undefined;
  const roles = [...new Set(grants.map(({ role }) => role))];
  const isHeld = (role: string, wanted: string): boolean =>
    grants.some((grant) => grant.role === role && (grant.target === '*' || grant.target === wanted));
  return roles.filter((role) => targets.every((wanted) => isHeld(role, wanted)));
}

/**
 * Why an order of this size is above what its author may decide alone: one sentence for each limit; empty: it is not.
 * @param roles by which the author may give the order. The most generous one counts, limit by limit.
 * @param decimalsOf decimals of a currency's minor unit; undefined: no such currency, and no limit can be kept.
 */
export function aboveLimit(
  limits: OrderLimits,
  roles: readonly string[],
  { messages, sums, counted = 'messages' }: OrderSize,
  decimalsOf: (currency: string) => number | undefined,
): string[] {
  const own = roles.flatMap((role) => limits.get(role) ?? []);
  const most = Math.max(0, ...own.map((limit) => limit.messages));
  const tooMany = messages > most ? [`it is about ${messages} ${counted}, and ${most} is the most that you decide alone`] : [];
  const tooMuch = sums.flatMap(({ minor, currency }) => {
    const decimals = decimalsOf(currency);
    if (decimals === undefined) return [`it is about ${minor} of "${currency}", which is no currency that has a limit`];
    const highest = own
      .flatMap(({ amounts }) => amounts.get(currency) ?? amounts.get('*') ?? [])
      .map((text) => ({ text, minor: minorOf(text, decimals) }))
      .reduce((top, one) => (one.minor > top.minor ? one : top), { text: '0', minor: 0n });
    const size = minor < 0n ? -minor : minor;
    return size > highest.minor
      ? [`it is about ${majorOf(size, decimals)} ${currency}, and ${highest.text} ${currency} is the most that you decide alone`]
      : [];
  });
  return [...tooMany, ...tooMuch];
}

/** Decimals that the currency does not have are cut: the limit is never higher than it says. */
function minorOf(text: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
}

function majorOf(minor: bigint, decimals: number): string {
  const digits = minor.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
