import type { AmountView, BalanceMoneyView, MoneyLineView, NewsKind, PaymentMoneyView, PayoutShareView } from '@tributary/contracts';
import { amountView, sumView } from '../../shared/decide/amount-view.js';
import { ledgerMoney } from './ledger-money.js';
import type { KnownMovement, MoneyEvidence, MoneyNews } from './money-evidence.js';
import { rateText } from './rate-text.js';

/**
 * A payment from what the customer paid to what reached the bank, and what the ledgers have of it.
 *
 * Shape:  one line for each capture and each thing that Stripe took back, one for each movement and each fee; sums are made of the lines.
 * Units:  minor units of the currency of each line; what leaves is negative. Nothing is converted: the rate is made of two amounts that Stripe
 *         tells.
 * Errors: never throws: an amount that its currency cannot have stays as it is, marked.
 */
export function paymentMoney(evidence: MoneyEvidence): PaymentMoneyView {
  const charged = evidence.captures.flatMap(({ amount, at, eventId }): MoneyLineView[] =>
    amount === null ? [] : [{ what: 'charged', detail: null, amount, at, source: { kind: 'event', eventId } }],
  );
  const lines = [...charged, ...newsLines(evidence.news)];
  const balance = balanceMoney(evidence.movements);
  const kept = lines.length === 0 ? null : (sumOf(lines.map(({ amount }) => amount)) ?? null);
  return {
    charge: { lines, kept },
    conversion: conversionOf(charged, evidence.movements),
    balance,
    payouts: payoutShares(evidence),
    balanceText: balanceText(evidence),
    ledgers: ledgerMoney(evidence.documents, { kept, balance }),
  };
}

interface Moved {
  readonly what: MoneyLineView['what'];
  readonly sign: 1 | -1;
}
const refunded: Moved = { what: 'refunded', sign: -1 };
const refundReturned: Moved = { what: 'refunded', sign: 1 };

/** What each kind of news does to the money; a kind that is not here moves none. */
const movedBy: Readonly<Partial<Record<NewsKind, readonly Moved[]>>> = {
  failed: [{ what: 'failed', sign: -1 }],
  refund: [refunded],
  'refund-updated': [refunded],
  'refund-failed': [refunded, refundReturned],
  'dispute-withdrawn': [{ what: 'disputed', sign: -1 }],
  'dispute-reinstated': [{ what: 'disputed', sign: 1 }],
};

/** Lines of what Stripe reported, each movement of an object once, however often it was reported. */
function newsLines(news: readonly MoneyNews[]): MoneyLineView[] {
  const lines = new Map<string, MoneyLineView>();
  for (const { objectId, kind, amount, inquiry, status, at, eventId } of news) {
    if (inquiry) continue;
    const cancelled = kind.startsWith('refund') && status === 'canceled';
    const moved = cancelled ? [refunded, refundReturned] : Object.hasOwn(movedBy, kind) ? (movedBy[kind] ?? []) : [];
    for (const { what, sign } of moved) {
      const key = JSON.stringify([objectId, what, sign]);
      if (lines.has(key)) continue;
      lines.set(key, { what, detail: null, amount: sign === 1 ? amount : negative(amount), at, source: { kind: 'event', eventId } });
    }
  }
  return [...lines.values()];
}

/** Movements as lines, a fee as a line of its own below the movement that it was taken from. */
function balanceMoney(movements: readonly KnownMovement[]): BalanceMoneyView[] {
  const currencies = [...new Set(movements.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const lines = movements.filter((movement) => movement.currency === currency).flatMap(movementLines);
    return { currency, lines, net: sumOf(lines.map(({ amount }) => amount)) ?? amountView('0', currency) };
  });
}

const categories: Readonly<Record<string, MoneyLineView['what']>> = {
  charge: 'charged',
  refund: 'refunded',
  refund_failure: 'refunded',
  charge_failure: 'failed',
  dispute: 'disputed',
  dispute_reversal: 'disputed',
  fee: 'fee',
};

function movementLines({ id, category, currency, gross, fee, at }: KnownMovement): MoneyLineView[] {
  const source = { kind: 'movement', id } as const;
  const what = Object.hasOwn(categories, category) ? (categories[category] ?? 'other') : 'other';
  const own: MoneyLineView = { what, detail: what === 'other' ? category : null, amount: amountView(gross, currency), at, source };
  if (fee === '0') return [own];
  return [own, { what: 'fee', detail: null, amount: negative(amountView(fee, currency)), at, source }];
}

/** The rate between what was charged and what Stripe credited for it; null where both are of one currency, or one is not known. */
function conversionOf(charged: readonly MoneyLineView[], movements: readonly KnownMovement[]): PaymentMoneyView['conversion'] {
  const from = sumOf(charged.map(({ amount }) => amount));
  const credits = movements.filter(({ category }) => category === 'charge').map(({ gross, currency }) => amountView(gross, currency));
  const to = sumOf(credits);
  if (!from || !to || from.currency === to.currency) return null;
  return { from, to, rate: rateText(from, to) };
}

function payoutShares({ movements, payouts }: MoneyEvidence): PayoutShareView[] {
  const parts = new Map<string, KnownMovement[]>();
  for (const movement of movements)
    if (movement.payoutId !== null) parts.set(movement.payoutId, [...(parts.get(movement.payoutId) ?? []), movement]);
  return [...parts].flatMap(([payoutId, members]) => {
    const share = sumOf(members.flatMap(movementLines).map(({ amount }) => amount));
    if (!share) return [];
    const payout = payouts.find((one) => one.payoutId === payoutId);
    const total = payout ? negative(amountView(payout.net, payout.currency)) : null;
    return [{ payoutId, movementId: payout?.movementId ?? null, at: payout?.at ?? null, share, total }];
  });
}

function balanceText({ movements }: MoneyEvidence): string | null {
  if (movements.length === 0) return "Stripe's balance transaction is not known yet";
  if (movements.every(({ payoutId }) => payoutId === null))
    return 'In no payout yet, as far as it is known: Stripe tells the members of automatic payouts only';
  if (movements.some(({ payoutId }) => payoutId === null)) return 'A part of it is in no payout yet';
  return null;
}

/** Sum of amounts of one currency; undefined where there are none, or of several currencies. */
export function sumOf(amounts: readonly AmountView[]): AmountView | undefined {
  const { amounts: sums } = sumView(amounts.map(({ minor, currency }) => ({ count: 1, minor, currency })));
  return sums.length === 1 ? sums[0] : undefined;
}

/** The same amount with the other sign. */
export function negative({ minor, currency }: AmountView): AmountView {
  return amountView(minor === '0' ? '0' : minor.startsWith('-') ? minor.slice(1) : `-${minor}`, currency);
}
