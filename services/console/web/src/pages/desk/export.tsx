import { addressOf } from '../../api/address.js';
import { ExportLink } from '../../components/export-link.js';
import { orderFiltersOf } from '../../orders/api.js';
import { breakKindOf } from './break-kinds.js';
import { queryOf } from './filters.js';
import type { DeskFilters, DeskView } from './filters.js';

interface File {
  readonly path: string;
  readonly name: string;
  readonly unit: { readonly one: string; readonly many: string };
}

const letter = { one: 'letter', many: 'letters' };

/** The file of a list of the desk, with the filters of the address; undefined: several lists are shown, each with its own. */
export function fileOf(view: DeskView, filters: DeskFilters): File | undefined {
  const letters = (more: object): File => ({
    path: addressOf('/api/dead-letters.csv', { ...queryOf(filters), state: filters.state ?? 'notClosed', ...more }),
    name: 'dead-letters.csv',
    unit: letter,
  });
  switch (view) {
    case 'causes':
      return {
        path: addressOf('/api/dead-letters/causes.csv', queryOf(filters, ['cause', 'group', 'held'])),
        name: 'causes.csv',
        unit: unitOf('cause'),
      };
    case 'sequences': {
      const query = queryOf(filters, ['cause', 'group', 'topic', 'eventType', 'held', 'assignee', 'from', 'to']);
      const state = filters.state === 'open' || filters.state === 'ordered' ? filters.state : null;
      return { path: addressOf('/api/dead-letters/sequences.csv', { ...query, state }), name: 'sequences.csv', unit: unitOf('sequence') };
    }
    case 'letters':
      return letters({});
    case 'held':
      return letters({ held: 'true' });
    case 'again':
      return letters({ again: 'true' });
    case 'breaks':
      if (breakKindOf(filters.of)?.of === 'documents')
        return { path: addressOf('/api/reconciliation/documents.csv', { state: 'open' }), name: 'documents.csv', unit: unitOf('document') };
      return (
        breakKindOf(filters.of) && {
          path: addressOf('/api/payments.csv', { reconciliation: filters.of }),
          name: 'payments.csv',
          unit: unitOf('payment'),
        }
      );
    case 'groups':
      return { path: '/api/batches.csv', name: 'groups.csv', unit: unitOf('group') };
    case 'orders':
      return { path: addressOf('/api/dead-letter-orders.csv', orderFiltersOf(filters)), name: 'orders.csv', unit: unitOf('order') };
  }
}

const unitOf = (one: string): File['unit'] => ({ one, many: `${one}s` });

/** The whole list that is shown as a CSV file. */
export function DeskExport({ view, filters }: { readonly view: DeskView; readonly filters: DeskFilters }) {
  const file = fileOf(view, filters);
  return file && <ExportLink key={file.path} {...file} />;
}
