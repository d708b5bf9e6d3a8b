import type { AmountView, StatusClauseView, StatusPart, StatusTone } from '@tributary/contracts';
import { amountText } from '../../shared/decide/amount-view.js';

/** A clause of a status. @param parts read one after the other, with the blanks that they have. */
export function clauseOf(tone: StatusTone, ...parts: readonly StatusPart[]): StatusClauseView {
  return { tone, parts };
}

/** Words between the values of a sentence. */
export function textPart(text: string): StatusPart {
  return { kind: 'text', text };
}

/** An amount, which the page writes in the format of the company. */
export function amountPart(amount: AmountView): StatusPart {
  return { kind: 'amount', text: amountText(amount), amount };
}

/** A time, which the page writes in the zone of the company. @param at ISO 8601. */
export function instantPart(at: string): StatusPart {
  return { kind: 'instant', text: at === '' ? 'a time that is not known' : at, at };
}

/** A document by its number in the target; without one, by its kind. */
export function documentPart({ postingKey, number, kind }: DocumentNames): StatusPart {
  return { kind: 'document', text: number ?? `its ${asWords(kind)}`, postingKey };
}

interface DocumentNames {
  readonly postingKey: string;
  readonly number: string | null;
  readonly kind: string;
}

/** Words that lead to a list. @param list a request of this API. */
export function listPart(text: string, list: string): StatusPart {
  return { kind: 'list', text, list };
}

/** A kind of document as people read it: `cash-receipt` is a cash receipt. */
export function asWords(kind: string): string {
  return kind.replaceAll('-', ' ');
}

/** Kinds of documents that are no entry of a ledger: writes to Stripe, and master data. */
const withoutEntries = new Set(['metadata', 'customer', 'item']);

/** Whether documents of a kind have entries in a ledger. */
export function hasEntries(kind: string): boolean {
  return !withoutEntries.has(kind);
}
