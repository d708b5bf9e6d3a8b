/** One movement of Stripe's balance, in settlement currency. Minor units as text; a fee that Stripe charged is positive. */
export interface BalanceMovement {
  readonly id: string;
  readonly type: string;
  /** Stripe's reporting category; empty when Stripe reports none. */
  readonly category: string;
  readonly currency: string;
  readonly gross: string;
  readonly fee: string;
  readonly net: string;
  readonly fees: readonly { readonly type: string; readonly minor: string }[];
  /** Seconds since 1970. */
  readonly created: number;
  /** Id of the charge, refund, dispute or payout that it is about; null where Stripe names none. */
  readonly source: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Balance per currency, available and pending together. Source: docs/reference/stripe.md (`GET /v1/balance`). */
export function balanceOf(object: Fields): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const part of [...rowsOf(object.available), ...rowsOf(object.pending)]) {
    if (typeof part.currency !== 'string' || !Number.isSafeInteger(part.amount)) continue;
    const currency = part.currency.toUpperCase();
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(part.amount as number));
  }
  return sums;
}

/**
 * The movements in a list of balance transactions. Rows that are not balance transactions are left out; the sums then differ from the
 * balance.
 */
export function movementsOf(list: Fields): BalanceMovement[] {
  return rowsOf(list.data).flatMap((row): BalanceMovement[] => {
    const amounts = [row.amount, row.fee, row.net];
    if (typeof row.id !== 'string' || typeof row.currency !== 'string' || !amounts.every(Number.isSafeInteger)) return [];
    const fees = rowsOf(row.fee_details).filter(({ amount }) => Number.isSafeInteger(amount));
    return [
      {
        id: row.id,
        type: textOf(row.type),
        category: textOf(row.reporting_category),
        currency: row.currency.toUpperCase(),
        gross: String(row.amount),
        fee: String(row.fee),
        net: String(row.net),
        fees: fees.map(({ type, amount }) => ({ type: textOf(type), minor: String(amount) })),
        created: Number.isSafeInteger(row.created) ? (row.created as number) : 0,
        source: sourceOf(row.source),
      },
    ];
  });
}

function rowsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter((row): row is Fields => typeof row === 'object' && row !== null) : [];
}

/** Stripe gives an id, or the object itself where it was asked to. */
function sourceOf(source: unknown): string | null {
  const id = typeof source === 'object' && source !== null ? (source as Fields).id : source;
  return typeof id === 'string' && id !== '' ? id : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
