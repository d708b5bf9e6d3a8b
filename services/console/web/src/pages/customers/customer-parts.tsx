import { Chip } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { ListTable } from '../../components/list-table.js';
import { addressPart, visibleText } from '../../format/text.js';
import { stateLabels } from '../../recon/labels.js';
import type { CustomerDetail, CustomerPair } from '../../recon/read-customer.js';
import { messageHref } from '../../shell/address.js';
import { RecordTable } from '../records/table.js';
import { Keys } from './customer-table.js';
import { pairLabels } from './labels.js';

/** What each ledger has for a customer, as a table. */
export function CustomerPairs({ pairs }: { readonly pairs: readonly CustomerPair[] }) {
  if (pairs.length === 0) return <p className="notice muted">No ledger that you may see has been asked for a customer yet.</p>;
  return (
    <ListTable label="In the ledgers" titles={['Ledger', 'State', 'Customer there', 'Last said', 'Also stands for']}>
      <tbody>
        {pairs.map(({ target, state, reference, since, others, result }, index) => (
          <tr key={index}>
            <td>{visibleText(target ?? '', 80)}</td>
            <td>
              <Chip labels={pairLabels} word={state} title={result === null ? null : `Its newest request: ${result}`} />
            </td>
            <td className="text wrapped">
              {reference.length === 0 ? <span className="muted">none</span> : <Keys reference={reference} />}
            </td>
            <td>
              <Instant at={since} />
            </td>
            <td className="text wrapped">
              {others.map((one) => (
                <span key={one}>
                  <Link href={`/customers/${addressPart(one)}`}>{visibleText(one, 60)}</Link>{' '}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}

/** The newest events of a customer. */
export function CustomerEvents({ events }: { readonly events: CustomerDetail['events'] }) {
  return (
    <RecordTable
      list={{
        title: 'Events of the customer',
        none: 'There is no event yet.',
        columns: [
          { title: 'Received', field: 'receivedAt', as: 'time' },
          { title: 'Event', field: 'eventId', as: 'id', leadsTo: messageHref },
          { title: 'Type', field: 'type', as: 'text' },
          { title: 'State', field: 'state', as: 'state', labels: stateLabels },
          { title: 'Reason', field: 'reason', as: 'text' },
        ],
      }}
      rows={events}
    />
  );
}
