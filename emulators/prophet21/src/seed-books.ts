import type { EmulatorConfig } from './emulator.config.js';
import { currencies } from './ledger/currencies.js';
import type { Writer } from './rows.js';
import { insert } from './rows.js';
import { tables } from './tables/index.js';

/** The chart of accounts beside one clearing and one bank account per currency. Eight digits without dashes. */
const accounts: readonly (readonly [account: string, name: string])[] = [
  ['11000000', 'Accounts receivable'],
  ['12900000', 'Disputed payments'],
  ['12950000', 'Reserves held by Stripe'],
  ['12960000', 'Card issuing'],
  ['21500000', 'Refunds payable'],
  ['21600000', 'Payable to connected accounts'],
  ['22000000', 'Sales tax payable'],
  ['24000000', 'Deferred revenue'],
  ['40000000', 'Sales'],
  ['42000000', 'Shipping'],
  ['43000000', 'Platform fees'],
  ['49000000', 'Returns and allowances'],
  ['49100000', 'Discounts'],
  ['62100000', 'Payment fees'],
  ['62110000', 'Dispute fees'],
  ['62120000', 'Tax on fees'],
  ['62900000', 'Dispute losses'],
  ['69000000', 'Contributions'],
  ['69900000', 'Adjustments'],
  ['71000000', 'Exchange gains'],
  ['71100000', 'Exchange losses'],
  ['99990000', 'Suspense'],
];

const firstYear = 2020;
const lastYear = 2030;
const months = 12;
const numbered = (first: number, index: number): string => `${first + index}0000`;

/** Companies, currencies, accounts and periods that a store lacks: one of an earlier version gets them when it is opened. */
export function seedBooks({ company, otherCompany }: EmulatorConfig, writer: Writer): void {
  const { transaction } = writer;
  const present = (table: string, key: string): boolean => transaction.row(table, key) !== undefined;
  for (const company_id of [company, otherCompany])
    if (!present('company', company_id)) insert(tables.company, { company_id, company_name: company_id, home_currency_id: 1 }, writer);
  currencies.forEach(([iso, currency_desc], index) => {
    if (transaction.row('currency_hdr', String(index + 1))?.iso !== iso)
      insert(tables.currencyHdr, { currency_id: index + 1, currency_desc, iso }, writer);
  });
  const cash = currencies.flatMap(([currency], index) => [
    [numbered(1150, index), `Stripe balance ${currency}`] as const,
    [numbered(1010, index), `Bank ${currency}`] as const,
  ]);
  for (const [account_no, account_desc] of [...accounts, ...cash])
    if (!present('chart_of_accts', `${company}~${account_no}`))
      insert(tables.chartOfAccts, { company_no: company, account_no, account_desc }, writer);
  seedBanks(writer);
  if (!present('periods', `${company}~${firstYear}~1`)) for (const one of [company, otherCompany]) seedPeriods(one, writer);
}

function seedPeriods(company_no: string, writer: Writer): void {
  const day = (date: Date): string => `${date.toISOString().slice(0, 'YYYY-MM-DD'.length)}T00:00:00`;
  for (let year = firstYear; year <= lastYear; year += 1)
    for (let period = 1; period <= months; period += 1) {
      const dates = { beginning_date: day(new Date(Date.UTC(year, period - 1, 1))), ending_date: day(new Date(Date.UTC(year, period, 0))) };
      insert(tables.periods, { company_no, period, year_for_period: year, period_closed: 'N', ...dates }, writer);
    }
}

/** Numbers of the accounts at banks, after those at Stripe. */
const firstBank = 101;

/**
 * Banks by number: 1 to 11 are the clearing accounts, the balance at Stripe in each currency, 101 to 111 the accounts at a bank (assumed:
 * numbers of the demo company). The table is not shown by OData.
 */
function seedBanks({ transaction }: Writer): void {
  currencies.forEach((_currency, index) => {
    const currency_id = index + 1;
    const banks = [
      [index + 1, numbered(1150, index)],
      [firstBank + index, numbered(1010, index)],
    ] as const;
    for (const [bank_no, gl_account_no] of banks)
      if (!transaction.row('bank', String(bank_no))) transaction.put('bank', String(bank_no), { bank_no, gl_account_no, currency_id });
  });
}
