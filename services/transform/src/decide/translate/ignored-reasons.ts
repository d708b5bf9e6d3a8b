/** Reasons why a Stripe event becomes no canonical fact. The names are published in metrics and records, so they are stable. */
export const ignoredReasons = {
  'unhandled-type': 'No mapper for this type of Stripe event.',
  echo: 'A call of ours made this change, and it changed only metadata that we keep: the other side knows it already.',
  'not-captured': 'The charge is authorised but not captured: no money has moved. charge.captured books it.',
  'not-succeeded': 'The object says that the payment did not succeed (or not yet), whatever the name of the event: no money has moved.',
  'no-accounting-change':
    'Nothing that a ledger keeps has changed: charge.updated counts only when money was captured or its balance transaction became known.',
  'refund-total-only': 'charge.refunded tells a running total; since API 2022-11-15 the refunds themselves come as refund.*.',
} as const;

/** Name of a reason. */
export type IgnoredReason = keyof typeof ignoredReasons;
