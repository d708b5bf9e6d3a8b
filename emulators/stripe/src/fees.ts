/** One line of `fee_details`; the amount is in minor units of the settlement currency. */
export interface FeeDetail {
  readonly amount: number;
  readonly application: null;
  readonly currency: string;
  readonly description: string;
  readonly type: 'stripe_fee';
}

interface Tariff {
  /** Of the settled amount. */
  readonly perThousand: number;
  /** Minor units. */
  readonly fixed: number;
  /** Minor units. */
  readonly most?: number;
}

/**
 * What Stripe takes, in one table. Cards in USD and EUR, bank debits, conversion and disputes in USD reproduce the fees of
 * proof/fixtures/stripe/lists; other currencies and the dispute fee in EUR are assumed.
 */
export const feeTable = {
  card: { eur: { perThousand: 15, fixed: 25 }, other: { perThousand: 29, fixed: 30 } },
  us_bank_account: { other: { perThousand: 8, fixed: 0, most: 500 } },
  conversion: { perThousand: 10, fixed: 0 },
  dispute: { eur: 2_000, other: 1_500 },
} as const satisfies Record<string, unknown>;

/** Fees of a payment: processing, and conversion when it settles in another currency. @param amount settled, minor units. */
export function paymentFees(amount: number, currency: string, method: string, converted: boolean): FeeDetail[] {
  const tariffs: Readonly<Record<string, Tariff>> = method === 'us_bank_account' ? feeTable.us_bank_account : feeTable.card;
  const processing = feeOf(amount, tariffs[currency] ?? (tariffs.other as Tariff));
  const conversion = converted ? [feeDetail(feeOf(amount, feeTable.conversion), currency, 'Stripe currency conversion fee')] : [];
  return [feeDetail(processing, currency, 'Stripe processing fees'), ...conversion];
}

/** The fee of a lost amount: taken with the withdrawal (section 11). Negative when Stripe returns it. */
export function disputeFees(currency: string, returned = false): FeeDetail[] {
  const fee = currency === 'eur' ? feeTable.dispute.eur : feeTable.dispute.other;
  return [feeDetail(returned ? -fee : fee, currency, 'Dispute fee')];
}

/** A share of the amount, rounded half up, and a fixed part. */
function feeOf(amount: number, { perThousand, fixed, most }: Tariff): number {
  const fee = Number((BigInt(amount) * BigInt(perThousand) + 500n) / 1_000n) + fixed;
  return most === undefined ? fee : Math.min(fee, most);
}

function feeDetail(amount: number, currency: string, description: string): FeeDetail {
  return { amount, application: null, currency, description, type: 'stripe_fee' };
}
