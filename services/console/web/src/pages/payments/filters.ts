import { reconciliationLabels, standingLabels, stateLabels } from '../../recon/labels.js';
import type { Overview, Payment, Sum } from '../../recon/shapes.js';
import { labelOf } from '../../components/chip.js';
import { visibleText } from '../../format/text.js';

/** Filters of the payment list. All are stored in the address. */
export interface Filters {
  readonly standing: string | null;
  readonly state: string | null;
  readonly reconciliation: string | null;
  readonly currency: string | null;
  readonly after: string | null;
  /** Searches the visible rows only; it is not sent to recon. */
  readonly q: string | null;
}

/** Reads the filters from the query of the address. */
export function filtersOf(query: URLSearchParams): Filters {
  const value = (name: string): string | null => query.get(name) || null;
  return {
    standing: value('standing'),
    state: value('state'),
    reconciliation: value('reconciliation'),
    currency: value('currency'),
    after: value('after'),
    q: value('q'),
  };
}

/** Filters as labels, without the search and the page: `Needs a person`, `Ledger: Different`, `USD`. */
export function filterTexts(filters: Filters): { readonly name: keyof Filters; readonly text: string }[] {
  const texts: { name: keyof Filters; text: string }[] = [];
  if (filters.standing) texts.push({ name: 'standing', text: labelOf(standingLabels, filters.standing) });
  if (filters.state) texts.push({ name: 'state', text: `Event: ${labelOf(stateLabels, filters.state)}` });
  if (filters.reconciliation)
    texts.push({ name: 'reconciliation', text: `Ledger: ${labelOf(reconciliationLabels, filters.reconciliation)}` });
  if (filters.currency) texts.push({ name: 'currency', text: visibleText(filters.currency, 12) });
  return texts;
}

/** The sum of the whole list instead of only the visible rows. Undefined when recon has no sum for exactly these filters. */
export function sumOfList(filters: Filters, overview: Overview | null | undefined): Sum | undefined {
  if (!overview || filters.state || filters.after) return undefined;
  const sum =
    filters.standing && !filters.reconciliation
      ? overview.standings.get(filters.standing)
      : filters.reconciliation && !filters.standing
        ? overview.reconciliation.get(filters.reconciliation)
        : undefined;
  if (!sum || !filters.currency) return sum;
  return { count: null, amounts: sum.amounts.filter(({ currency }) => currency === filters.currency) };
}

/** Whether one of a payment's ids or its name contains the searched text. */
export function fits(payment: Payment, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return true;
  const { chargeId, paymentId, customerId, customerName, eventId, part, reference } = payment;
  return [chargeId, paymentId, customerId, customerName, eventId, part, ...reference.map(({ value }) => value)].some((text) =>
    text?.toLowerCase().includes(wanted),
  );
}
