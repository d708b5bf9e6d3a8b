import type {
  ErpBatch,
  ErpBatchKind,
  ErpDocument,
  ErpDocumentState,
  ErpLine,
  ErpReference,
  PostingOutcome,
} from '@tributary/connector-kit';
import type { ErpDocumentShape } from '@tributary/contracts';
import type { SlFilter, SlScreen, SlService } from '../doors/door.js';
import type { SlView } from '../sl-client.js';
import type { SlRow } from '../sl-values.js';
import type { SlParts } from './document-kind.js';

/** Where the mark of a document stands: in its own row, or in its batch when it has none of its own. */
export type HeadView = Extract<SlView, 'ARDoc' | 'Batch'>;

/** What a document that is entered in a screen is: a batch of one, its document, its lines. */
export interface ScreenedDocument {
  readonly kind: string;
  readonly shape: ErpDocumentShape;
  readonly service: SlService;
  readonly batchKind: ErpBatchKind;
  /** Field with the date of the document. */
  readonly dateField: 'DocDate' | 'TranDate';
  /** View in which its header is found, and the conditions that hold for every document of the kind. */
  readonly headView: HeadView;
  readonly ofKind: readonly SlFilter[];
  readonly lineTable: 'ARTran' | 'GLTran';
  /** The lines of a document as they are stored; for a kind without lines of its own, those that the connector adds. */
  linesOf(document: ErpDocument): readonly ErpLine[];
  /** Keys of lines that every document of the kind has. */
  readonly ownLines: readonly string[];
  /** The screen of a new document with these lines, without the number of its batch. */
  screenOf(document: ErpDocument, lines: readonly SlRow[], parts: SlParts): SlScreen;
  /** Columns of a line beside those that every line has. */
  lineRow(document: ErpDocument, line: ErpLine): SlRow;
  referenceOf(head: SlRow): ErpReference;
  /** Conditions for the lines of a stored document. */
  storedLines(reference: ErpReference): readonly SlFilter[];
  stateOf(head: SlRow, parts: SlParts): Omit<ErpDocumentState, 'reference' | 'released' | 'effect'>;
  /** What else divides its batches. */
  partitionOf(document: ErpDocument): string;
  /** Looks up what the document needs before it is sent. @returns why it cannot be sent now. */
  prepare?(document: ErpDocument, parts: SlParts, signal: AbortSignal): Promise<ErpDocument | PostingOutcome>;
}

/** The batch of a document: kind, date and what else divides batches. */
export function batchOfDocument(how: ScreenedDocument, document: ErpDocument): Omit<ErpBatch, 'batchId'> {
  return { kind: how.batchKind, date: String(document.fields[how.dateField] ?? ''), partition: how.partitionOf(document) };
}

/** A condition that a column has a value. */
export const equal = (name: string, value: string): SlFilter => ({ name, value });
