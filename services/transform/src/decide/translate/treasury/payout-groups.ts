import type { FeeDetail, PayoutGroup } from '@tributary/contracts';
import { money } from '@tributary/domain';
import { InvalidStripeObjectError } from '../../errors.js';
import { mostMovementFacts } from './balance-movement.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';

/** Sums of one group while it is filled, in minor units. */
interface Filling {
  readonly type: string;
  readonly category: string;
  readonly currency: string;
  gross: bigint;
  fee: bigint;
  net: bigint;
  readonly fees: Map<string, bigint>;
  readonly movementIds: string[];
}

/**
 * Groups balance transactions by type, reporting category and currency, in that order. Types that are not known are groups like others:
 * what they are booked as is decided by the table of movements.
 * The ids of more than {@link mostMovementFacts} movements are left out; sums and counts are always of all.
 * Errors: InvalidStripeObjectError when a net is not gross less fee, or the details of a fee do not add up to it: such a sum would be wrong.
 * Source: docs/reference/stripe.md section 9.
 */
export function payoutGroups(movements: readonly StripeObject[]): PayoutGroup[] {
  const groups = new Map<string, Filling>();
  for (const movement of movements) {
    const { type, category, currency, gross, fee, net } = figuresOf(movement);
    const name = [type, category, currency].join('\n');
    const group: Filling = groups.get(name) ?? { type, category, currency, gross: 0n, fee: 0n, net: 0n, fees: new Map(), movementIds: [] };
    groups.set(name, group);
    group.gross += gross;
    group.fee += fee;
    group.net += net;
    group.movementIds.push(movement.id('id'));
    for (const detail of movement.arrayOf('fee_details')) {
      const feeType = detail.text('type');
      group.fees.set(feeType, (group.fees.get(feeType) ?? 0n) + BigInt(detail.integer('amount')));
    }
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => closed(group, movements.length <= mostMovementFacts));
}

function closed({ type, category, currency, gross, fee, net, fees, movementIds }: Filling, tellIds: boolean): PayoutGroup {
  return {
    type,
    category,
    currency,
    count: movementIds.length,
    gross: money(gross, currency),
    fee: money(fee, currency),
    net: money(net, currency),
    fees: [...fees].sort(([a], [b]) => (a < b ? -1 : 1)).map(([feeType, amount]) => feeOf(feeType, amount, currency)),
    movementIds: tellIds ? movementIds.sort() : [],
  };
}

function feeOf(type: string, amount: bigint, currency: string): FeeDetail {
  return { type, amount: money(amount, currency), description: null, application: null };
}

function figuresOf(movement: StripeObject): Pick<Filling, 'type' | 'category' | 'currency' | 'gross' | 'fee' | 'net'> {
  const gross = BigInt(movement.integer('amount'));
  const fee = BigInt(movement.integer('fee'));
  const net = BigInt(movement.integer('net'));
  const type = movement.text('type');
  const details = movement.arrayOf('fee_details').reduce((sum, detail) => sum + BigInt(detail.integer('amount')), 0n);
  if (gross - fee !== net) throw contradiction(movement, 'net is not amount less fee');
  if (details !== fee) throw contradiction(movement, 'fee_details do not add up to fee');
  return {
    type,
    category: movement.textOrNull('reporting_category') ?? type,
    currency: movement.text('currency').toUpperCase(),
    gross,
    fee,
    net,
  };
}

function contradiction(movement: StripeObject, what: string): InvalidStripeObjectError {
  return new InvalidStripeObjectError(`reading balance transaction ${movement.id('id')}: ${what}`, { path: movement.path });
}
