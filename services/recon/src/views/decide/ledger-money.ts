import type { AmountView, BalanceMoneyView, LedgerMoneyView } from '@tributary/contracts';
import type { StoredEffectLine } from '../../reconciliation/decide/effect-lines.js';
import { amountView, sumView } from '../../shared/decide/amount-view.js';
import type { MoneyDocument } from './money-evidence.js';
import { hasEntries } from './status-parts.js';

/** Role of the account that Stripe's balance stands on in a ledger (docs/books.md). */
const clearingRole = 'CLR';

/** What Stripe says, in the two currencies that a clearing account may be kept in. */
interface StripeSide {
  readonly kept: AmountView | null;
  readonly balance: readonly BalanceMoneyView[];
}

/** What the ledger of each target has of a payment, beside what Stripe has: one per target, in the order of their documents. */
export function ledgerMoney(documents: readonly MoneyDocument[], stripe: StripeSide): LedgerMoneyView[] {
  const there = documents.filter(({ kind, there: exists }) => exists && hasEntries(kind));
  return [...new Set(there.map(({ target }) => target))].map((target) =>
    ofTarget(
      target,
      there.filter((document) => document.target === target),
      stripe,
    ),
  );
}

function ofTarget(target: string, documents: readonly MoneyDocument[], stripe: StripeSide): LedgerMoneyView {
  const shown = documents.map((document) => ({ document, used: clearingLines(document) }));
  const sums = sumView(shown.flatMap(({ used }) => used.lines).map(netOf)).amounts;
  const [clearing = null] = sums;
  const about = {
    target,
    lines: shown.map(({ document, used }) => ({
      what: document.kind === 'cash-receipt' ? ('receipt' as const) : ('document' as const),
      detail: document.kind,
      amount: sumView(used.lines.map(netOf)).amounts[0] ?? amountOf(document),
      at: document.at,
      source: { kind: 'document', postingKey: document.postingKey } as const,
      state: document.state,
    })),
    clearing: sums.length === 1 ? clearing : null,
    clearingRead: shown.every(({ document, used }) => used.read || document.effect.length === 0),
  };
  if (sums.length !== 1 || clearing === null)
    return { ...about, expected: null, difference: null, text: sums.length === 0 ? noClearing : severalCurrencies };
  const expected = expectedIn(clearing.currency, stripe);
  if (!expected)
    return { ...about, expected: null, difference: null, text: `Stripe has nothing in ${clearing.currency} to compare it with` };
  const difference = amountView((BigInt(clearing.minor) - BigInt(expected.minor)).toString(), clearing.currency);
  return { ...about, expected, difference, text: null };
}

const noClearing = 'Its documents put nothing on a clearing account, so there is nothing to compare with Stripe';
const severalCurrencies = 'Its clearing accounts are in several currencies: see its documents';

/** The lines of a document on the clearing account: of the ledger's entries where it tells them in the same currency, else of the request. */
function clearingLines({ effect, entries }: MoneyDocument): { readonly lines: readonly StoredEffectLine[]; readonly read: boolean } {
  const own = (lines: readonly StoredEffectLine[]): StoredEffectLine[] => lines.filter(({ role }) => role === clearingRole);
  const asked = own(effect);
  const read = own(entries);
  return entries.length > 0 && (read.length > 0 || asked.length === 0) ? { lines: read, read: true } : { lines: asked, read: false };
}

/** The balance where it is in this currency, without the fees, which are booked with the payout; else what was charged. */
function expectedIn(currency: string, { kept, balance }: StripeSide): AmountView | undefined {
  const lines = balance.filter((one) => one.currency === currency).flatMap((one) => one.lines.filter(({ what }) => what !== 'fee'));
  if (lines.length > 0) return sumView(lines.map(({ amount }) => ({ count: 1, ...amount }))).amounts[0];
  return kept?.currency === currency ? kept : undefined;
}

const whole = (text: string | null): bigint => (text !== null && /^-?\d+$/.test(text) ? BigInt(text) : 0n);

function netOf({ currency, debit, credit }: StoredEffectLine): { count: number; minor: string; currency: string } {
  return { count: 1, minor: (whole(debit) - whole(credit)).toString(), currency };
}

/** What a document is over that puts nothing on the clearing account: the sum of its debits. */
function amountOf({ effect }: MoneyDocument): AmountView {
  const [sum] = sumView(effect.map(({ currency, debit }) => ({ count: 1, minor: whole(debit).toString(), currency }))).amounts;
  return sum ?? amountView('0', effect[0]?.currency ?? '');
}
