import type { ErpBatch } from '../erp-batch.js';
import type { ErpConnector } from '../erp-connector.js';
import type { ErpDocument, ErpReference } from '../erp-document.js';

/** A fault to inject, independent of the ERP. Each acts once, on the step it is set for. */
export type Fault =
  /** Stored, and the connection breaks before the answer. */
  | 'lose-answer-after-commit'
  /** Stored, and a proxy answers 502. */
  | 'bad-gateway-after-commit'
  /** Stored, and no answer ever comes. */
  | 'silence-after-commit'
  /** Not stored, no answer ever comes. */
  | 'silence'
  /** Not stored, answered 503. */
  | 'refuse'
  /** Not stored, answered with a failure of the server. */
  | 'server-error'
  /** Not stored, the ERP has no capacity (licences, rate limit). */
  | 'throttle'
  /** Not stored, another user changed the row. */
  | 'stale-row'
  /** Stored without its lines, and answered with a failure of the server. */
  | 'lines-lost'
  /** Stored without its last line, and answered as if all were well. */
  | 'line-dropped'
  /** Stored with every line twice, and answered as if all were well. */
  | 'line-doubled'
  /** Not stored, the date lies in a closed period. */
  | 'period-closed'
  /** A release is accepted and then stops with a text that an operator has to read. */
  | 'release-stops'
  /** Stored, and answered `slowAnswerMs` later than usual. */
  | 'slow';

/** How much later than usual an answer comes under the fault `slow`, ms. */
export const slowAnswerMs = 600;

/** The call of the ERP that a fault hits: the one that stores a document of a kind, its lookup, or a call about a batch. */
export type Step = { readonly post: string } | { readonly find: string } | 'open-batch' | 'release-batch' | 'batch-state';

/**
 * How the suite treats a kind of document. `master`: matched, created and changed (a customer). `entry`: created once, with an amount (a
 * receipt). `lined`: created once, with several rows (an invoice, a journal).
 */
export type Role = 'master' | 'entry' | 'lined';

/** What is different about a connector under test. */
export interface ConnectorVariant {
  readonly wrongPassword?: true;
  /** No server listens at its address. */
  readonly unreachable?: true;
  readonly callTimeoutMs?: number;
}

/**
 * What the suite needs from a connector under test and the real HTTP server it talks to. Contents of the ERP are read without the
 * connector, so that the connector cannot confirm itself.
 */
export interface ErpConnectorHarness {
  connector(variant?: ConnectorVariant): ErpConnector;
  /** @param kind the kind of document whose batch a step about batches hits. */
  fault(step: Step, fault: Fault, kind?: string): Promise<void>;
  clearFaults(): Promise<void>;
  /** Every call that its connectors sent over HTTP so far, oldest first: path below the ERP's address, body as text. */
  sent?(): readonly { readonly method: string; readonly path: string; readonly body: string }[];
  /** Documents of any kind with this posting key that the ERP holds. */
  documents(postingKey: string): Promise<readonly ErpReference[]>;
  /** Batches of this id that the ERP holds, in any state. */
  batches?(batchId: string): Promise<number>;
  /** A batch id that was not used before. */
  newBatchId?(): string;
  /** A date in an open period, `YYYY-MM-DD`. */
  readonly openDate: string;
  readonly bankAccount?: string;
  /** Currency of that bank account, and another one in which a payment may be booked to it. */
  readonly bankCurrency?: string;
  readonly foreignCurrency?: string;
  /** The ERP keeps amounts as binary floating point: one that is not exact as such has to be refused before it is sent. */
  readonly amountsAreDoubles?: true;
  /** Must never appear in an outcome or an error. */
  readonly secrets: readonly string[];
  /** One entry per capability of the connector. */
  readonly kinds: Readonly<Record<string, KindHarness>>;
  stop(): Promise<void>;
}

/** Makes documents of one kind, and reads what the ERP itself has of them. */
export interface KindHarness {
  /** The batch that a document of `openDate` belongs to; by default the cash group of `bankAccount`. */
  readonly batch?: Omit<ErpBatch, 'batchId'>;
  /**
   * Documents with lines: creates the other documents that one needs, for a given master document. @returns their references, without that
   * of the master document.
   */
  prepare?(of: ErpReference): Promise<ErpReference>;
  /** A valid document. `id` becomes part of the posting key. */
  valid(id: string, change?: DocumentChange): ErpDocument;
  /** A document that the ERP has to refuse, with the name of the field at fault. */
  invalid?(id: string): { readonly document: ErpDocument; readonly field: string };
  /** Puts a second document with the same posting key into the ERP, without the connector. */
  duplicate?(postingKey: string): Promise<void>;
  /** Entries: the amount as the ERP stores it, digit by digit. */
  amount?(postingKey: string): Promise<string | undefined>;
  /** Master data: the ERP's own value of a field. */
  field?(postingKey: string, field: 'name' | 'phone'): Promise<string | undefined>;
  /** Master data: whether the record is active in the ERP. */
  active?(postingKey: string): Promise<boolean | undefined>;
  readonly text?: TextHarness;
}

/** A text column of a kind, for the limits of texts. */
export interface TextHarness {
  /** Name of the field, as a rejection names it. */
  readonly field: string;
  /** Longest text that the column takes, characters. */
  readonly length: number;
  with(id: string, text: string, change?: DocumentChange): ErpDocument;
  /** The text as the ERP stores it. */
  stored(postingKey: string): Promise<string | undefined>;
}

/** What is different about a valid document. */
export interface DocumentChange {
  readonly protocol?: ErpDocument['protocol'];
  /** Master data. */
  readonly name?: string;
  readonly phone?: string;
  readonly inactive?: true;
  /** Entries: the master document they are for, and the batch they are in. */
  readonly of?: ErpReference;
  readonly batch?: ErpBatch;
  /** Decimal text. */
  readonly amount?: string;
  readonly currency?: string;
}
