import type { JournalLine } from '@tributary/contracts';
import { add, money, negate } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import type { FunctionScope } from '../cel/asset-function.js';
import { roleOf } from './role-of.js';

/** One movement of Stripe's balance, in settlement currency. Gross is negative when money leaves; a fee that Stripe charged is positive. */
export interface Movement {
  readonly type: string;
  /** Stripe's reporting category. */
  readonly category: string | null;
  readonly gross: Money;
  /** Null without a fee. */
  readonly fee: Money | null;
}

/** Movements of one type and category in a payout, summed. */
export interface MovementGroup {
  readonly type: string;
  /** Stripe's reporting category. */
  readonly category: string;
  readonly count: bigint;
  readonly gross: Money;
  readonly fee: Money | null;
  /** The fee split by type of fee; the amounts add up to the fee. Empty when the types are unknown. */
  readonly fees: readonly { readonly type: string; readonly amount: Money }[];
}

type Scope = Pick<FunctionScope, 'roles' | 'profile'>;

/** One part of a movement with its role. `amount` is the change of the clearing account. */
export interface Part {
  readonly role: string;
  readonly text: string;
  readonly amount: Money;
  readonly count: bigint;
}

/**
 * The lines of a journal for one movement: the parts owned by a journal of this class, against the clearing account. Empty when there is no
 * such part, because documents own all of them.
 */
export function movementLines(scope: Scope, { type, category, gross, fee }: Movement, journalClass: string): JournalLine[] {
  const group = { type, category: category ?? '', count: 1n, gross, fee, fees: [] };
  return linesOf(partsOf(scope, group, (owner) => classOf(owner) === journalClass));
}

/**
 * The lines of a payout's journal: the parts that journals own, except those booked by a journal per movement.
 * @param amount what the bank account receives (negative: is debited), which is in no group; undefined when another document books it.
 */
export function payoutLines(scope: Scope, groups: readonly MovementGroup[], amount?: Money): JournalLine[] {
  // Another payout among the movements was made manually from the same balance: its own journal books it when it is paid.
  const parts = groups.filter(({ type }) => type !== 'payout').flatMap((group) => payoutParts(scope, group));
  if (!amount) return linesOf(parts);
  const payout = { type: 'payout', category: 'payout', count: 1n, gross: negate(amount), fee: null, fees: [] };
  return linesOf([...partsOf(scope, payout, () => true), ...parts]);
}

/** The parts of movements that the journal of a payout books: those that journals own, except those booked by a journal per movement. */
export function payoutParts(scope: Scope, group: MovementGroup): Part[] {
  const { journals } = scope.profile.books;
  return partsOf(scope, group, (owner) => {
    const name = classOf(owner);
    return name !== undefined && journals.get(name) !== 'movement';
  });
}

/** The journal class of an owner: `journal` is `default`, `journal:dispute` is `dispute`; undefined for other owners. */
export function classOf(owner: string): string | undefined {
  if (owner === 'journal') return 'default';
  return owner.startsWith('journal:') ? owner.slice('journal:'.length) : undefined;
}

function partsOf(scope: Scope, { type, category, count, gross, fee, fees }: MovementGroup, owned: (owner: string) => boolean): Part[] {
  const part = (name: string, kind: string | null, amount: Money): Part[] => {
    if (amount.minor === 0n) return [];
    const { role, owner } = roleOf(scope, 'movements', { part: name, type, category, kind, currency: amount.currency });
    return owned(owner) ? [{ role, text: category || type, amount, count }] : [];
  };
  const feeParts =
    fees.length > 0 ? fees.flatMap((one) => part('fee', one.type, negate(one.amount))) : fee ? part('fee', null, negate(fee)) : [];
  return [...part('gross', null, gross), ...feeParts];
}

/** One line per role and side, and one line for the clearing account with the total. */
function linesOf(parts: readonly Part[]): JournalLine[] {
  const [first] = parts;
  if (!first) return [];
  const sums = new Map<string, Part>();
  for (const part of parts) {
    const key = `${part.role} ${part.amount.minor < 0n ? 'debit' : 'credit'}`;
    const sum = sums.get(key);
    const text = sum && !sum.text.split(', ').includes(part.text) ? `${sum.text}, ${part.text}` : (sum?.text ?? part.text);
    sums.set(key, sum ? { ...sum, text, amount: add(sum.amount, part.amount), count: sum.count + part.count } : part);
  }
  const lines = [...sums.values()].map(({ role, amount, text, count }) =>
    lineOf(role, amount.minor < 0n ? 'debit' : 'credit', amount.minor < 0n ? negate(amount) : amount, text, count),
  );
  const zero = money(0n, first.amount.currency);
  const clearing = parts.reduce((sum, { amount }) => add(sum, amount), zero);
  if (clearing.minor === 0n) return lines;
  const count = parts.reduce((sum, part) => sum + part.count, 0n);
  const side = clearing.minor > 0n ? 'debit' : 'credit';
  return [...lines, lineOf('CLR', side, side === 'debit' ? clearing : negate(clearing), 'clearing', count)];
}

function lineOf(role: string, side: 'debit' | 'credit', amount: Money, text: string, count: bigint): JournalLine {
  return { key: `${role}-${side}`, role, debit: side === 'debit' ? amount : null, credit: side === 'credit' ? amount : null, text, count };
}
