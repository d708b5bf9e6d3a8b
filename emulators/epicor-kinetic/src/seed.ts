import { randomUUID } from 'node:crypto';
import { emptyRow, tables } from './schema.js';
import { save } from './rows.js';
import type { EmulatorConfig } from './emulator.config.js';
import { bookEarlierReceipts } from './seed-earlier.js';
import { seedBooks } from './seed-books.js';
import type { Row, Store } from './store.js';

/** Customers that were there before anything came from Stripe; addresses end in `.example`, so they are nobody's. */
const customers: readonly Row[] = [
  {
    CustNum: 1001,
    CustID: 'ACME',
    Name: 'Acme Industrial Supply',
    EMailAddress: 'office@acme-industrial.example',
    City: 'Dayton',
    State: 'OH',
    Country: 'USA',
    TermsCode: 'N30',
  },
  {
    CustNum: 1002,
    CustID: 'BAYSIDE',
    Name: 'Bayside Marine',
    EMailAddress: 'ap@bayside-marine.example',
    City: 'Reno',
    State: 'NV',
    Country: 'USA',
    TermsCode: 'N30',
  },
  // Two customers share an e-mail: nobody but a person can say which of them pays.
  {
    CustNum: 1003,
    CustID: 'TWINEAST',
    Name: 'Twin Tools East',
    EMailAddress: 'billing@twin-tools.example',
    City: 'Boston',
    State: 'MA',
    Country: 'USA',
    TermsCode: 'N30',
  },
  {
    CustNum: 1004,
    CustID: 'TWINWEST',
    Name: 'Twin Tools West',
    EMailAddress: 'billing@twin-tools.example',
    City: 'Portland',
    State: 'OR',
    Country: 'USA',
    TermsCode: 'N30',
  },
];

/** Billing e-mails usually live on contacts: docs/reference/epicor-kinetic.md section 6.1. */
const contacts: readonly Row[] = [
  {
    CustNum: 1001,
    ShipToNum: '',
    ConNum: 1,
    Name: 'Accounts Payable',
    EMailAddress: 'payables@acme-industrial.example',
    PrimaryBilling: true,
  },
];

/** Fills what is empty of a store. */
export function seed(store: Store, config: EmulatorConfig): void {
  const { company } = config;
  seedBooks(store, config);
  bookEarlierReceipts(store, config);
  if (store.rows('Customer').length > 0) return;
  store.transaction((transaction) => {
    for (const customer of customers) {
      transaction.next(`CustNum~${company}`, 1001);
      save(
        tables.Customer,
        {
          ...emptyRow(tables.Customer, company),
          CurrencyCode: 'USD',
          TerritoryID: 'US',
          CustomerType: 'CUS',
          ...customer,
          SysRowID: randomUUID(),
        },
        transaction,
      );
    }
    for (const contact of contacts) {
      transaction.next(`ConNum~${company}~${contact.CustNum}`, 1);
      save(tables.CustCnt, { ...emptyRow(tables.CustCnt, company), ...contact, SysRowID: randomUUID() }, transaction);
    }
  });
}
