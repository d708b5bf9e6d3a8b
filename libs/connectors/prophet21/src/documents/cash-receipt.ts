import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import { sameAmount } from '../p21-amount.js';
import type { P21Config } from '../p21.config.js';
import { afterWrite, P21NotDoneError, P21SilentError } from '../p21-errors.js';
import { idOf, textOf } from '../p21-json.js';
import { markedRows, markedText, referenceInPrefix, referenceOf } from '../p21-keys.js';
import { all, odataNumber } from '../p21-odata.js';
import { cashReceiptShape } from '../shapes/cash-receipt.js';
import { editsOf } from '../transaction/configured-service.js';
import { passedValues } from '../transaction/transaction-answer.js';
import { transactionPath, transactionSet } from '../transaction/transaction-set.js';
import type { P21DocumentKind, P21Parts } from './document-kind.js';
import { pageRows } from './document-kind.js';
import { paymentColumns, paymentOf, receiptReference, receiptState } from './cash-receipt-rows.js';

/** Length of ar_payment_details.payment_desc, characters: docs/reference/prophet21.md section 14. */
const describedLength = 60;

/** Fields in the order in which the form takes them; earlier ones set defaults for later ones (section 4; the order is assumed). */
const order = ['customer_id', 'bank_no', 'payment_type_id', 'date_received', 'payment_amount', 'payment_desc'] as const;

/**
 * A payment on account, through the Transaction service that the site names. It carries the short reference of its posting key in
 * payment_desc, since a check number is a number in P21 (section 7.5).
 * Shape:  1 document -> 1 transaction, then it is read back: `Passed` is no proof (section 10).
 * Source: docs/reference/prophet21.md sections 4, 7.5, 10 and 14. Configured: no public source has the service.
 */
export const cashReceipt: P21DocumentKind = {
  kind: 'cash-receipt',
  shape: cashReceiptShape,
  post: postReceipt,
  describe: (document, config) => [
    {
      verb: 'POST',
      at: 'ui',
      path: transactionPath,
      body: receiptSet(document, config),
      text: `enters the receipt by the service ${config.receipts.service || 'that P21_RECEIPT_SERVICE has to name'}`,
    },
  ],
  async find(key, parts, signal) {
    const row = await paymentOf(key, parts, signal);
    return row && { reference: receiptReference(parts.config.company, row), complete: true, missing: [] };
  },
  async read(key, parts, signal) {
    const row = await paymentOf(key, parts, signal);
    return row && receiptState(row, parts, signal);
  },
  marksOf: (key) => [referenceOf(key)],
  async page(after, parts, signal) {
    const filter = all(`payment_number gt ${odataNumber(after ?? '0')}`, markedRows('payment_desc'), "delete_flag eq 'N'");
    const query = { filter, select: paymentColumns, orderBy: 'payment_number', top: pageRows };
    const rows = await parts.client.rows('ar_payment_details', query, signal);
    const documents = [];
    for (const row of rows) {
      const mark = referenceInPrefix(textOf(row.payment_desc));
      if (mark === '') continue;
      const { effect: _read, ...state } = await receiptState(row, parts, signal);
      documents.push({ ...state, marks: [mark] });
    }
    const last = rows.at(-1);
    return { documents, next: last && rows.length >= pageRows ? idOf(last.payment_number) : undefined };
  },
  dating: { field: 'date_received', note: 'payment_desc', noteLength: 32 },
};

/** Names that the fields of a receipt have in the form of this site. */
export function receiptFields({ receipts }: P21Config): string[] {
  return order.map((name) => receipts.fields.get(name) ?? name);
}

async function postReceipt(document: ErpDocument, parts: P21Parts, signal: AbortSignal): Promise<PostingOutcome> {
  if (document.known)
    throw new P21NotDoneError(
      'p21.written-differently',
      `${document.postingKey}: a receipt that is entered is neither finished nor changed`,
    );
  const { client, config, services } = parts;
  const names = editsOf(config.receipts, valuesOf(document)).map(({ Name }) => Name);
  await services.require(config.receipts, names, signal);
  const answer = await client.write({ verb: 'POST', at: 'ui', path: transactionPath, body: receiptSet(document, config) }, signal);
  passedValues(answer, config.receipts.service);
  return afterWrite(config.receipts.service, () => readBack(document, parts, signal));
}

function receiptSet(document: ErpDocument, { receipts }: P21Config): object {
  return transactionSet(receipts.service, receipts.form, editsOf(receipts, valuesOf(document)));
}

function valuesOf(document: ErpDocument): (readonly [name: string, value: string])[] {
  return order.map((name) => {
    const value = document.fields[name];
    if (name === 'payment_desc') return [name, markedText(document.postingKey, typeof value === 'string' ? value : '', describedLength)];
    return [name, value === null || value === undefined ? '' : String(value)];
  });
}

/** A pop-up that was answered "No", or a disabled column, leaves nothing or something else behind a success (sections 4 and 10). */
async function readBack(document: ErpDocument, parts: P21Parts, signal: AbortSignal): Promise<PostingOutcome> {
  const row = await paymentOf(document.postingKey, parts, signal);
  const call = `transaction ${parts.config.receipts.service}`;
  if (!row) throw new P21SilentError(call, 'write', true, 'passed, and no payment carries its reference');
  const reference = receiptReference(parts.config.company, row);
  if (sameAmount(textOf(row.payment_amount), String(document.fields.payment_amount))) return { kind: 'posted', reference };
  return {
    kind: 'partial',
    reference,
    missing: ['payment_amount'],
    code: 'p21.written-differently',
    text: `${document.postingKey}: payment ${idOf(row.payment_number)} is of ${textOf(row.payment_amount)} instead of ${String(document.fields.payment_amount)}; reverse it in P21`,
  };
}
