import type { Settlement } from '@tributary/contracts';
import { SettlementUnknownError } from './errors.js';
import { settlementOf } from './stripe-charge.js';
import type { StripeEvent } from './stripe-event.js';
import type { Enrichment, Wishes } from './translation.js';

/**
 * In which currency Stripe keeps the money of a charge. Only its balance transaction says so; that comes up to an hour after the charge
 * (asynchronous capture, docs/reference/stripe.md section 7).
 */
export interface SettlementPolicy {
  /** Currencies that the Stripe account keeps in themselves (it has a bank account in them); a declaration, for charges that do not tell yet. */
  readonly currencies: ReadonlySet<string> | 'all';
  /** How long a charge in any other currency waits for its balance transaction before a person decides. 0: not at all. */
  readonly waitMs: number;
}

/** Every currency is kept in itself: nothing is waited for. */
export const keepsAllCurrencies: SettlementPolicy = { currencies: 'all', waitMs: 0 };

/** What to read for the settlement of a captured charge: one object, or nothing where the declaration is enough. */
export function settlementWishes(event: StripeEvent, part: string | null, policy: SettlementPolicy): Wishes {
  const balanceTransactionId = ownBalanceTransaction(event, part);
  if (balanceTransactionId !== null) return { balanceTransactionId };
  return isDeclared(event, policy) ? {} : { chargeId: event.object.id('id') };
}

/** The settlement of one capture, with the id of its balance transaction. */
export interface KnownSettlement {
  readonly balanceTransactionId: string | null;
  /** Null: not known, and the declaration says that the charge settles in its own currency. */
  readonly settlement: Settlement | null;
}

/**
 * The settlement that a receipt is booked by: the balance transaction wins, whoever tells it; without one the declaration.
 * @throws {SettlementUnknownError} when neither says in which currency Stripe keeps the money.
 */
export function settlementOfCapture(
  event: StripeEvent,
  part: string | null,
  enrichment: Enrichment,
  policy: SettlementPolicy,
): KnownSettlement {
  const told = ownBalanceTransaction(event, part);
  const transaction = enrichment.balanceTransaction ?? readAnew(event, enrichment);
  if (transaction) {
    const settlement = settlementOf(transaction);
    return { balanceTransactionId: settlement?.balanceTransactionId ?? told, settlement };
  }
  if (isDeclared(event, policy)) return { balanceTransactionId: told, settlement: null };
  throw new SettlementUnknownError(event.object.id('id'), event.object.text('currency').toUpperCase(), policy.waitMs);
}

/**
 * The balance transaction that the event tells for this capture. A later capture of a charge may still carry that of the one before: it is
 * this capture's own when the event says that it changed.
 */
function ownBalanceTransaction(event: StripeEvent, part: string | null): string | null {
  if (part !== null && !event.previous?.has('balance_transaction')) return null;
  return event.object.idOrNull('balance_transaction');
}

/** From the charge as it is now, if nothing more was captured meanwhile: its balance transaction is that of its newest capture. */
function readAnew(event: StripeEvent, { charge }: Enrichment) {
  if (!charge || charge.raw('amount_captured') !== event.object.raw('amount_captured')) return undefined;
  const transaction = charge.raw('balance_transaction');
  return typeof transaction === 'object' ? (charge.objectOrNull('balance_transaction') ?? undefined) : undefined;
}

function isDeclared(event: StripeEvent, { currencies }: SettlementPolicy): boolean {
  return currencies === 'all' || currencies.has(event.object.text('currency').toUpperCase());
}
