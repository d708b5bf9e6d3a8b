import { KineticError } from '../answers.js';
import { trialBalance } from '../ledger/books.js';
import { odataRead } from '../odata-query.js';
import type { Table } from '../schema.js';
import { columnOf, tables } from '../schema.js';
import type { Row } from '../store.js';
import type { Call, Operation } from './service.js';
import { companyRows } from './service.js';

interface Query {
  readonly table: Table;
  /** Query parameter -> column that has to equal it; a parameter that is not given does not filter. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  /** Name of the table in the columns of the answer, where the database calls it otherwise than the service. */
  readonly as?: string;
}

/**
 * The BAQs that a site installs for us, because UD columns on heavy services may not be filterable (section 6.1), and because no service
 * has an entity set of bank transfers.
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
  StripeInvoices: {
    table: tables.InvcHead,
    parameters: { ExternalID: 'ExternalID', StripePostingKey: 'StripePostingKey_c' },
    columns: ['InvoiceNum', 'GroupID', 'ExternalID', 'CreditMemo', 'DocInvoiceAmt', 'CurrencyCode', 'Posted', 'StripePostingKey_c'],
  },
  StripeJournals: {
    table: tables.GLJrnHed,
    parameters: { StripePostingKey: 'StripePostingKey_c' },
    columns: [
      'BookID',
      'FiscalYear',
      'FiscalYearSuffix',
      'JournalCode',
      'JournalNum',
      'FiscalCalendarID',
      'GroupID',
      'TotDebit',
      'CurrencyCode',
      'Posted',
      'StripePostingKey_c',
    ],
  },
  StripeBankTransfers: {
    table: tables.BankFundsTransfer,
    as: 'BankTran',
    parameters: { StripePostingKey: 'StripePostingKey_c' },
    columns: ['TranNum', 'BankAcctID', 'DocTranAmt', 'CurrencyCode', 'GLPosted', 'Voided', 'StripePostingKey_c'],
  },
};

/** Sums of the general ledger per account and currency, as a BAQ with Group By gives them. */
const trialBalanceBaq: Operation = (call, transaction) => {
  const rows = trialBalance(companyRows(tables.GLJrnDtl, call, transaction)).map(
    ({ account, currency, debit, credit }) =>
      ({ GLJrnDtl_GLAccount: account, GLJrnDtl_CurrencyCode: currency, Calculated_Debit: debit, Calculated_Credit: credit }) as Row,
  );
  return odataRead(tables.GLJrnDtl, rows, pagingOf(call), `${call.baseUrl}/$metadata#Epicor.DynamicQuery.QueryData`);
};

const pagingOf = (call: Call): URLSearchParams =>
  new URLSearchParams([...call.query].filter(([name]) => name === '$top' || name === '$skip' || name === '$count'));

/** `GET BaqSvc/{BaqID}/Data`: section 2 [verified]. An unknown BAQ is 404 (section 5 [verified]). */
export function baqData(id: string): Operation {
  if (id === 'StripeTrialBalance') return trialBalanceBaq;
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
          query.columns.map((name) => [
            `${query.as ?? query.table.name}_${name}`,
            row[name] ?? columnOf(query.table, name)?.initial ?? null,
          ]),
        ) as Row,
    );
    return odataRead(query.table, named, pagingOf(call), `${call.baseUrl}/$metadata#Epicor.DynamicQuery.QueryData`);
  };
}
