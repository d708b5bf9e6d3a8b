import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import { applicationShape } from '../shapes/payment.js';
import { SlNotDoneError } from '../sl-errors.js';
import { keyMark, sourceMark } from '../sl-keys.js';
import type { SlRow } from '../sl-values.js';
import { amountNumber, isSet, textOf } from '../sl-values.js';
import { sumOf } from '../sums.js';
import { batchRow } from './batch-row.js';
import type { SlDocumentKind, SlParts } from './document-kind.js';
import type { ScreenedDocument } from './screened.js';
import { equal } from './screened.js';
import { screenedKind } from './screened-kind.js';

/** Key of the one line of an application, which the connector adds. */
const onlyLine = '1';

/** Field of a prepared application: the open balance of the document that is paid. */
const balanceField = 'PaidBalance';

/**
 * A payment or a credit memo applied to a document (08.030), in a batch of its own, in which its marks stand. The line names the document that is
 * paid by SiteId and CostType, and has minus its balance in CmmnPct: the columns are reused.
 * Source: docs/reference/dynamics-sl.md sections 2.4 and 5.5. Assumed: that a credit memo may pay.
 */
const applied: ScreenedDocument = {
  kind: 'application',
  shape: applicationShape,
  service: 'paymentApplication',
  batchKind: 'application-group',
  dateField: 'DocDate',
  headView: 'Batch',
  ofKind: [equal('Module', 'AR')],
  lineTable: 'ARTran',
  ownLines: [onlyLine],
  linesOf: () => [{ table: 'ARTran', key: onlyLine, fields: {} }],
  screenOf(document, lines, parts) {
    const { fields, postingKey } = document;
    const total = amountNumber(String(fields.CuryTranAmt));
    const of = { module: 'AR', currency: String(fields.CuryId), date: String(fields.DocDate), total } as const;
    return {
      myBatch: { ...batchRow(document, of, parts), CuryCrTot: total, User1: sourceMark(postingKey), User2: keyMark(postingKey) },
      myARDoc: {
        CustId: String(fields.CustId),
        DocType: String(fields.DocType),
        RefNbr: String(fields.RefNbr),
        CuryId: String(fields.CuryId),
      },
      myARTran: lines,
    };
  },
  lineRow: ({ fields }) => ({
    TranType: String(fields.DocType),
    SiteId: String(fields.PaidRefNbr),
    CostType: String(fields.PaidDocType),
    // Not known before the documents are read: a dry run leaves it out.
    ...(fields[balanceField] === undefined ? {} : { CmmnPct: amountNumber(`-${String(fields[balanceField])}`) }),
    CuryTranAmt: amountNumber(String(fields.CuryTranAmt)),
    LineId: 1,
  }),
  referenceOf: (head) => ({ Module: 'AR', BatNbr: textOf(head.BatNbr) }),
  storedLines: ({ BatNbr = '' }) => [equal('BatNbr', BatNbr)],
  stateOf: (head) => ({ amount: textOf(head.CuryCtrlTot), currency: textOf(head.CuryId) }),
  partitionOf: ({ fields }) => String(fields.CuryId ?? ''),
  prepare,
};

/** Applications of payments and memos. */
export const application: SlDocumentKind = screenedKind(applied);

/**
 * Reads both documents: only released ones can be applied, and nothing beyond its balance (I13).
 * @returns `conflict` while one of them is not released.
 */
async function prepare(document: ErpDocument, parts: SlParts, signal: AbortSignal): Promise<ErpDocument | PostingOutcome> {
  const { fields, postingKey } = document;
  const paying = await documentOf(fields, 'DocType', 'RefNbr', parts, signal);
  const paid = await documentOf(fields, 'PaidDocType', 'PaidRefNbr', parts, signal);
  for (const row of [paying, paid]) {
    const name = row && `${textOf(row.DocType)} ${textOf(row.RefNbr)}`;
    if (!row || !isSet(row.Rlsed))
      return { kind: 'conflict', text: `${postingKey}: ${name ?? 'a document of it'} is ${row ? 'not released' : 'not in SL'}` };
    // What is finished was counted before.
    if (!document.known && isLess(textOf(row.CuryDocBal), String(fields.CuryTranAmt)))
      throw new SlNotDoneError(
        'sl.beyond-balance',
        `${postingKey}: ${name} has ${textOf(row.CuryDocBal)} open, less than ${String(fields.CuryTranAmt)}`,
        'CuryTranAmt',
      );
  }
  return { ...document, fields: { ...fields, [balanceField]: textOf(paid?.CuryDocBal) } };
}

async function documentOf(
  fields: ErpDocument['fields'],
  type: string,
  number: string,
  { client }: SlParts,
  signal: AbortSignal,
): Promise<SlRow | undefined> {
  const [CustId, DocType, RefNbr] = ['CustId', type, number].map((name) => String(fields[name] ?? ''));
  const rows = await client.rows(
    'ARDoc',
    [equal('CustId', CustId ?? ''), equal('DocType', DocType ?? ''), equal('RefNbr', RefNbr ?? '')],
    signal,
  );
  return rows[0];
}

const isLess = (one: string, other: string): boolean => sumOf([one, `-${other}`]).startsWith('-');
