import type { MovementKind } from '@tributary/contracts';

const isOf = (...categories: readonly string[]): string => `m.category in (${categories.map((one) => `'${one}'`).join(', ')})`;
const feeOfItsOwn = isOf('fee', 'tax');

/**
 * Movements of Stripe's balance as figures of a day: which rows of `recon.movement m` count, and with which amount. Money that left is
 * positive. They are told apart by Stripe's reporting category; a movement without one is in no figure (docs/reference/stripe.md, 9).
 * A fee is taken from the movement that it is for, or is a movement of its own.
 */
export const movementKinds: Readonly<Record<MovementKind, { readonly condition: string; readonly minor: string }>> = {
  refunded: { condition: isOf('refund', 'refund_failure'), minor: '-m.gross' },
  fees: { condition: `(m.fee <> 0 or ${feeOfItsOwn})`, minor: `m.fee - case when ${feeOfItsOwn} then m.gross else 0 end` },
  disputes: { condition: isOf('dispute', 'dispute_reversal'), minor: '-m.gross' },
  paidOut: { condition: isOf('payout', 'payout_reversal'), minor: '-m.gross' },
};
