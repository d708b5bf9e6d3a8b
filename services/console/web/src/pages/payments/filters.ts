import { reconciliationLabels, standingLabels, stateLabels } from '../../recon/labels.js';
import type { Overview, Payment, Sum } from '../../recon/shapes.js';
import { labelOf } from '../../components/chip.js';
import { visibleText } from '../../format/text.js';
import { instantOf } from '../../format/time.js';

/** Names of the filters of the payment list. All are stored in the address; `q` searches the visible rows only, and is not sent to recon. */
export const filterNames = [
  ...(['standing', 'state', 'reconciliation', 'currency', 'from', 'to', 'customer', 'target', 'hasRefund', 'hasDispute'] as const),
  ...(['minMinor', 'maxMinor', 'after', 'before', 'q'] as const),
] as const;

/** Filters that the overview has sums of; of all others recon is asked for the sum. */
const summed: readonly string[] = ['standing', 'reconciliation', 'q'];

/** Filters of the payment list; a filter that is not set is null. */
export type Filters = Readonly<Record<(typeof filterNames)[number], string | null>>;

/** The filters that an address has. */
export function filtersOf(search: { readonly [name in keyof Filters]?: string | undefined }): Filters {
  return Object.fromEntries(filterNames.map((name) => [name, search[name] ?? null])) as Filters;
}

/** Filters as labels, without the search and the page: `Needs a person`, `Ledger: Different`, `USD`. */
export function filterTexts(filters: Filters): { readonly name: keyof Filters; readonly text: string }[] {
  const texts: { name: keyof Filters; text: string }[] = [];
  if (filters.standing)
    texts.push({
      name: 'standing',
      text: filters.standing
        .split(',')
        .map((one) => labelOf(standingLabels, one))
        .join(' or '),
    });
  if (filters.state) texts.push({ name: 'state', text: `Event: ${labelOf(stateLabels, filters.state)}` });
  if (filters.reconciliation)
    texts.push({ name: 'reconciliation', text: `Ledger: ${labelOf(reconciliationLabels, filters.reconciliation)}` });
  if (filters.currency) texts.push({ name: 'currency', text: visibleText(filters.currency, 12) });
  if (filters.from) texts.push({ name: 'from', text: `From ${instantOf(filters.from)}` });
  if (filters.to) texts.push({ name: 'to', text: `Before ${instantOf(filters.to)}` });
  if (filters.customer) texts.push({ name: 'customer', text: `Customer ${visibleText(filters.customer, 40)}` });
  if (filters.target) texts.push({ name: 'target', text: `Target ${visibleText(filters.target, 40)}` });
  if (filters.hasRefund) texts.push({ name: 'hasRefund', text: filters.hasRefund === 'true' ? 'Refunded' : 'Not refunded' });
  if (filters.hasDispute) texts.push({ name: 'hasDispute', text: filters.hasDispute === 'true' ? 'Disputed' : 'Not disputed' });
  if (filters.minMinor) texts.push({ name: 'minMinor', text: `At least ${visibleText(filters.minMinor, 24)} minor units` });
  if (filters.maxMinor) texts.push({ name: 'maxMinor', text: `At most ${visibleText(filters.maxMinor, 24)} minor units` });
  return texts;
}

/** The sum of the whole list instead of only the visible rows. Undefined when recon has no sum for exactly these filters. */
export function sumOfList(filters: Filters, overview: Overview | null | undefined): Sum | undefined {
  if (!overview || filterNames.some((name) => filters[name] && !summed.includes(name))) return undefined;
  if (filters.standing && !filters.reconciliation) return overview.standings.get(filters.standing);
  if (filters.reconciliation && !filters.standing) return overview.reconciliation.get(filters.reconciliation);
  return undefined;
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
