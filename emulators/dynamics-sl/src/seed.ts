import type { Table } from './data/columns.js';
import { emptyRow, put } from './data/rows.js';
import type { Row, Store, Transaction } from './data/store.js';
import type { EmulatorConfig } from './emulator.config.js';
import { noSub } from './ledger/entry.js';
import { tables } from './tables/index.js';

/** Currencies of the shipped profile, in the order of their accounts. */
const currencies = ['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'CHF', 'SEK', 'JPY', 'KWD', 'ISK', 'UGX'] as const;

/** The chart of accounts beside the cash accounts; a plan of the demo company's own. */
const accounts: readonly (readonly [acct: string, name: string])[] = [
  ['1100', 'Accounts receivable'],
  ['1290', 'Disputed payments'],
  ['1295', 'Reserves held by Stripe'],
  ['1296', 'Issuing balance'],
  ['2150', 'Refunds payable'],
  ['2160', 'Connected accounts payable'],
  ['2200', 'Sales tax payable'],
  ['2400', 'Deferred revenue'],
  ['4000', 'Sales'],
  ['4200', 'Shipping'],
  ['4300', 'Platform fees earned'],
  ['4900', 'Returns and allowances'],
  ['4910', 'Discounts'],
  ['6210', 'Payment fees'],
  ['6211', 'Dispute fees'],
  ['6212', 'Tax on fees'],
  ['6290', 'Dispute losses'],
  ['6900', 'Contributions'],
  ['6990', 'Adjustments'],
  ['7100', 'Exchange gains'],
  ['7110', 'Exchange losses'],
  ['9999', 'Suspense'],
];

/** Customers that were there before anything came from Stripe; two share an e-mail: nobody but a person can say which of them pays. */
const customers: readonly Row[] = [
  {
    CustId: 'ACME',
    Name: 'Acme Industrial Supply',
    EMailAddr: 'office@acme-industrial.example',
    Addr1: '1 Mill St',
    City: 'Dayton',
    State: 'OH',
  },
  { CustId: 'BAYSIDE', Name: 'Bayside Marine', EMailAddr: 'ap@bayside-marine.example', Addr1: '22 Dock Rd', City: 'Reno', State: 'NV' },
  { CustId: 'TWINEAST', Name: 'Twin Tools East', EMailAddr: 'billing@twin-tools.example', Addr1: '5 Elm St', City: 'Boston', State: 'MA' },
  {
    CustId: 'TWINWEST',
    Name: 'Twin Tools West',
    EMailAddr: 'billing@twin-tools.example',
    Addr1: '9 Oak St',
    City: 'Portland',
    State: 'OR',
  },
];

const terms: readonly (readonly [id: string, text: string, days: number])[] = [
  ['00', 'Due on receipt', 0],
  ['15', 'Net 15', 15],
  ['30', 'Net 30', 30],
  ['60', 'Net 60', 60],
];

const firstYear = 2020;
const lastYear = 2030;
const dayMs = 86_400_000;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

/** The fiscal periods of a year: calendar months, or thirteen of four weeks (section 4: such years exist [assumed note]). */
function periodsOf(year: number, count: number): Row[] {
  const start = (index: number): number => (count === 12 ? Date.UTC(year, index, 1) : Date.UTC(year, 0, 1) + index * 28 * dayMs);
  return Array.from({ length: count }, (_, index) => ({
    PerNbr: `${year}${String(index + 1).padStart(2, '0')}`,
    StartDate: dateOf(start(index)),
    EndDate: dateOf((index === count - 1 ? Date.UTC(year + 1, 0, 1) : start(index + 1)) - dayMs),
    Closed: 0,
  }));
}

function seedSetup(config: EmulatorConfig, add: (table: Table, row: Row) => void): void {
  for (const [Acct, Descr] of accounts) add(tables.Account, { Acct, Descr, Active: 1 });
  // Per currency what lies at Stripe (from 1150) and the bank (from 1010), each kept in its currency.
  currencies.forEach((CuryId, index) => {
    add(tables.Account, { Acct: String(1150 + index), Descr: `Stripe balance ${CuryId}`, CuryId, Active: 1, CashAcct: 1 });
    add(tables.Account, { Acct: String(1010 + index), Descr: `Bank ${CuryId}`, CuryId, Active: 1, CashAcct: 1 });
  });
  add(tables.SubAcct, { Sub: noSub, Descr: 'No subaccount', Active: 1 });
  for (const [TermsId, Descr, DueDays] of terms) add(tables.Terms, { TermsId, Descr, DueDays });
  for (const ClassId of ['STRIPE', 'TRADE']) add(tables.CustClass, { ClassId, Descr: ClassId, ARAcct: '1100', ARSub: noSub, Terms: '30' });
  for (let year = firstYear; year <= lastYear; year += 1)
    for (const period of periodsOf(year, config.periodsPerYear)) add(tables.Period, period);
}

/** Fills an empty store with the demo company. */
export function seed(store: Store, config: EmulatorConfig): void {
  if (store.rows(tables.Account.name).length > 0) return;
  store.transaction((transaction: Transaction) => {
    const add = (table: Table, row: Row): void => void put(table, { ...emptyRow(table, config), ...row }, transaction);
    seedSetup(config, add);
    const of = { ClassId: 'TRADE', Terms: '30', CuryId: config.baseCurrency, Status: 'A', Country: 'USA', ARAcct: '1100', ARSub: noSub };
    for (const customer of customers)
      add(tables.Customer, { ...of, BillName: customer.Name ?? '', ...customer, Crtd_User: 'SYSADMIN', LUpd_User: 'SYSADMIN' });
  });
}
