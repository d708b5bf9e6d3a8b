import type { ErpDocumentState, ErpReference } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { amountText, negated } from '../p21-amount.js';
import { allowed } from '../p21-errors.js';
import type { P21Row } from '../p21-json.js';
import { idOf, textOf } from '../p21-json.js';
import { plantedPrefix, referenceInPrefix, referenceOf } from '../p21-keys.js';
import { all, odataText, oneOf } from '../p21-odata.js';
import type { P21Parts } from './document-kind.js';
import { glColumns, ledgerLines, sumOf } from './journal-rows.js';
import { single } from './single.js';

/** Columns of oe_hdr that a return is read with. */
export const returnColumns = ['order_no', 'oe_hdr_uid', 'customer_id', 'po_no'] as const;

/** `$filter` of the returns of the company that stand. */
export function standingReturns(company: string, more: string): string {
  return all(`company_id eq ${odataText(company)}`, "rma_flag eq 'Y'", "cancel_flag eq 'N'", "delete_flag eq 'N'", more);
}

/** The return of a posting key, by what is planted in po_no. @throws {ErpDuplicateDocumentError} when there are several. */
export async function returnOf(key: PostingKey, { client, config }: P21Parts, signal: AbortSignal): Promise<P21Row | undefined> {
  const filter = standingReturns(config.company, `startswith(po_no,${odataText(plantedPrefix(key))})`);
  const rows = await client.rows('oe_hdr', { filter, select: returnColumns, orderBy: 'oe_hdr_uid' }, signal);
  const own = rows.filter((row) => referenceInPrefix(textOf(row.po_no)) === referenceOf(key));
  return single(own, key, 'returns', (row) => idOf(row.order_no));
}

/** The lines of a return; `user_line_no` is the number that we gave them. */
export function returnLines(orderNo: string, { client }: P21Parts, signal: AbortSignal): Promise<P21Row[]> {
  const filter = all(`order_no eq ${odataText(orderNo)}`, "cancel_flag eq 'N'", "delete_flag eq 'N'");
  const select = ['line_no', 'user_line_no', 'item_id', 'unit_quantity', 'unit_price'];
  return client.rows('oe_line', { filter, select, orderBy: 'line_no' }, signal);
}

/** What identifies a return. Its memo has another number, and may come later. */
export function returnReference(company: string, row: P21Row): ErpReference {
  return { CompanyId: company, OrderNo: idOf(row.order_no) };
}

/**
 * The state of a return: its memo is there, and in the ledger, when the return is received. Until then there is no amount.
 * Source: docs/reference/prophet21.md sections 5 and 7.6; that entries of the memo have its number as source is assumed.
 */
export async function returnState(row: P21Row, parts: P21Parts, signal: AbortSignal): Promise<ErpDocumentState> {
  const { client, config, currencies } = parts;
  const reference = returnReference(config.company, row);
  const filter = all(`order_no eq ${odataText(idOf(row.order_no))}`, `company_no eq ${odataText(config.company)}`);
  const select = ['invoice_no', 'total_amount', 'currency_id'];
  const memos = await client.rows('invoice_hdr', { filter, select, orderBy: 'invoice_no' }, signal);
  if (memos.length === 0) return { reference, released: false, ...(config.readEffect === 'none' ? {} : { effect: [] }) };
  const currency = currencies.codeOf(idOf(memos[0]?.currency_id));
  // A return that is received in parts has a memo for each; a memo is below zero.
  const amount = amountText(negated(sumOf(memos.map((memo) => textOf(memo.total_amount)))), currency);
  const numbers = memos.map((memo) => idOf(memo.invoice_no));
  return { reference, amount, currency, released: true, ...(await effectOf(numbers, parts, signal)) };
}

async function effectOf(
  memos: readonly string[],
  { client, config, currencies }: P21Parts,
  signal: AbortSignal,
): Promise<Pick<ErpDocumentState, 'effect'>> {
  if (config.readEffect === 'none') return {};
  const filter = all(`company_no eq ${odataText(config.company)}`, oneOf('source', memos.map(odataText)), "journal_id eq 'SJ'");
  const rows = await allowed(client.rows('gl', { filter, select: glColumns, orderBy: 'transaction_number,gl_uid' }, signal));
  return rows ? { effect: ledgerLines(rows, { currencies }) } : {};
}
