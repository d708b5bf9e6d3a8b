import type { Settlement } from '@tributary/contracts';
import { SettlementUnknownError } from '../../errors.js';
import { settlementOf } from './stripe-charge.js';
import type { StripeEvent } from '../../stripe-model/stripe-event.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { requestFor, requiredFor } from '../enrichment.js';
import type { Enrichment, EnrichmentRequest } from '../enrichment.js';
import type { SettlementPolicy } from '../settlement-policy.js';

/**
 * The object that tells the settlement of a capture: the balance transaction when the event names it, else the charge as it is now, with its
 * balance transaction expanded. None where the declared currency is enough.
 * A balance transaction that is named is required. While the charge tells none, the event waits too: {@link settlementOfCapture}.
 */
export function settlementEnrichment(event: StripeEvent, part: string | null, policy: SettlementPolicy): EnrichmentRequest[] {
  const balanceTransactionId = ownBalanceTransaction(event, part);
  if (balanceTransactionId !== null) return requiredFor('balance_transaction', balanceTransactionId);
  return isDeclared(event, policy) ? [] : requestFor('charge', event.object.id('id'), true);
}

/** The settlement of one capture, as far as it is known. */
export interface KnownSettlement {
  readonly balanceTransactionId: string | null;
  /** Null when it is not known and the charge settles in its own currency by declaration. */
  readonly settlement: Settlement | null;
}

/**
 * The settlement that decides the clearing account of a receipt. A balance transaction wins over the declared currencies.
 * @throws {SettlementUnknownError} when there is no balance transaction yet and the currency is not declared.
 */
export function settlementOfCapture(
  event: StripeEvent,
  part: string | null,
  enrichment: Enrichment,
  policy: SettlementPolicy,
): KnownSettlement {
  const balanceTransactionId = ownBalanceTransaction(event, part);
  const transaction = enrichment.balance_transaction ?? transactionOfCharge(event, enrichment);
  if (transaction) {
    const settlement = settlementOf(transaction);
    return { balanceTransactionId: settlement?.balanceTransactionId ?? balanceTransactionId, settlement };
  }
  if (isDeclared(event, policy)) return { balanceTransactionId, settlement: null };
  throw new SettlementUnknownError(event.object.id('id'), event.object.text('currency').toUpperCase(), policy.waitMs);
}

/**
 * The id of this capture's balance transaction, from the event. A charge that was captured before may still carry the transaction of that
 * earlier capture: it belongs to this one only when the event says that it changed.
 */
function ownBalanceTransaction(event: StripeEvent, part: string | null): string | null {
  if (part !== null && !event.previous?.has('balance_transaction')) return null;
  return event.object.idOrNull('balance_transaction');
}

/** The expanded balance transaction of the charge as read now. It belongs to the newest capture: none if more was captured since the event. */
function transactionOfCharge(event: StripeEvent, { charge }: Enrichment): StripeObject | undefined {
  if (!charge || charge.raw('amount_captured') !== event.object.raw('amount_captured')) return undefined;
  const transaction = charge.raw('balance_transaction');
  return typeof transaction === 'object' ? (charge.objectOrNull('balance_transaction') ?? undefined) : undefined;
}

function isDeclared(event: StripeEvent, { currencies }: SettlementPolicy): boolean {
  return currencies === 'all' || currencies.has(event.object.text('currency').toUpperCase());
}
