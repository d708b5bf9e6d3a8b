import { KineticError } from '../answers.js';
import { odataRead } from '../odata-query.js';
import type { Table } from '../schema.js';
import { columnOf, tables } from '../schema.js';
import type { Row } from '../store.js';
import type { Operation } from './service.js';
import { companyRows } from './service.js';

interface Query {
  readonly table: Table;
  /** Query parameter -> column that has to equal it; a parameter that is not given does not filter. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
}

/**
 * The two BAQs that a site installs for us, because UD columns on heavy services may not be filterable (section 6.1).
 * Rows use `Table_Field` names, parameters stand in the query string: section 4.2 [verified].
 */
const queries: Readonly<Record<string, Query>> = {
  StripeCustomers: {
    table: tables.Customer,
    parameters: { StripeCustomerID: 'StripeCustomerID_c', StripePostingKey: 'StripePostingKey_c' },
    columns: ['CustNum', 'CustID', 'Name', 'EMailAddress', 'Inactive', 'SysRevID', 'StripeCustomerID_c', 'StripePostingKey_c'],
  },
  StripeCashReceipts: {
    table: tables.CashHead,
    parameters: { ExternalID: 'ExternalID', CheckRef: 'CheckRef', StripePostingKey: 'StripePostingKey_c' },
    columns: [
      'GroupID',
      'HeadNum',
      'CustNum',
      'CheckRef',
      'ExternalID',
      'DocTranAmt',
      'CurrencyCode',
      'BankAcctID',
      'Posted',
      'StripePostingKey_c',
    ],
  },
};

/** `GET BaqSvc/{BaqID}/Data`: section 2 [verified]. An unknown BAQ is 404 (section 5 [verified]). */
export function baqData(id: string): Operation {
  return (call, transaction) => {
    const query = queries[id];
    if (!query) throw new KineticError('unknownName', `Query '${id}' not found.`);
    const rows = companyRows(query.table, call, transaction).filter((row) =>
      Object.entries(query.parameters).every(([parameter, column]) => {
        const wanted = call.query.get(parameter);
        return wanted === null || String(row[column] ?? '') === wanted;
      }),
    );
    const named = rows.map(
      (row) =>
        Object.fromEntries(
          query.columns.map((name) => [`${query.table.name}_${name}`, row[name] ?? columnOf(query.table, name)?.initial ?? null]),
        ) as Row,
    );
    const paging = new URLSearchParams([...call.query].filter(([name]) => name === '$top' || name === '$skip' || name === '$count'));
    return odataRead(query.table, named, paging, `${call.baseUrl}/$metadata#Epicor.DynamicQuery.QueryData`);
  };
}
