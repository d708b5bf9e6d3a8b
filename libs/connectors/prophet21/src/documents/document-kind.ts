import type { ErpDocument, ErpDocumentState, ErpFound, ErpPage, PostingOutcome } from '@tributary/connector-kit';
import type { ErpDocumentShape } from '@tributary/contracts';
import type { PostingKey } from '@tributary/domain';
import type { P21Client } from '../p21-client.js';
import type { P21Config } from '../p21.config.js';
import type { P21Currencies } from '../p21-currencies.js';
import type { P21Periods } from '../p21-periods.js';
import type { P21Services } from '../transaction/configured-service.js';

/** What the kinds of documents work with. */
export interface P21Parts {
  readonly client: P21Client;
  readonly config: P21Config;
  readonly periods: P21Periods;
  readonly currencies: P21Currencies;
  readonly services: P21Services;
}

/** A call that stores, for a dry run. */
export interface P21Description {
  readonly verb: 'POST' | 'PUT';
  readonly at: 'api' | 'ui';
  readonly path: string;
  readonly body: object;
  readonly text: string;
}

/** Everything that P21 can do with one kind of document. A new kind is one more value of this type in documents/index.ts. */
export interface P21DocumentKind {
  /** As posting keys and flows call it: `customer`, `cash-receipt`. */
  readonly kind: string;
  readonly shape: ErpDocumentShape;
  /** Sends one document. Throws the errors of p21-errors.ts. */
  post(document: ErpDocument, parts: P21Parts, signal: AbortSignal): Promise<PostingOutcome>;
  /** The calls of `post` that store, for a document that is new. */
  describe(document: ErpDocument, config: P21Config): readonly P21Description[];
  /** @param lines how many lines a complete document has. */
  find(key: PostingKey, parts: P21Parts, signal: AbortSignal, lines: readonly string[]): Promise<ErpFound | undefined>;
  read(key: PostingKey, parts: P21Parts, signal: AbortSignal): Promise<ErpDocumentState | undefined>;
  /** What a listed document with this posting key may be marked with. */
  marksOf(key: PostingKey): readonly string[];
  /** A page of all documents of the kind that may be ours. */
  page(after: string | undefined, parts: P21Parts, signal: AbortSignal): Promise<ErpPage>;
  /** The field with the posting date, and the text that says so when it is moved out of a closed period; absent for master data. */
  readonly dating?: { readonly field: string; readonly note: string; readonly noteLength: number };
}

/** A page goes on behind the key of its last row, so that a row which is deleted meanwhile hides no other one. */
export const pageRows = 500;
