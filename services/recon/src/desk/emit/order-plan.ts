import { minorUnitExponent } from '@tributary/domain';
import { aboveLimit, rolesFor } from '@tributary/identity';
import type { Identity, OrderLimits } from '@tributary/identity';
import type { LeftOutLetter, OrderPreview } from '@tributary/contracts';
import type { EntityManager } from 'typeorm';
import { sumView } from '../../shared/decide/amount-view.js';
import type { MoneyAtRisk } from '../decide/letter.js';
import { laneOf } from '../decide/order.js';
import { targetOfTopic } from '../decide/order-targets.js';
import { missingRight, permissionOfOrder } from '../decide/rights.js';
import { chooseLetters } from './order-letters.js';
import type { ChosenLetter, Selection } from './order-letters.js';
import { OrderRefusedError } from './order.errors.js';

/** What an order takes, and why somebody else has to approve it. */
export interface OrderPlan {
  readonly letters: readonly ChosenLetter[];
  readonly targets: readonly string[];
  /** Money of the letters, one sum per currency. */
  readonly sums: readonly MoneyAtRisk[];
  /** As sentences; empty: nobody has to. */
  readonly waitsFor: readonly string[];
}

/** An order, as far as its plan depends on it. */
export interface PlannedOrder extends Selection {
  readonly edited?: Buffer;
  readonly caller: { readonly identity: Identity };
  readonly approvalReasons?: readonly string[];
  /** Letters that fit and that it does not take. */
  readonly leftOut?: readonly LeftOutLetter[];
}

/**
 * Chooses the letters of an order. @param lock whether they stay as they are until the transaction ends.
 * @throws {OrderRefusedError} when none of them can be dispatched, or without the permission for one of their targets.
 */
export async function planOrder(
  manager: EntityManager,
  order: PlannedOrder,
  limits: OrderLimits,
  { lock } = { lock: true },
): Promise<OrderPlan> {
  const letters = await chooseLetters(manager, order, lock);
  const targets = [...new Set(letters.flatMap(({ topic }) => targetOfTopic(topic) ?? []))].sort();
  checkRight(order, targets);
  const sums = sumsOf(letters);
  const ownLimit = reasonsAboveLimit(limits, order.caller.identity, targets, { messages: letters.length, sums });
  return { letters, targets, sums, waitsFor: [...(order.approvalReasons ?? []), ...ownLimit] };
}

/** A plan as HTTP shows it. */
export function previewOf({ letters, targets, sums, waitsFor }: OrderPlan, leftOut: readonly LeftOutLetter[] = []): OrderPreview {
  const sum = sumView(sums.map(({ minor, currency }) => ({ count: 0, minor: minor.toString(), currency })));
  return {
    letters: letters.length,
    sequences: new Set(letters.map(laneOf)).size,
    money: sum.amounts,
    withoutMoney: letters.filter(({ minor, currency }) => minor === null || currency === null).length,
    targets,
    waitsFor,
    leftOut,
  };
}

function checkRight({ action, edited, caller }: PlannedOrder, targets: readonly string[]): void {
  const permission = permissionOfOrder(action, edited !== undefined);
  const missing = missingRight(caller.identity, permission, targets);
  if (missing === undefined) return;
  const where = missing === '' ? '' : ` for ${missing}`;
  throw new OrderRefusedError(403, 'identity.forbidden', `You need the permission ${permission}${where}. Nothing was ordered.`);
}

function reasonsAboveLimit(
  limits: OrderLimits,
  identity: Identity,
  targets: readonly string[],
  size: { readonly messages: number; readonly sums: readonly MoneyAtRisk[] },
): string[] {
  const roles = rolesFor(identity, targets);
  if (roles === undefined) return [];
  const decimalsOf = (currency: string): number | undefined => (/^[A-Z]{3}$/.test(currency) ? minorUnitExponent(currency) : undefined);
  return aboveLimit(limits, roles, size, decimalsOf);
}

/** Money of the letters, one sum per currency. Several messages of one event are about the same money, and each is counted. */
function sumsOf(letters: readonly ChosenLetter[]): MoneyAtRisk[] {
  const sums = new Map<string, bigint>();
  for (const { minor, currency } of letters) {
    if (minor === null || currency === null) continue;
    const code = currency.toUpperCase();
    const size = BigInt(minor) < 0n ? -BigInt(minor) : BigInt(minor);
    sums.set(code, (sums.get(code) ?? 0n) + size);
  }
  return [...sums].map(([currency, minor]) => ({ currency, minor }));
}
