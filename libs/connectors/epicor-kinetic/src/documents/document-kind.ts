import type {
  ErpBatch,
  ErpFound,
  ErpLineHandle,
  ErpDocument,
  ErpDocumentState,
  ErpListedDocument,
  ErpPage,
  ErpReference,
  PostingOutcome,
} from '@tributary/connector-kit';
import type { ErpDocumentShape } from '@tributary/contracts';
import type { PostingKey } from '@tributary/domain';
import type { KineticClearing } from '../kinetic-clearing.js';
import type { KineticCall, KineticClient } from '../kinetic-client.js';
import type { KineticConfig } from '../kinetic.config.js';
import type { KineticRow } from '../kinetic-json.js';

/** What the kinds of documents work with. */
export interface KineticParts {
  readonly client: KineticClient;
  readonly config: KineticConfig;
  readonly clearing: KineticClearing;
}

/** Everything that Kinetic can do with one kind of document. A new kind is one more value of this type in documents/index.ts. */
export interface KineticDocumentKind {
  /** As posting keys and flows call it: `customer`, `cash-receipt`. */
  readonly kind: string;
  readonly shape: ErpDocumentShape;
  /** How long Kinetic may take to show what it commits after the connection was cut, ms. */
  readonly settleMs: number;
  /** Sends one document, or finishes one that is known. Throws the errors of kinetic-errors.ts. */
  post(document: ErpDocument, parts: KineticParts, signal: AbortSignal): Promise<PostingOutcome>;
  /** The calls of `post` that store, for a document that is new. */
  describe(document: ErpDocument, config: KineticConfig): readonly KineticCall[];
  /** @param expected the lines that a complete document has. */
  find(key: PostingKey, parts: KineticParts, signal: AbortSignal, expected: readonly ErpLineHandle[]): Promise<ErpFound | undefined>;
  /** Deletes a document that is not released. */
  discard?(key: PostingKey, parts: KineticParts, signal: AbortSignal): Promise<PostingOutcome>;
  /** Its posting date, and the text that says so when it is moved out of a closed period. */
  readonly dating?: KineticDating;
  read(key: PostingKey, parts: KineticParts, signal: AbortSignal): Promise<ErpDocumentState | undefined>;
  /** What a listed document with this posting key may be marked with. */
  marksOf(key: PostingKey): readonly string[];
  readonly list: KineticListing;
  /** A page of all documents of the kind, where one listing does not have them all. */
  page?(after: string | undefined, parts: KineticParts, signal: AbortSignal): Promise<ErpPage>;
  /** For kinds that are entered in a group. */
  readonly batch?: {
    of(document: ErpDocument): Omit<ErpBatch, 'batchId'> | undefined;
    idOf(reference: ErpReference): string | undefined;
  };
}

/** Where the posting date of a document stands. */
export interface KineticDating {
  /** Fields with the date; the first one decides. */
  readonly fields: readonly string[];
  /** Text field that tells the original date, and its length in characters. */
  readonly note: string;
  readonly noteLength: number;
}

/** A document of one row that was found. */
export function whole(reference: ErpReference): ErpFound {
  return { reference, complete: true, missing: [] };
}

/** How all documents of a kind that may be ours are listed, a page at a time. */
export interface KineticListing {
  readonly service: string;
  readonly entitySet: string;
  readonly columns: readonly string[];
  /** `$filter` of rows that may be ours. */
  readonly ours: string;
  readonly orderBy: string;
  /** `$filter` of the rows behind this one. */
  after(cursor: readonly string[]): string;
  cursorOf(row: KineticRow): readonly string[];
  documentOf(row: KineticRow, parts: KineticParts, signal: AbortSignal): Promise<ErpListedDocument>;
}

/** Longer pages are capped silently: docs/reference/epicor-kinetic.md section 4.1. */
const pageRows = 100;

/**
 * One page of the documents of a kind. A page goes on behind the key of the last row, not at a row number: with `$skip`, a row that is
 * deleted meanwhile would hide another one, and a receipt that seems to be missing is one that may be posted twice (I3).
 */
export async function listPage(
  { list }: KineticDocumentKind,
  after: string | undefined,
  parts: KineticParts,
  signal: AbortSignal,
): Promise<ErpPage> {
  const cursor = after === undefined ? undefined : (JSON.parse(after) as string[]);
  const filter = cursor ? `${list.after(cursor)} and ${list.ours}` : list.ours;
  const query = { filter, select: list.columns, orderBy: list.orderBy, top: pageRows };
  const rows = await parts.client.rows(list.service, list.entitySet, query, signal);
  const documents: ErpListedDocument[] = [];
  for (const row of rows) {
    const document = await list.documentOf(row, parts, signal);
    if (document.marks.length > 0) documents.push(document);
  }
  const last = rows.at(-1);
  return { documents, next: last && rows.length >= pageRows ? JSON.stringify(list.cursorOf(last)) : undefined };
}
