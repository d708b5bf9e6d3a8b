import type { Answer, Reference } from '@tributary/posting';
import type { Host, Latch } from './engine.js';
import type { SimLine, SimRequest } from './sim-request.js';

/** Who sends a call. */
export interface Sender {
  readonly host: Host;
  readonly fence: number;
  /** Opens when the caller no longer waits: its connection is closed. */
  readonly abort: Latch;
}

/** One call that arrived at the ERP. */
export interface ErpCall {
  readonly request: SimRequest;
  /** The reference that the caller knows, when it changes a document. */
  readonly known: Reference | undefined;
  readonly batchId: string | undefined;
  /** To finish a half document: the rows to add to the document of `known`. */
  readonly finish: readonly SimLine[] | undefined;
  readonly sender: Sender;
  readonly sentAt: number;
  /** Answers the caller at that time. */
  readonly answer: (answer: Answer, at: number) => void;
}
