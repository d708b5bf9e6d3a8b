import type { ErpClearing, ErpDocumentState, ErpLedgerEntry, ErpReference } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { amountText } from '../p21-amount.js';
import { allowed } from '../p21-errors.js';
import type { P21Row } from '../p21-json.js';
import { idOf, textOf } from '../p21-json.js';
import { plantedPrefix, referenceInPrefix, referenceOf } from '../p21-keys.js';
import { all, odataNumber, odataText } from '../p21-odata.js';
import type { P21Parts } from './document-kind.js';
import { glColumns, ledgerLines } from './journal-rows.js';
import { single } from './single.js';

/** Columns of ar_payment_details that a receipt is read with. */
export const paymentColumns = [
  'payment_number',
  'payment_desc',
  'payment_amount',
  'payment_date',
  'multi_currency_id',
  'delete_flag',
] as const;

/** The receipt of a posting key, by what is planted in payment_desc. @throws {ErpDuplicateDocumentError} when there are several. */
export async function paymentOf(key: PostingKey, { client }: Pick<P21Parts, 'client'>, signal: AbortSignal): Promise<P21Row | undefined> {
  const filter = all(`startswith(payment_desc,${odataText(plantedPrefix(key))})`, "delete_flag eq 'N'");
  const rows = await client.rows('ar_payment_details', { filter, select: paymentColumns, orderBy: 'payment_number' }, signal);
  const own = rows.filter((row) => referenceInPrefix(textOf(row.payment_desc)) === referenceOf(key));
  return single(own, key, 'payments', (row) => idOf(row.payment_number));
}

/** What identifies a receipt. */
export function receiptReference(company: string, row: P21Row): ErpReference {
  return { CompanyId: company, PaymentNumber: idOf(row.payment_number) };
}

/** The state of a receipt, with its bank account and, where it is asked for, its entries in the general ledger. */
export async function receiptState(row: P21Row, parts: P21Parts, signal: AbortSignal): Promise<ErpDocumentState> {
  const number = idOf(row.payment_number);
  const query = {
    filter: all(`payment_number eq ${odataNumber(number)}`, `company_id eq ${odataText(parts.config.company)}`),
    select: ['receipt_number', 'company_id', 'gl_bank_account_no', 'approved', 'reverse_payment_flag'],
    orderBy: 'receipt_number',
  };
  const receipts = await allowed(parts.client.rows('ar_receipts', query, signal));
  const lines = await receiptLines(number, parts, signal);
  const account = textOf(receipts?.[0]?.gl_bank_account_no);
  const currency = currencyOf(row, account, lines, parts);
  const amount = amountText(row.payment_amount, currency);
  const clearing: ErpClearing | undefined = account === '' ? undefined : { account, currency, amount };
  return {
    reference: receiptReference(parts.config.company, row),
    amount,
    currency,
    // A receipt that was reversed is not in the ledger any more, as far as its own entries go.
    released: (receipts ?? []).every((one) => textOf(one.approved) !== 'N' && textOf(one.reverse_payment_flag) !== 'Y'),
    ...(clearing ? { clearing } : {}),
    ...(parts.config.readEffect === 'all' ? { effect: lines } : {}),
  };
}

/** The currency of the payment, where P21 says it, else that of its line on the bank account, else the home currency. */
function currencyOf(row: P21Row, account: string, lines: readonly ErpLedgerEntry[], { currencies }: P21Parts): string {
  const id = idOf(row.multi_currency_id);
  if (id !== '' && id !== '0') return currencies.codeOf(id);
  return lines.find((one) => one.account === account)?.currency ?? currencies.codeOf('');
}

/** The entries of a payment have its number as source (assumed in the reference, section 14). */
async function receiptLines(number: string, { client, config, currencies }: P21Parts, signal: AbortSignal): Promise<ErpLedgerEntry[]> {
  const filter = all(`company_no eq ${odataText(config.company)}`, `source eq ${odataText(number)}`);
  const query = { filter: all(filter, "journal_id eq 'CR'"), select: glColumns, orderBy: 'transaction_number,gl_uid' };
  const rows = await allowed(client.rows('gl', query, signal));
  return ledgerLines(rows ?? [], { currencies });
}
