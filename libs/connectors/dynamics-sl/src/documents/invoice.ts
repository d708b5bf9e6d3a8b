import type { ErpDocument } from '@tributary/connector-kit';
import type { ErpDocumentShape } from '@tributary/contracts';
import { columnsOf, lineColumnsOf } from '../sl-columns.js';
import { SlNotDoneError } from '../sl-errors.js';
import { keyMark, refNbrOf, sourceMark } from '../sl-keys.js';
import { creditMemoShape, invoiceShape, refundPaymentShape } from '../shapes/invoice.js';
import { comparableDecimal, textOf } from '../sl-values.js';
import { sumOf } from '../sums.js';
import { documentReference, linesOfDocument } from './ar-document.js';
import { batchRow } from './batch-row.js';
import type { SlDocumentKind } from './document-kind.js';
import type { ScreenedDocument } from './screened.js';
import { equal } from './screened.js';
import { screenedKind } from './screened-kind.js';

/** Columns of the batch only. */
const batchFields: ReadonlySet<string> = new Set(['PerPost']);

/**
 * Invoices and memos (08.010): one ARDoc with its ARTran, in a batch of its own. Amounts are positive, the type gives the sign.
 * Source: docs/reference/dynamics-sl.md sections 2.4 and 5.4.
 */
function memo(kind: string, docType: string, shape: ErpDocumentShape): ScreenedDocument {
  return {
    kind,
    shape,
    service: 'invoiceAndMemo',
    batchKind: 'invoice-group',
    dateField: 'DocDate',
    headView: 'ARDoc',
    ofKind: [equal('DocType', docType)],
    lineTable: 'ARTran',
    ownLines: [],
    linesOf: ({ lines }) => lines,
    screenOf(document, lines, parts) {
      refuseOtherSum(document);
      const { CuryId = null, DocDate = null, CuryOrigDocAmt = null, ...head } = columnsOf(document, shape, batchFields);
      return {
        myBatch: batchRow(document, { module: 'AR', currency: CuryId, date: DocDate, total: CuryOrigDocAmt }, parts),
        myARDoc: {
          ...head,
          CuryId,
          DocDate,
          CuryOrigDocAmt,
          DocType: docType,
          RefNbr: refNbrOf(document.postingKey),
          User1: sourceMark(document.postingKey),
          User2: keyMark(document.postingKey),
        },
        myARTran: lines,
      };
    },
    lineRow: (document, line) => ({ ...lineColumnsOf(document, line, shape), TranType: docType, Qty: 1 }),
    referenceOf: documentReference,
    storedLines: linesOfDocument,
    stateOf: (head) => ({ amount: textOf(head.CuryOrigDocAmt), currency: textOf(head.CuryId) }),
    partitionOf: ({ fields }) => String(fields.CuryId ?? ''),
  };
}

/** What was sold. */
export const invoice: SlDocumentKind = screenedKind(memo('invoice', 'IN', invoiceShape));
/** What is taken off the account of a customer. */
export const creditMemo: SlDocumentKind = screenedKind(memo('credit-memo', 'CM', creditMemoShape));
/** Money that left the clearing account for a customer: a debit memo whose line stands on that account. */
export const refundPayment: SlDocumentKind = screenedKind(memo('refund-payment', 'DM', refundPaymentShape));

/** @throws {SlNotDoneError} when the amount of a document is not the sum of its lines: SL would take it and refuse to release it. */
function refuseOtherSum({ postingKey, fields, lines }: ErpDocument): void {
  const [told, sum] = [comparableDecimal(String(fields.CuryOrigDocAmt)), sumOf(lines.map((line) => String(line.fields.CuryTranAmt)))];
  if (told !== sum)
    throw new SlNotDoneError(
      'sl.totals-differ',
      `${postingKey}: CuryOrigDocAmt is ${told} and its lines add up to ${sum}`,
      'CuryOrigDocAmt',
    );
}
