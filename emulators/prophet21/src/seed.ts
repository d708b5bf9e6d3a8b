import type { EmulatorConfig } from './emulator.config.js';
import { insert } from './rows.js';
import type { Writer } from './rows.js';
import { seedBooks } from './seed-books.js';
import type { Row, Store } from './store.js';
import { tables } from './tables/index.js';

/** Customers that were there before anything came from Stripe; addresses end in `.example`, so they are nobody's. */
const customers: readonly (readonly [id: number, name: string, city: string, state: string])[] = [
  [100_101, 'Acme Industrial Supply', 'Dayton', 'OH'],
  [100_102, 'Bayside Marine', 'Reno', 'NV'],
  // Two customers share an e-mail: nobody but a person can say which of them pays.
  [100_103, 'Twin Tools East', 'Boston', 'MA'],
  [100_104, 'Twin Tools West', 'Portland', 'OR'],
];

/** E-mails live on contacts: docs/reference/prophet21.md section 7.1. */
const contacts: readonly (readonly [id: string, customer: number, first: string, last: string, email: string])[] = [
  ['10101', 100_101, 'Accounts', 'Payable', 'payables@acme-industrial.example'],
  ['10102', 100_101, 'Main', 'Office', 'office@acme-industrial.example'],
  ['10103', 100_102, 'Accounts', 'Payable', 'ap@bayside-marine.example'],
  ['10104', 100_103, 'Accounts', 'Payable', 'billing@twin-tools.example'],
  ['10105', 100_104, 'Accounts', 'Payable', 'billing@twin-tools.example'],
];

const items: readonly (readonly [uid: number, id: string, name: string, price: number])[] = [
  [1001, 'WIDGET-001', 'Widget, steel', 62.75],
  // What returns without goods are of: docs/reference/prophet21.md section 7.6; that a site has such an item is assumed.
  [1002, 'STRIPE-REFUND', 'Refund of a payment', 0],
];

/** Fills what is empty of a store. */
export function seed(store: Store, config: EmulatorConfig, nowMs: number): void {
  store.transaction((transaction) => {
    const writer: Writer = { user: 'admin', nowMs, transaction };
    seedBooks(config, writer);
    for (const [inv_mast_uid, item_id, item_desc, price1] of items)
      if (!transaction.rows('inv_mast').some((row) => row.item_id === item_id))
        insert(tables.invMast, { inv_mast_uid, item_id, item_desc, price1 }, writer);
    if (transaction.rows('customer').length > 0) return;
    for (const [customerId, name, city, state] of customers) seedCustomer(config.company, { customerId, name, city, state }, writer);
    // The other company has a customer of the same number: a number alone says nothing.
    const [first] = customers;
    if (first) insert(tables.customer, customerRow(config.otherCompany, first[0], first[1]), writer);
    for (const [id, address_id, first_name, last_name, email_address] of contacts)
      insert(
        tables.contacts,
        { id, address_id, first_name, last_name, contact_name: `${first_name} ${last_name}`, email_address, company_id: config.company },
        writer,
      );
  });
}

function customerRow(company: string, customerId: number, name: string): Row {
  const terms = { salesrep_id: '100', terms_id: '30', currency_id: 1, ar_account_no: '11000000' };
  return { company_id: company, customer_id: customerId, customer_id_string: String(customerId), customer_name: name, ...terms };
}

interface SeededCustomer {
  readonly customerId: number;
  readonly name: string;
  readonly city: string;
  readonly state: string;
}

function seedCustomer(company: string, { customerId, name, city, state }: SeededCustomer, writer: Writer): void {
  insert(tables.customer, customerRow(company, customerId, name), writer);
  const place = { mail_city: city, mail_state: state, mail_country: 'USA' };
  insert(tables.address, { id: customerId, corp_address_id: customerId, name, ...place }, writer);
}
