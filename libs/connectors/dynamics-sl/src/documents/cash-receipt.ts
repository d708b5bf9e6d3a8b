import type { ErpDocument, ErpDocumentState } from '@tributary/connector-kit';
import { cashReceiptShape } from '../shapes/payment.js';
import { columnsOf } from '../sl-columns.js';
import { SlNotDoneError } from '../sl-errors.js';
import { keyMark, refNbrOf, sourceMark } from '../sl-keys.js';
import type { SlRow } from '../sl-values.js';
import { amountNumber, textOf } from '../sl-values.js';
import type { SlConfig } from '../sl.config.js';
import { ratioOf } from '../sums.js';
import { documentReference, linesOfDocument } from './ar-document.js';
import { batchRow } from './batch-row.js';
import type { SlDocumentKind } from './document-kind.js';
import { accountText } from './ledger-effect.js';
import type { ScreenedDocument } from './screened.js';
import { equal } from './screened.js';
import { screenedKind } from './screened-kind.js';

/** Key of the one line of a payment, which the connector adds. */
const onlyLine = '1';
const elsewhere: ReadonlySet<string> = new Set(['PerPost', 'SettledAmt', 'SettledCuryId']);

/**
 * A payment on account (08.050). Its one line names the payment itself, and the amounts of batch, document and line are the same.
 * Source: docs/reference/dynamics-sl.md sections 2.4 and 5.5.
 */
const payment: ScreenedDocument = {
  kind: 'cash-receipt',
  shape: cashReceiptShape,
  service: 'paymentEntry',
  batchKind: 'cash-group',
  dateField: 'DocDate',
  headView: 'ARDoc',
  ofKind: [equal('DocType', 'PA')],
  lineTable: 'ARTran',
  ownLines: [onlyLine],
  linesOf: () => [{ table: 'ARTran', key: onlyLine, fields: {} }],
  screenOf(document, lines, parts) {
    const { CuryId = null, DocDate = null, CuryOrigDocAmt = null, ...head } = columnsOf(document, cashReceiptShape, elsewhere);
    const rate = settlementOf(document, parts.config);
    const batch = batchRow(document, { module: 'AR', currency: CuryId, date: DocDate, total: CuryOrigDocAmt }, parts);
    return {
      myBatch: { ...batch, CuryCrTot: CuryOrigDocAmt, ...rateColumns(rate) },
      myARDoc: {
        ...head,
        CuryId,
        DocDate,
        CuryOrigDocAmt,
        ...rate,
        DocType: 'PA',
        RefNbr: refNbrOf(document.postingKey),
        User1: sourceMark(document.postingKey),
        User2: keyMark(document.postingKey),
      },
      myARTran: lines,
    };
  },
  lineRow: ({ postingKey, fields }) => ({
    TranType: 'PA',
    SiteId: refNbrOf(postingKey),
    CuryTranAmt: amountNumber(String(fields.CuryOrigDocAmt)),
    TranDesc: String(fields.DocDesc ?? ''),
  }),
  referenceOf: documentReference,
  storedLines: linesOfDocument,
  stateOf: (head) => ({ amount: textOf(head.CuryOrigDocAmt), currency: textOf(head.CuryId), ...clearingOf(head) }),
  partitionOf: ({ fields }) => accountText(String(fields.BankAcct ?? ''), String(fields.BankSub ?? '')),
};

/** Payments on account. */
export const cashReceipt: SlDocumentKind = screenedKind(payment, true);

/**
 * The rate of a payment that Stripe settled in another currency, as the ratio of the two amounts; User3 and User5 keep the amount itself.
 * @throws {SlNotDoneError} code `sl.settlement-currency` where that is not the currency of the ledger: SL has one rate per document, to that one.
 */
function settlementOf({ postingKey, fields }: ErpDocument, { baseCurrency }: SlConfig): SlRow {
  const { SettledAmt: amount, SettledCuryId: currency } = fields;
  if (typeof amount !== 'string' || currency === fields.CuryId) return {};
  if (currency !== baseCurrency)
    throw new SlNotDoneError(
      'sl.settlement-currency',
      `${postingKey}: paid in ${String(fields.CuryId)} and settled in ${String(currency)}; SL values a payment in ${baseCurrency} only. Enter it by hand`,
      'SettledCuryId',
    );
  const CuryRate = Number(ratioOf(String(fields.CuryOrigDocAmt), amount));
  return { CuryRate, CuryMultDiv: 'M', User3: amountNumber(amount), User5: currency };
}

function rateColumns({ CuryRate = null, CuryMultDiv = null }: SlRow): SlRow {
  return CuryRate === null ? {} : { CuryRate, CuryMultDiv };
}

function clearingOf(head: SlRow): Pick<ErpDocumentState, 'clearing'> {
  const account = accountText(textOf(head.BankAcct), textOf(head.BankSub));
  const settled = textOf(head.User5);
  return settled === ''
    ? { clearing: { account, currency: textOf(head.CuryId), amount: textOf(head.CuryOrigDocAmt) } }
    : { clearing: { account, currency: settled, amount: textOf(head.User3) } };
}
