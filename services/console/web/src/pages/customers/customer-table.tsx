import { Chip } from '../../components/chip.js';
import { CopyId } from '../../components/copy-id.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { ListBody, rowCountOf } from '../../components/list-body.js';
import type { RowAttributes } from '../../components/list-body.js';
import { ListTable } from '../../components/list-table.js';
import { addressPart, visibleText } from '../../format/text.js';
import type { Customer, CustomerPair } from '../../recon/read-customer.js';
import { hrefOf } from '../../shell/address.js';
import { customerStateLabels, pairLabels } from './labels.js';

/** Customers as rows, with what each ledger has for them. */
export function CustomerTable({ customers }: { readonly customers: readonly Customer[] }) {
  if (customers.length === 0) return <p className="notice muted">There is no such customer.</p>;
  return (
    <ListTable
      label="Customers"
      rowCount={rowCountOf(customers.length)}
      titles={['Customer', 'Name', 'State', 'In the ledgers', 'Newest payment']}
    >
      <ListBody
        count={customers.length}
        draw={(index, attributes) => {
          const customer = customers[index];
          return customer && <Row key={`${customer.customerId}-${index}`} customer={customer} attributes={attributes} />;
        }}
      />
    </ListTable>
  );
}

interface RowProps {
  readonly customer: Customer;
  readonly attributes: RowAttributes;
}

function Row({ customer: { customerId, name, state, pairs, lastPaymentAt }, attributes }: RowProps) {
  return (
    <tr {...attributes}>
      <td className="id">
        {customerId === null ? (
          <span className="muted">no id</span>
        ) : (
          <CopyId id={customerId}>
            <Link href={`/customers/${addressPart(customerId)}`}>
              <code>{visibleText(customerId, 80)}</code>
            </Link>
          </CopyId>
        )}
      </td>
      <td className="name">{name === null ? '' : visibleText(name, 100)}</td>
      <td>
        <Chip labels={customerStateLabels} word={state} />
      </td>
      <td className="text wrapped">
        <Pairs pairs={pairs} />
      </td>
      <td>
        <Instant at={lastPaymentAt} />
      </td>
    </tr>
  );
}

/** What each ledger has, one line each. */
function Pairs({ pairs }: { readonly pairs: readonly CustomerPair[] }) {
  return (
    <ul>
      {pairs.map(({ target, reference, state }, index) => (
        <li key={index}>
          <span className="muted">{visibleText(target ?? '', 60)}</span>{' '}
          {reference.length === 0 ? <Chip labels={pairLabels} word={state} /> : <Keys reference={reference} />}
        </li>
      ))}
    </ul>
  );
}

/** The keys of a customer in its ledger; each leads to all customers that have it. */
export function Keys({ reference }: { readonly reference: CustomerPair['reference'] }) {
  return (
    <>
      {reference.map(({ name, value }, index) => (
        <span key={index}>
          {index > 0 && ', '}
          {visibleText(name, 40)}{' '}
          <Link href={hrefOf('/customers', { number: value })}>
            <code>{visibleText(value, 80)}</code>
          </Link>
        </span>
      ))}
    </>
  );
}
