/** The cases that every ledger has to serve: names of the folders of `golden/`. */
export const cellNames: readonly string[] = [
  ...['customer-create', 'customer-update', 'match-or-ask', 'cash-receipt', 'refund-full', 'refund-partial', 'refund-failed'],
  ...['dispute-opened', 'dispute-won', 'dispute-lost', 'stripe-fee', 'payout-deposit', 'payout-failed', 'fx-settlement'],
  ...['period-closed', 'fraud-warning'],
];
