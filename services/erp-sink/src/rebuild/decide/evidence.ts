import type { PostingConcluded, PostingRequested } from '@tributary/contracts';
import type { ErpListedDocument, ErpReference } from '@tributary/connector-kit';
import type { Money } from '@tributary/domain';
import type { HalfDocument } from '@tributary/posting';

/** A request as its topic has it. The same request may appear several times: redelivered, or replayed with other fields. */
export interface RequestEvidence {
  readonly requestId: string;
  readonly recordKey: string;
  readonly value: PostingRequested;
  /** When it was written, ms. */
  readonly writtenAt: number;
  /** Its position in its topic; undefined when only a copy in the dead letters is left. */
  readonly origin: { readonly partition: number; readonly offset: string; readonly headers: Readonly<Record<string, string>> } | undefined;
  /** The request is a dead letter of the sink without a final outcome. */
  readonly deadLettered: boolean;
}

/** One outcome of a request, from `erp.v1`. `number` counts the outcomes of a request from 0. */
export interface OutcomeEvidence {
  readonly event: PostingConcluded;
  readonly recordKey: string;
  readonly number: number;
  /** Offset in its partition: the order of outcomes of one millisecond. */
  readonly offset: bigint;
}

/** The evidence about one posting key. */
export interface PostingEvidence {
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  /** In the order of the topic. */
  readonly requests: readonly RequestEvidence[];
  readonly words: readonly OutcomeEvidence[];
  /** The reference in the compacted cross-reference topic, which is kept longest. */
  readonly crossReference: ErpReference | undefined;
  /** Documents that the target showed; empty: none after two lookups. undefined: it was not asked, because the outcomes are conclusive. */
  readonly documents: readonly ErpListedDocument[] | undefined;
}

/** A posting as it has to be in the rebuilt ledger. */
export interface RebuiltPosting {
  readonly postingKey: string;
  readonly kind: string;
  readonly state: 'waiting' | 'unknown' | 'posted' | 'rejected' | 'held' | 'skipped';
  readonly request: RequestEvidence | undefined;
  readonly attempts: number;
  readonly version: bigint;
  readonly appliedDigest: string | undefined;
  /** Amount of the posted document, where one is known. */
  readonly appliedAmount: Money | undefined;
  /** The second request of the key that is kept until the document exists (libs/posting, Posting.setAside). */
  readonly setAside: RequestEvidence | undefined;
  readonly superseded: boolean;
  readonly reference: ErpReference | undefined;
  readonly released: boolean;
  /** A call may be open: the sink looks the document up before it sends. */
  readonly open: boolean;
  /** The target shows a document that may lack lines (libs/posting, Posting.half). */
  readonly half: HalfDocument | undefined;
  /**
   * The posting waits for other documents, or is held because no request asked for one. Which documents it waits for is determined once all
   * postings are written.
   */
  readonly waits: boolean;
  /** When the posting began to wait, ms; undefined when no outcome says so. */
  readonly waitingSince: number | undefined;
  /** The date that the document was moved to out of a closed period, `YYYY-MM-DD`. */
  readonly postingDate: string | undefined;
}

/** The newest outcome of a request. `fresh`: recorded by the rebuild and still to be published. */
export interface RebuiltOutcome {
  readonly requestId: string;
  readonly recordKey: string;
  readonly number: number;
  readonly digest: string;
  readonly event: PostingConcluded;
  readonly fresh: boolean;
  /** Set for a fresh outcome: its request, and the result before it. */
  readonly said?: { readonly request: RequestEvidence; readonly before: string | undefined };
}

/** A contradiction between topics and target, which an operator resolves. */
export interface RebuildConflict {
  readonly postingKey: string;
  readonly code: 'rebuild.duplicate' | 'rebuild.different' | 'rebuild.absent';
  readonly text: string;
}

/** What the evidence about one posting key amounts to: its posting, its outcomes, and a contradiction if there is one. */
export interface Rebuilt {
  /** undefined: only a message that is not processed yet refers to the posting key. */
  readonly posting: RebuiltPosting | undefined;
  readonly outcomes: readonly RebuiltOutcome[];
  readonly conflict: RebuildConflict | undefined;
  /** The source that shows the document of the posting. */
  readonly found: 'topics' | 'adopted' | 'erp-only' | 'none';
}
