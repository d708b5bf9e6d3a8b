import { newPosting } from '@tributary/posting';
import type { Batch, BatchInput, Input, Posting } from '@tributary/posting';

/** One document of a setting. */
export interface Kind {
  readonly name: string;
  /** Documents of the same group share a batch; without one, saving is releasing. */
  readonly group?: string;
  /** The batch comes with the save and holds this document only. */
  readonly assigned?: boolean;
  readonly lines: readonly string[];
  /** Indexes of the documents that it settles: it needs them until they are released. */
  readonly settles?: readonly number[];
  /** Indexes of the documents that it needs until they are saved. */
  readonly refersTo?: readonly number[];
  /** A line that the ERP refuses, whatever is tried. */
  readonly refused?: string;
}

/** Size of one exploration. */
export interface ChainSetting {
  readonly name: string;
  readonly documents: readonly Kind[];
  readonly workers: number;
  readonly faults: number;
}

/** A document as the ERP has it. */
export interface Row {
  /** Keys of its lines; a line that was entered twice is there twice. */
  readonly lines: readonly string[];
  readonly batch: string | undefined;
  readonly released: boolean;
}

/** A call that the ERP has not finished: it commits within so many ticks, or never, if the exploration goes on without it. */
export interface Late {
  readonly within: number;
  readonly commit:
    | { readonly what: 'store' | 'add'; readonly document: number; readonly lines: readonly string[]; readonly batch: string | undefined }
    | { readonly what: 'delete'; readonly document: number }
    | { readonly what: 'release'; readonly batch: string };
}

/** One document: its row in the ledger of postings, and what the ERP has of it. */
export interface DocumentState {
  readonly posting: Posting;
  /** The batch that the ledger has for it. */
  readonly batch: string | undefined;
  /** Whether the ledger says that it is released. */
  readonly released: boolean;
  /** Its message is still to be read. */
  readonly todo: boolean;
  /** The outcome that the ledger has for its request. */
  readonly outcome: string;
  readonly rows: readonly Row[];
}

/** One batch: its row in the ledger, and its state in the ERP. */
export interface BatchState {
  readonly id: string;
  readonly group: string;
  readonly batch: Batch;
  /** The ledger knows it: not before the save was recorded that it came with. */
  readonly known: boolean;
  readonly erp: 'absent' | 'open' | 'posting' | 'posted' | 'failed';
}

/** What a worker does: `ready` to make a call, `calling`, or `told` the answer of one that it has not written yet. */
export interface WorkerState {
  readonly doing: 'idle' | 'ready' | 'calling' | 'told';
  readonly call: 'lookup' | 'post' | 'discard' | 'batch-lookup' | 'release';
  readonly document: number;
  readonly batch: string;
  readonly fence: number;
  /** Lines to send, where only some are missing. */
  readonly missing: readonly string[] | undefined;
  /** Ticks until a lookup may be made, or until a call has to end. */
  readonly ticks: number;
  /** Ticks left of the lease, as the worker knows it. */
  readonly lease: number;
  /** It goes on with what is stored, not with a message. */
  readonly resumed: boolean;
  /** Suspended: any time may pass before it goes on. */
  readonly asleep: boolean;
  readonly answer: Input | BatchInput | undefined;
}

/** One state of the whole exploration. */
export interface ChainState {
  readonly documents: readonly DocumentState[];
  readonly batches: readonly BatchState[];
  readonly workers: readonly WorkerState[];
  readonly late: readonly Late[];
  /** Faults that may still happen. */
  readonly faults: number;
  /** The first invariant that was violated on the way here. */
  readonly wrong: string | undefined;
}

/** A worker without work. */
export const idleWorker: WorkerState = {
  ...{ doing: 'idle', call: 'lookup', document: -1, batch: '', fence: 0, missing: undefined, ticks: 0, lease: 0 },
  ...{ resumed: false, asleep: false, answer: undefined },
};

/** The state in which nothing has been read. */
export function initialChain({ documents, workers, faults }: ChainSetting): ChainState {
  const document: DocumentState = { posting: newPosting, batch: undefined, released: false, todo: true, outcome: '', rows: [] };
  return {
    documents: documents.map(() => document),
    batches: [],
    workers: Array.from({ length: workers }, () => idleWorker),
    late: [],
    faults,
    wrong: undefined,
  };
}

/** The state with one document changed. */
export function withDocument(state: ChainState, at: number, change: Partial<DocumentState>): ChainState {
  return { ...state, documents: state.documents.map((one, index) => (index === at ? { ...one, ...change } : one)) };
}

/** The state with an invariant violated; only the first one counts. */
export function withWrong(state: ChainState, violation: string | undefined): ChainState {
  return violation === undefined || state.wrong !== undefined ? state : { ...state, wrong: violation };
}

/** The state with one batch changed. */
export function withBatch(state: ChainState, id: string, change: Partial<BatchState>): ChainState {
  return { ...state, batches: state.batches.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

/** The state with one worker replaced. */
export function withWorkerAt(state: ChainState, at: number, worker: WorkerState): ChainState {
  return { ...state, workers: state.workers.map((one, index) => (index === at ? worker : one)) };
}

/** A document of the state. @throws {RangeError} when there is none at that index. */
export function documentAt({ documents }: ChainState, at: number): DocumentState {
  const document = documents[at];
  if (!document) throw new RangeError(`the setting has no document ${at}`);
  return document;
}

/** One move, and what happened in words. */
export interface Move {
  readonly state: ChainState;
  readonly says: string;
}

/** What is said about a tick. */
export const tickSays = 'a tick passes';
