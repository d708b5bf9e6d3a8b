import { fromDecimalText } from '@tributary/domain';
import type { LookupTerm } from '../../shared/decide/lookup-terms.js';
import { lookupText } from '../../shared/decide/lookup-terms.js';
import { traceIdIn } from '../../shared/decide/trace-id.js';

/** What somebody typed, understood. */
export interface SearchTerm {
  readonly q: string;
  readonly as: 'id' | 'amount' | 'email' | 'text';
  /** Amounts that it may be, in minor units of each currency; empty when it is none. */
  readonly amounts: readonly { readonly minor: string; readonly currency: string }[];
}

/** What is looked up by its keyed hash: an e-mail address, and of everything else the reference of an order. */
export function lookupOf({ q, as }: SearchTerm): LookupTerm | undefined {
  const text = lookupText(q);
  return text === '' ? undefined : { kind: as === 'email' ? 'email' : 'order', text };
}

const amountPattern = /^(?:([A-Za-z]{3})\s*)?(\d{1,15}(?:[.,]\d{1,4})?)(?:\s*([A-Za-z]{3}))?$/;

/** Reads what somebody typed: an id, an amount with or without its currency, a number that may be a document's, an e-mail address. */
export function searchTerm(typed: string, currencies: readonly string[]): SearchTerm {
  const q = traceIdIn(typed) ?? typed.trim();
  const [, before, number, behind] = amountPattern.exec(q) ?? [];
  if (number !== undefined) {
    const named = (before ?? behind)?.toUpperCase();
    const amounts = currencies
      .filter((currency) => named === undefined || currency === named)
      .flatMap((currency) => minorIn(number.replace(',', '.'), currency));
    return { q, as: 'amount', amounts };
  }
  if (/^[^\s@]+@[^\s@]+$/.test(q)) return { q, as: 'email', amounts: [] };
  return { q, as: /^[\w./:-]+$/.test(q) ? 'id' : 'text', amounts: [] };
}

/** The amount in a currency; nothing where the currency cannot have it. */
function minorIn(text: string, currency: string): { minor: string; currency: string }[] {
  try {
    return [{ minor: fromDecimalText(text, currency).minor.toString(), currency }];
  } catch {
    return [];
  }
}
