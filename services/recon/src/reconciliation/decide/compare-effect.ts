import type { LedgerEffectState } from '@tributary/contracts';
import { amountText, amountView } from '../../shared/decide/amount-view.js';
import { atOneRate, sumsOf } from './effect-sums.js';
import type { AccountSum, EffectAmount } from './effect-sums.js';

/** What the ledger of a target says about a document. `undefined` in its place: the ledger answered and has no such document. */
export interface DocumentInLedger {
  readonly released: boolean;
  /** Currency of the document. */
  readonly currency: string | undefined;
  /** Its entries; undefined when the target does not tell them. */
  readonly entries: readonly EffectAmount[] | undefined;
}

/** Result of a comparison. */
export interface ComparedEffect {
  readonly state: LedgerEffectState;
  /** What differs and what to do, or why nothing was compared. */
  readonly text: string | null;
}

const receivable = 'AR';
/** Roles of what an ERP gains or loses against its own rate of exchange. No flow asks for them. */
const exchangeRoles: readonly string[] = ['FX-GAIN', 'FX-LOSS'];
const remedy =
  'Correct the entry in the ledger, or the accounts in the profile if the ledger is right; a document that differs is read again every minute';

/**
 * Compares the requested effect of a document with the entries of the ledger, account by account (I11).
 *
 * A gain or loss of exchange that the ERP finds at its own rate comes out of the receivable: where the document is in another currency than
 * what it was valued at, entries of the roles FX-GAIN and FX-LOSS count as the receivable. Entries in another currency than the request
 * are compared by their proportions, because only the ERP knows its rate.
 * @param asked the requested lines; not empty.
 */
export function compareEffect(asked: readonly EffectAmount[], found: DocumentInLedger | undefined, target: string): ComparedEffect {
  if (!found)
    return {
      state: 'missing',
      text: `${target} has no such document any more. It was deleted there, or its posting key was changed: enter it again, or correct the key`,
    };
  if (!found.released) return { state: 'pending', text: null };
  if (!found.entries)
    return {
      state: 'notCompared',
      text: `${target} does not tell what this kind of document did to its ledger, so only its amount is checked`,
    };
  const entries = isConverted(asked, found) ? withExchangeInReceivable(asked, found.entries) : found.entries;
  const [want, got] = [sumsOf(asked), sumsOf(entries)];
  const currencies = new Set(got.map(({ currency }) => currency));
  if (currencies.size > 0 && !want.some(({ currency }) => currencies.has(currency))) return comparedByProportion(want, got, asked.length);
  const differences = differencesOf(want, got);
  return differences.length === 0 ? { state: 'matched', text: null } : { state: 'different', text: `${differences.join('; ')}. ${remedy}` };
}

/** Whether the ERP had to apply a rate of exchange of its own to this document. */
function isConverted(asked: readonly EffectAmount[], { currency, entries }: DocumentInLedger): boolean {
  const valued = new Set(asked.map((line) => line.currency));
  return (currency !== undefined && !valued.has(currency)) || (entries ?? []).some((entry) => !valued.has(entry.currency));
}

/** Entries with the exchange difference in the receivable, where the ledger has an entry for the receivable that was asked for. */
function withExchangeInReceivable(asked: readonly EffectAmount[], entries: readonly EffectAmount[]): readonly EffectAmount[] {
  const account = asked.find(({ role }) => role === receivable)?.account;
  if (account === undefined || !entries.some((entry) => entry.account === account)) return entries;
  return entries.map((entry) => (exchangeRoles.includes(entry.role) ? { ...entry, account, role: receivable } : entry));
}

/** One text for each account whose sums differ. Lines whose account the ERP determines are compared with all entries that nobody named. */
function differencesOf(want: readonly AccountSum[], got: readonly AccountSum[]): string[] {
  const named = new Set(want.map(({ account }) => account));
  const rest = want.some(({ account }) => account === null);
  const placed = got.map((sum) => (rest && !named.has(sum.account) ? { ...sum, account: null } : sum));
  const foundOn = (account: string | null, currency: string): AccountSum[] =>
    placed.filter((sum) => sum.account === account && sum.currency === currency);
  const total = (sums: readonly AccountSum[]): bigint => sums.reduce((all, { net }) => all + net, 0n);
  return [
    ...want
      .filter((sum) => total(foundOn(sum.account, sum.currency)) !== sum.net)
      .map(
        (sum) =>
          `${nameOf(sum)}: asked for ${sideText(sum)}, the ledger has ${sideText({ ...sum, net: total(foundOn(sum.account, sum.currency)) })}`,
      ),
    ...placed
      .filter((sum) => !want.some(({ account, currency }) => account === sum.account && currency === sum.currency))
      .map(
        (sum) =>
          `${nameOf(sum)}: nothing was asked for, the ledger has ${sum.net === 0n ? 'entries that cancel each other out' : sideText(sum)}`,
      ),
  ];
}

/** Compares entries in the ERP's own currency: the same accounts, each in the same proportion. */
function comparedByProportion(want: readonly AccountSum[], got: readonly AccountSum[], lines: number): ComparedEffect {
  const [asked, own] = [want[0]?.currency ?? '', got[0]?.currency ?? ''];
  const note = `The ledger tells this document in ${own}, which was asked for in ${asked}`;
  if (sumsOfOneCurrency(want) && sumsOfOneCurrency(got) && want.every(({ account }) => account !== null)) {
    const accounts = new Set([...want, ...got].map(({ account }) => account));
    const pairs = [...accounts].map((account) => [netOn(want, account), netOn(got, account)] as const);
    const sameAccounts = got.every(({ account }) => want.some((sum) => sum.account === account));
    if (sameAccounts && atOneRate(pairs, lines)) return { state: 'matched', text: `${note}: its proportions were compared` };
    const shown = (sums: readonly AccountSum[]): string => sums.map((sum) => `${nameOf(sum)} ${sideText(sum)}`).join(', ');
    return {
      state: 'different',
      text: `${note}, and the proportions differ: asked for ${shown(want)}; the ledger has ${shown(got)}. ${remedy}`,
    };
  }
  return { state: 'notCompared', text: `${note}: its amounts cannot be compared` };
}

function sumsOfOneCurrency(sums: readonly AccountSum[]): boolean {
  return new Set(sums.map(({ currency }) => currency)).size === 1;
}

function netOn(sums: readonly AccountSum[], account: string | null): bigint {
  return sums.filter((sum) => sum.account === account).reduce((all, { net }) => all + net, 0n);
}

/** `FEE (6210-00-00)`; an account without a role is named as such. */
function nameOf({ account, roles }: AccountSum): string {
  if (account === null) return roles.length === 0 ? 'accounts that the ERP determines' : `${roles.join(' and ')} (account by the ERP)`;
  return roles.length === 0 ? `${account} (no role of the profile)` : `${roles.join(' and ')} (${account})`;
}

function sideText({ net, currency }: Pick<AccountSum, 'net' | 'currency'>): string {
  if (net === 0n) return `nothing in ${currency}`;
  return `${amountText(amountView((net < 0n ? -net : net).toString(), currency))} ${net > 0n ? 'debit' : 'credit'}`;
}
