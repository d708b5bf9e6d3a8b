import { KineticError } from '../answers.js';
import { amountColumn, amountOf, converted, rateDecimals, rateOf } from '../ledger/money.js';
import type { PostingContext } from '../ledger/periods.js';
import { keyOf } from '../rows.js';
import { tables } from '../schema.js';
import type { Row, Transaction, Value } from '../store.js';
import type { Service } from './service.js';
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
 * What a receipt is worth in the currency of its bank account. That a receipt may have another currency than its account, and the rate
 * between the two, follow from BankCurrencyCode, BankReceiptAmt ("Receipt Amount in Bank Currency") and BankRcptExchangeRate10D ("from Receipt
 * Currency to Bank Currency") of CashHead [verified]. That a rate which is given wins over the company's, and that an amount which does not
 * follow from it is refused, are assumed.
 * @returns 0 without a rate for one of the two currencies.
 */
export function bankAmount(head: Row, { config }: PostingContext): Value {
  const given = rateOf(head.BankRcptExchangeRate10D);
  if (head.BankCurrencyCode === head.CurrencyCode) return head.DocTranAmt ?? 0;
  const known = [head.CurrencyCode, head.BankCurrencyCode].map((currency) => config.exchangeRates.get(String(currency)));
  if (given > 0n) return bankAmountAt(given, head);
  const [from, to] = known;
  if (from === undefined || to === undefined) return 0;
  const rate = (from * 10n ** BigInt(rateDecimals) + to / 2n) / to;
  return amountColumn(converted(amountOf(head.DocTranAmt), rate, String(head.BankCurrencyCode)));
}

function bankAmountAt(rate: bigint, head: Row): Value {
  const amount = converted(amountOf(head.DocTranAmt), rate, String(head.BankCurrencyCode));
  const given = amountOf(head.BankReceiptAmt);
  if (given !== 0n && given !== amount)
    throw new KineticError('business', 'BankReceiptAmt does not follow from the exchange rate of the receipt.', {
      table: 'CashHead',
      field: 'BankReceiptAmt',
    });
  return amountColumn(amount);
}
