import type { FilterField } from '../../components/filter-form.js';

/** What a ledger made of a customer. */
export const customerStateLabels = {
  paired: 'Paired',
  doubtful: 'Doubtful',
  several: 'Shares its ledger customer',
  missing: 'Missing in a ledger',
} as const;

/** The same of one ledger. */
export const pairLabels = { ...customerStateLabels, several: 'Shared', missing: 'Missing' } as const;

/** Filters of the list of customers. */
export const customerFilters: readonly FilterField[] = [
  { name: 'id', label: 'Customer', as: 'text', hint: 'cus_...' },
  { name: 'number', label: 'Number in a ledger', as: 'text', hint: 'number or code' },
  { name: 'state', label: 'State', as: 'choice', choices: customerStateLabels },
];
