import type { StripeObject } from './store.js';

/** Settlement currency and exchange rate per currency (assumed); the account settles in USD and EUR. The rate is `times / per`, in integers. */
const settlement: Readonly<Record<string, { currency: string; times: bigint; per: bigint; rate: number | null }>> = {
  usd: { currency: 'usd', times: 1n, per: 1n, rate: null },
  eur: { currency: 'eur', times: 1n, per: 1n, rate: null },
  jpy: { currency: 'usd', times: 67n, per: 100n, rate: 0.67 },
  gbp: { currency: 'usd', times: 127n, per: 100n, rate: 1.27 },
};

/**
 * The balance transaction of a charge or refund: `net = amount - fee`, settlement currency, integers only (section 9). Fee of a charge: 2.9 % + 30 minor
 * units, rounded half up; refunds return no fee (section 11). The percentages are assumed.
 */
export function balanceTransactionObject(
  id: string,
  created: number,
  of: { type: string; category: string; amount: number; currency: string; source: string; withFee: boolean },
): StripeObject {
  const rule = settlement[of.currency] ?? { currency: of.currency, times: 1n, per: 1n, rate: null };
  const amount = (BigInt(of.amount) * rule.times) / rule.per;
  const fee = of.withFee ? (amount * 29n + 500n) / 1_000n + 30n : 0n;
  return {
    id,
    object: 'balance_transaction',
    amount: Number(amount),
    available_on: created + 2 * 86_400,
    balance_type: 'payments',
    created,
    currency: rule.currency,
    description: null,
    exchange_rate: rule.rate,
    fee: Number(fee),
    fee_details: of.withFee
      ? [{ amount: Number(fee), application: null, currency: rule.currency, description: 'Stripe processing fees', type: 'stripe_fee' }]
      : [],
    net: Number(amount - fee),
    reporting_category: of.category,
    source: of.source,
    status: 'pending',
    type: of.type,
  };
}
