import type { BooksView, ClearingView } from '@tributary/contracts';
import { askService } from './http-probe.js';

/** The clearing account of one currency beside Stripe's balance; decimal text. */
export interface Clearing {
  readonly ledger: string;
  readonly stripe: string;
  readonly inFlight: string;
  /** 0.00 when no posting is under way. */
  readonly difference: string;
}

/** The books in the figures of `status`. */
export interface Books {
  /** By settlement currency. */
  readonly clearing: Readonly<Record<string, Clearing>>;
  /** The same of every ledger, by target. */
  readonly ledgers: Readonly<Record<string, Readonly<Record<string, Clearing>>>>;
  /** Entries and documents whose debits and credits differ. */
  readonly unbalanced: number;
}

/** Asks recon; undefined when it does not answer, or its targets keep no ledger that can be read. */
export async function askBooks(ports: Readonly<Record<string, number>>): Promise<Books | undefined> {
  const answer = await askService<Partial<BooksView>>(`http://127.0.0.1:${ports.recon}/books`);
  if (!answer || !Array.isArray(answer.clearing) || typeof answer.unbalanced !== 'number') return undefined;
  const ledgers = (answer.ledgers ?? []).map(({ target, clearing }) => [target, byCurrency(clearing)] as const);
  return { clearing: byCurrency(answer.clearing), ledgers: Object.fromEntries(ledgers), unbalanced: answer.unbalanced };
}

function byCurrency(clearing: readonly ClearingView[]): Readonly<Record<string, Clearing>> {
  return Object.fromEntries(clearing.map((one) => [one.currency, figuresOf(one)]));
}

function figuresOf({ ledger, stripe, inFlight, difference }: ClearingView): Clearing {
  return { ledger: ledger.text, stripe: stripe.text, inFlight: inFlight.text, difference: difference.text };
}

/**
 * Per currency the difference between the clearing account and Stripe's balance, with what it is made of: one line, with several ledgers one
 * for each.
 */
export function booksLine({ clearing, ledgers, unbalanced }: Books): string {
  const several = Object.entries(ledgers);
  if (several.length < 2) return `Clearing: ${clearingText(clearing)}. Unbalanced: ${unbalanced}.`;
  return [...several.map(([target, one]) => `Clearing in ${target}: ${clearingText(one)}.`), `Unbalanced: ${unbalanced}.`].join('\n');
}

function clearingText(clearing: Books['clearing']): string {
  const currencies = Object.entries(clearing).map(
    ([currency, { ledger, stripe, inFlight, difference }]) =>
      `${currency} ledger ${ledger} - Stripe ${stripe} - in flight ${inFlight} = difference ${difference}`,
  );
  return currencies.join('; ') || 'nothing posted yet';
}
