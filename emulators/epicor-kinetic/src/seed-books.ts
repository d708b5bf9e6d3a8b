import { randomUUID } from 'node:crypto';
import type { Table } from './columns.js';
import type { EmulatorConfig } from './emulator.config.js';
import { book } from './ledger/periods.js';
import { save } from './rows.js';
import { emptyRow, tables } from './schema.js';
import type { Row, Store, Transaction } from './store.js';

/** Currencies of the shipped profile, in the order of their accounts. */
const currencies = ['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'CHF', 'SEK', 'JPY', 'KWD', 'ISK', 'UGX'] as const;
const numbered = (first: number, index: number): string => `${first + index}-00-00`;

/** Bank accounts of the demo company: the one of the specs; per currency a Stripe balance (`STR-`) and a bank (`BANK-`); with their cash accounts. */
const bankAccounts: readonly (readonly [account: string, currency: string, cash: string])[] = [
  ['STRIPE', 'USD', '1149-00-00'],
  ...currencies.map((currency, index) => [`STR-${currency}`, currency, numbered(1150, index)] as const),
  ...currencies.map((currency, index) => [`BANK-${currency}`, currency, numbered(1010, index)] as const),
];

/** The chart of accounts beside the cash accounts. */
const accounts: readonly (readonly [account: string, name: string])[] = [
  ['1100-00-00', 'Accounts receivable'],
  ['1290-00-00', 'Disputed payments'],
  ['1295-00-00', 'Reserves held by Stripe'],
  ['1296-00-00', 'Card issuing'],
  ['1296-00-00', 'Issuing balance'],
  ['2150-00-00', 'Refunds payable'],
  ['2160-00-00', 'Payable to connected accounts'],
  ['2160-00-00', 'Connected accounts payable'],
  ['2200-00-00', 'Sales tax payable'],
  ['2400-00-00', 'Deferred revenue'],
  ['4000-00-00', 'Sales'],
  ['4200-00-00', 'Shipping'],
  ['4300-00-00', 'Platform fees'],
  ['4300-00-00', 'Platform fees earned'],
  ['4900-00-00', 'Returns and allowances'],
  ['4910-00-00', 'Discounts'],
  ['6210-00-00', 'Payment fees'],
  ['6211-00-00', 'Dispute fees'],
  ['6212-00-00', 'Tax on fees'],
  ['6290-00-00', 'Dispute losses'],
  ['6900-00-00', 'Contributions'],
  ['6990-00-00', 'Adjustments'],
  ['6900-00-00', 'Contributions'],
  ['6990-00-00', 'Adjustments'],
  ['7100-00-00', 'Exchange gains'],
  ['7110-00-00', 'Exchange losses'],
  ['9999-00-00', 'Suspense'],
];

const controls: Readonly<Record<string, string>> = {
  AR: '1100-00-00',
  Revenue: '4000-00-00',
  Returns: '4900-00-00',
  FxGain: '7100-00-00',
  FxLoss: '7110-00-00',
};

/** Reason codes of credit memos, one for each reason that Stripe gives a refund, and one for all others. */
const reasons: readonly (readonly [code: string, text: string])[] = [
  ['DUP', 'Duplicate payment'],
  ['FRAUD', 'Fraudulent payment'],
  ['RC01', 'Requested by customer'],
  ['OTH', 'Other'],
];

const firstYear = 2020;
const lastYear = 2030;

/** Bank accounts, accounts, reason codes and fiscal periods that a store lacks: one of an earlier version gets them when it is opened. */
export function seedBooks(store: Store, { company, earliestApplyDate }: EmulatorConfig): void {
  store.transaction((transaction) => {
    const add = (table: Table, row: Row): void => {
      save(table, { ...emptyRow(table, company), ...row, SysRowID: randomUUID() }, transaction);
    };
    const isEmpty = (table: string): boolean => transaction.rows(table).length === 0;
    const present = new Set(transaction.rows('BankAcct').map((row) => row.BankAcctID));
    for (const [BankAcctID, CurrencyCode] of bankAccounts)
      if (!present.has(BankAcctID)) add(tables.BankAcct, { BankAcctID, BankName: BankAcctID, CurrencyCode });
    const known = new Set(transaction.rows('GLAccount').map((row) => row.GLAccount));
    const cash = bankAccounts.map(([name, , account]) => [account, `Cash ${name}`] as const);
    for (const [GLAccount, AccountDesc] of [...accounts, ...cash])
      if (!known.has(GLAccount)) add(tables.GLAccount, { GLAccount, AccountDesc, Active: true });
    seedControls(company, transaction);
    if (isEmpty('Reason'))
      for (const [ReasonCode, Description] of reasons) add(tables.Reason, { ReasonType: 'CM', ReasonCode, Description });
    if (isEmpty('EADType'))
      for (const EADType1 of ['AR', 'GL'])
        add(tables.EADType, { EADType1, DefineBy: 'D', EarliestApplyDate: `${earliestApplyDate}T00:00:00` });
    if (isEmpty('GLBookPer')) seedPeriods(add);
  });
}

function seedControls(company: string, transaction: Transaction): void {
  const cash = bankAccounts.map(([name, , account]) => [`Cash ${name}`, account] as const);
  for (const [purpose, GLAccount] of [...Object.entries(controls), ...cash])
    if (!transaction.row('GLControl', `${company}~${purpose}`))
      transaction.put('GLControl', `${company}~${purpose}`, { Company: company, Purpose: purpose, GLAccount });
}

function seedPeriods(add: (table: Table, row: Row) => void): void {
  for (let year = firstYear; year <= lastYear; year += 1)
    for (let month = 1; month <= 12; month += 1) {
      const day = (date: Date): string => `${date.toISOString().slice(0, 10)}T00:00:00`;
      const { BookID, ...calendar } = book;
      const period = {
        ...calendar,
        FiscalYear: year,
        FiscalPeriod: month,
        StartDate: day(new Date(Date.UTC(year, month - 1, 1))),
        EndDate: day(new Date(Date.UTC(year, month, 0))),
      };
      add(tables.FiscalPer, period);
      add(tables.GLBookPer, { ...period, BookID, CloseFiscalPeriod: 0 });
    }
}
