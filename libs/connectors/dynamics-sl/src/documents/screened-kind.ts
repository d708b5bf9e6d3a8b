import type { ErpDocumentState, ErpFound, ErpListedDocument, ErpPage } from '@tributary/connector-kit';
import { keyMark } from '../sl-keys.js';
import type { SlRow } from '../sl-values.js';
import { isSet, textOf } from '../sl-values.js';
import type { SlDocumentKind, SlParts } from './document-kind.js';
import { enter, newScreen } from './enter.js';
import { headOf } from './find-head.js';
import { effectOf } from './ledger-effect.js';
import { pageOfMarks } from './mark-pages.js';
import type { ScreenedDocument } from './screened.js';
import { batchOfDocument } from './screened.js';
import { missingOf } from './stored-lines.js';

/** How long SL may take to show what it commits after the connection was cut, ms: section 8 gives no figure (assumed). */
const settleMs = 5_000;

/** A kind of document that is entered in a screen. @param isPayment its entries in the ledger are read only where the configuration asks for them. */
export function screenedKind(how: ScreenedDocument, isPayment = false): SlDocumentKind {
  return {
    kind: how.kind,
    shape: how.shape,
    settleMs,
    post: (document, parts, signal) => enter(document, how, parts, signal),
    describe: (document, parts) => [
      parts.client.describe(
        how.service,
        'ADD',
        newScreen(document, how, parts),
        'enters the document in a batch of its own, on hold; a second call releases it',
      ),
    ],
    async find(key, parts, signal, expected) {
      const head = await headOf(key, how, parts, signal);
      const keys = [...how.ownLines, ...expected.map((line) => line.key)];
      return head && foundOf(head, keys, how, parts, signal);
    },
    async read(key, parts, signal) {
      const head = await headOf(key, how, parts, signal);
      return head && { ...stateOf(head, how, parts), ...(await effect(head, how, isPayment, parts, signal)) };
    },
    marksOf: (key) => [keyMark(key)],
    page: (after, parts, signal) => page(after, how, parts, signal),
    batch: { kind: how.batchKind, of: (document) => batchOfDocument(how, document) },
  };
}

async function foundOf(
  head: SlRow,
  keys: readonly string[],
  how: ScreenedDocument,
  parts: SlParts,
  signal: AbortSignal,
): Promise<ErpFound> {
  const reference = how.referenceOf(head);
  const missing = keys.length === 0 ? [] : missingOf(keys, await parts.client.rows(how.lineTable, how.storedLines(reference), signal));
  return { reference, complete: missing.length === 0, missing };
}

function stateOf(head: SlRow, how: ScreenedDocument, parts: SlParts): ErpDocumentState {
  return { reference: how.referenceOf(head), ...how.stateOf(head, parts), released: isSet(head.Rlsed) };
}

async function effect(
  head: SlRow,
  how: ScreenedDocument,
  isPayment: boolean,
  parts: SlParts,
  signal: AbortSignal,
): Promise<Pick<ErpDocumentState, 'effect'>> {
  const { readEffect } = parts.config;
  if (readEffect === 'none' || (isPayment && readEffect !== 'all')) return {};
  return { effect: isSet(head.Rlsed) ? await effectOf(how.referenceOf(head), parts, signal) : [] };
}

async function page(after: string | undefined, how: ScreenedDocument, parts: SlParts, signal: AbortSignal): Promise<ErpPage> {
  const { rows, next } = await pageOfMarks(how.headView, how.ofKind, after, parts, signal);
  const documents = rows.map((row): ErpListedDocument => ({ ...stateOf(row, how, parts), marks: [textOf(row.User2)] }));
  return { documents, next };
}
