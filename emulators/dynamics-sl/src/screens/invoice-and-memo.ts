import { Refusal } from '../answers.js';
import { emptyRow, shown } from '../data/rows.js';
import { memoTypes } from '../ledger/document-types.js';
import { tables } from '../tables/index.js';
import type { Call, Operation } from './call.js';
import { newBatch } from './batch.js';
import { reads } from './call.js';
import type { DocumentScreen } from './document-entry.js';
import { addDocument, showDocument, updateDocument } from './document-entry.js';
import { releaseDocuments } from './document-release.js';
import { newDocument } from './document.js';
import { screenOperations } from './screen.js';

/** Invoice and memo, 08.010: docs/reference/dynamics-sl.md sections 1 and 5.4 [verified service; number assumed]. */
const screen: DocumentScreen = {
  module: 'AR',
  number: '08010',
  jrnlType: 'AR',
  types: memoTypes,
  checkDocument: () => undefined,
  checkLine: (line) => {
    if (!line.Acct || !line.Sub) throw new Refusal('Acct and Sub are required on each line.');
  },
};

/** An empty screen with its defaults: section 5.4 [verified: WIK]. */
export function newScreen(of: DocumentScreen, call: Call): Record<string, unknown> {
  const batch = newBatch(of, call);
  return {
    errorMessage: '',
    batchHandling: 'Hold',
    myBatch: shown(tables.Batch, batch, call.config),
    myARDoc: shown(tables.ARDoc, newDocument(batch, call), call.config),
    myARTran: [],
  };
}

/** The operations that every screen of documents has. */
export function documentOperations(of: DocumentScreen): Readonly<Record<string, Operation>> {
  return {
    ...screenOperations({
      add: (call, input, transaction) => addDocument(of, call, input, transaction),
      update: (call, input, transaction) => updateDocument(of, call, input, transaction),
      release: (call, batNbr) => releaseDocuments(of, call, batNbr),
      show: showDocument,
    }),
    getNewScreen: reads((call) => newScreen(of, call)),
    getNewARTran: reads((call) => shown(tables.ARTran, { ...emptyRow(tables.ARTran, call.config), Qty: 1 }, call.config)),
  };
}

/** Operations of the service. */
export const invoiceAndMemo = documentOperations(screen);
