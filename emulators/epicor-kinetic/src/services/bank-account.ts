import { fromThousandths, thousandths } from '../exact-json.js';
import { keyOf } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction, Value } from '../store.js';
import type { Call, Service } from './service.js';
import { entitySet, getById, textInput } from './service.js';

const table = tables.BankAcct;

/** Erp.BO.BankAcctSvc: entity set, its key and GetByID in SNO:Erp_BO_BankAcctSvc.tsx [verified]. */
export const bankAccountService: Service = {
  name: 'Erp.BO.BankAcctSvc',
  operations: { BankAccts: entitySet(table), GetByID: getById(table, (call) => ({ BankAcctID: textInput(call, 'bankAcctID') })) },
};

/** Currency of a bank account; '' for one that is not set up, which the emulator takes all the same (assumed: a site has those it uses). */
export function currencyOfAccount(company: string, account: Value | undefined, transaction: Transaction): string {
  const row = transaction.row(table.name, keyOf(table, { Company: company, BankAcctID: account ?? '' }));
  return String(row?.CurrencyCode ?? '');
}

/**
 * What a receipt is worth in the currency of its bank account, two decimals. That a receipt may have another currency than its account
 * follows from the columns BankCurrencyCode, BankAmount and BankRcptExchangeRate of CashHead [verified]; rates and rounding are assumed.
 * @returns 0 without a rate for one of the two.
 */
export function bankAmount(head: Row, call: Call): Value {
  if (head.BankCurrencyCode === head.CurrencyCode) return head.DocTranAmt ?? 0;
  const [from, to] = [head.CurrencyCode, head.BankCurrencyCode].map((currency) => call.config.exchangeRates.get(String(currency)));
  const amount = thousandths(head.DocTranAmt);
  if (from === undefined || to === undefined || amount === undefined) return 0;
  const cents = (amount * from * 2n + to * 10n) / (to * 20n);
  return fromThousandths(cents * 10n);
}
