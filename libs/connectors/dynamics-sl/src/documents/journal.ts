import type { ErpReference } from '@tributary/connector-kit';
import { journalShape } from '../shapes/journal.js';
import { lineColumnsOf } from '../sl-columns.js';
import { SlNotDoneError } from '../sl-errors.js';
import { keyMark, refNbrOf, sourceMark } from '../sl-keys.js';
import type { SlRow } from '../sl-values.js';
import { amountNumber, textOf } from '../sl-values.js';
import { sumOf } from '../sums.js';
import { batchRow } from './batch-row.js';
import type { SlDocumentKind } from './document-kind.js';
import type { ScreenedDocument } from './screened.js';
import { equal } from './screened.js';
import { screenedKind } from './screened-kind.js';

/**
 * A journal of the general ledger (01.010): a batch with lines, which has no header of its own, so its marks stand in the batch.
 * Source: docs/reference/dynamics-sl.md sections 2.4 and 5.6 (debit and credit in columns of their own).
 */
const entry: ScreenedDocument = {
  kind: 'journal',
  shape: journalShape,
  service: 'journalTransactions',
  batchKind: 'journal-group',
  dateField: 'TranDate',
  headView: 'Batch',
  ofKind: [equal('Module', 'GL')],
  lineTable: 'GLTran',
  ownLines: [],
  linesOf: ({ lines }) => lines,
  screenOf(document, lines, parts) {
    const { fields, postingKey } = document;
    const sums = (['CuryDrAmt', 'CuryCrAmt'] as const).map((name) => sumOf(document.lines.map((line) => String(line.fields[name] ?? '0'))));
    const [debits = '', credits = ''] = sums;
    if (debits !== credits)
      throw new SlNotDoneError('sl.totals-differ', `${postingKey}: debits are ${debits} and credits ${credits}`, 'CuryDrAmt');
    const total = amountNumber(debits);
    const of = { module: 'GL', currency: String(fields.CuryId), date: String(fields.TranDate), total } as const;
    return {
      myBatch: {
        ...batchRow(document, of, parts),
        CuryDrTot: total,
        CuryCrTot: total,
        Descr: String(fields.Descr ?? ''),
        User1: sourceMark(postingKey),
        User2: keyMark(postingKey),
      },
      myGLTran: lines,
    };
  },
  lineRow: (document, line) => ({
    CuryDrAmt: 0,
    CuryCrAmt: 0,
    ...lineColumnsOf(document, line, journalShape),
    CuryId: String(document.fields.CuryId),
    TranDate: String(document.fields.TranDate),
    RefNbr: refNbrOf(document.postingKey),
  }),
  referenceOf: (head: SlRow): ErpReference => ({ Module: 'GL', BatNbr: textOf(head.BatNbr) }),
  storedLines: ({ BatNbr = '' }) => [equal('Module', 'GL'), equal('BatNbr', BatNbr)],
  stateOf: (head) => ({ amount: textOf(head.CuryCtrlTot), currency: textOf(head.CuryId) }),
  partitionOf: ({ fields }) => String(fields.CuryId ?? ''),
};

/** Journals of the general ledger. */
export const journal: SlDocumentKind = screenedKind(entry);
