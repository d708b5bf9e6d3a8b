import type { MoneyAtRisk } from './letter.js';

/** What somebody may decide alone. */
export interface OrderLimit {
  /** Largest number of messages of one order. */
  readonly messages: number;
  /** Largest sum in a currency, decimal text in major units; `*`: in every other currency. */
  readonly amounts: ReadonlyMap<string, string>;
}

/** Limits by role. A role that has none may decide nothing alone. */
export type OrderLimits = ReadonlyMap<string, OrderLimit>;

/** What an accountant and an engineer may order alone, where nothing else is configured. */
export const defaultOrderLimits = 'accountant: 500 messages, 10000; engineer: 500 messages, 10000';

const roleForm = /^([a-z]+): *(\d{1,9}) messages, *(.+)$/;
const amountForm = /^(?:([A-Z]{3}) )?(\d{1,15}(?:\.\d{1,3})?)$/;

/**
 * Reads limits like `accountant: 500 messages, 10000, EUR 9000; engineer: 100 messages, 0`. An amount without a currency holds for every
 * currency that is not named. @throws Error naming the part that cannot be read.
 */
export function orderLimitsFrom(text: string): OrderLimits {
  const limits = new Map<string, OrderLimit>();
  for (const part of text.split(';').map((one) => one.trim())) {
    const [, role, messages, rest] = roleForm.exec(part) ?? [];
    if (role === undefined || rest === undefined)
      throw new Error(`"${part}": expected a role with its limits, like "accountant: 500 messages, 10000, EUR 9000"`);
    const amounts = rest.split(',').map((one): [string, string] => {
      const [, currency, amount] = amountForm.exec(one.trim()) ?? [];
      if (amount === undefined) throw new Error(`"${one.trim()}" of ${role}: expected an amount in major units, like 10000 or EUR 9000.00`);
      return [currency ?? '*', amount];
    });
    limits.set(role, { messages: Number(messages), amounts: new Map(amounts) });
  }
  return limits;
}

/** Size of an order: its messages, and the money of each. */
export interface OrderSize {
  readonly messages: number;
  readonly sums: readonly MoneyAtRisk[];
}

/**
 * Why an order of this size is above what its author may decide alone: one sentence for each limit; empty: it is not.
 * @param roles by which the author may give the order. The most generous one counts, limit by limit.
 * @param decimalsOf decimals of a currency's minor unit; undefined: no such currency, and no limit can be kept.
 */
export function aboveLimit(
  limits: OrderLimits,
  roles: readonly string[],
  { messages, sums }: OrderSize,
  decimalsOf: (currency: string) => number | undefined,
): string[] {
  const own = roles.flatMap((role) => limits.get(role) ?? []);
  const most = Math.max(0, ...own.map((limit) => limit.messages));
  const tooMany = messages > most ? [`it is about ${messages} messages, and ${most} is the most that you decide alone`] : [];
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
