/**
 * How an installation knows the currency in which Stripe keeps the money of a charge. The balance transaction says so, but asynchronous capture
 * writes it up to an hour after the charge (docs/reference/stripe.md section 7).
 */
export interface SettlementPolicy {
  /** Currencies that the Stripe account keeps in themselves, because it has a bank account in them. Used until the balance transaction exists. */
  readonly currencies: ReadonlySet<string> | 'all';
  /** How long a charge in any other currency waits for its balance transaction before it is held. 0: it is held at once. */
  readonly waitMs: number;
}

/** Every currency settles in itself, so no charge waits. */
export const keepsAllCurrencies: SettlementPolicy = { currencies: 'all', waitMs: 0 };
