import type { CustomerView } from '@tributary/contracts';
import { CsvSheet } from '../../shared/decide/csv-sheet.js';

/** The file of customers, with what every target has for them. */
export const customerSheet = new CsvSheet<CustomerView>({
  customer: ({ customerId }) => customerId,
  name: ({ name }) => name,
  state: ({ state }) => state,
  'in the ledgers': ({ pairs }) => pairs.map(({ target, reference }) => `${target}: ${keysText(reference)}`).join('; '),
  'shares it with': ({ pairs }) => [...new Set(pairs.flatMap(({ others }) => others))].join(', '),
  'newest payment (UTC)': ({ lastPaymentAt }) => lastPaymentAt,
});

function keysText(reference: CustomerView['pairs'][number]['reference']): string {
  return (
    Object.entries(reference ?? {})
      .map(([name, value]) => `${name} ${value}`)
      .join(', ') || 'none'
  );
}
