import type {
  ErpBatch,
  ErpBatchKind,
  ErpCall,
  ErpDocument,
  ErpDocumentState,
  ErpFound,
  ErpLineHandle,
  ErpPage,
  PostingOutcome,
} from '@tributary/connector-kit';
import type { ErpDocumentShape } from '@tributary/contracts';
import type { PostingKey } from '@tributary/domain';
import type { SlClient } from '../sl-client.js';
import type { SlConfig } from '../sl.config.js';

/** What the kinds of documents work with. */
export interface SlParts {
  readonly client: SlClient;
  readonly config: SlConfig;
}

/** Everything that SL can do with one kind of document. A new kind is one more value of this type in documents/index.ts. */
export interface SlDocumentKind {
  /** As posting keys and flows call it: `customer`, `cash-receipt`. */
  readonly kind: string;
  readonly shape: ErpDocumentShape;
  /** How long SL may take to show what it commits after the connection was cut, ms. */
  readonly settleMs: number;
  /** Sends one document, or finishes one that is known. Throws the errors of sl-errors.ts. */
  post(document: ErpDocument, parts: SlParts, signal: AbortSignal): Promise<PostingOutcome>;
  /** The calls of `post` that store, for a document that is new. */
  describe(document: ErpDocument, parts: SlParts): readonly ErpCall[];
  /** @param expected the lines that a complete document has. */
  find(key: PostingKey, parts: SlParts, signal: AbortSignal, expected: readonly ErpLineHandle[]): Promise<ErpFound | undefined>;
  read(key: PostingKey, parts: SlParts, signal: AbortSignal): Promise<ErpDocumentState | undefined>;
  /** What a listed document with this posting key may be marked with. */
  marksOf(key: PostingKey): readonly string[];
  /** A page of all documents of the kind that carry a mark of ours. */
  page(after: string | undefined, parts: SlParts, signal: AbortSignal): Promise<ErpPage>;
  /** For kinds that SL gives a batch of their own. */
  readonly batch?: {
    readonly kind: ErpBatchKind;
    of(document: ErpDocument): Omit<ErpBatch, 'batchId'>;
  };
}
