import type { PostingKey } from '@tributary/domain';

/** The attributes that identify a document in the ERP, as text: a customer number, a receipt number, a batch id. */
export type ErpReference = Readonly<Record<string, string>>;

/** Values of a document's fields, by name. Decimals are decimal text, dates `YYYY-MM-DD`, whole numbers bigint. */
export type ErpFields = Readonly<Record<string, string | boolean | bigint | null>>;

/** One row below the header of a document. */
export interface ErpLine {
  /** The row's table, by the name that the shape gives it: `InvcDtl`, ... */
  readonly table: string;
  /**
   * Line handle: identifies the line within its document for ever. The ERP stores it, so that a line is found again and never written
   * twice.
   */
  readonly key: string;
  readonly fields: ErpFields;
}

/** A line of a document, by its handle. */
export type ErpLineHandle = Pick<ErpLine, 'table' | 'key'>;

/** How a document is made to exist. `create-once`: created. `ensure`: matched or created, never overwritten. `versioned-upsert`: matched and changed, or created. */
export type ErpProtocol = 'create-once' | 'ensure' | 'versioned-upsert';

/**
 * A document that the ERP has to hold. Its shape (defined beside the connector) names and types the fields of the header and of each table
 * of lines.
 */
export interface ErpDocument {
  readonly postingKey: PostingKey;
  /** `customer`, `cash-receipt`, ... */
  readonly kind: string;
  readonly shape: string;
  /** The header. References are already resolved into fields, here and in the lines. */
  readonly fields: ErpFields;
  /** Empty for a document of one row. */
  readonly lines: readonly ErpLine[];
  readonly protocol: ErpProtocol;
  /**
   * The reference that the posting ledger has for this key, from an earlier posting or an operator's decision. It takes precedence over any
   * lookup.
   */
  readonly known?: ErpReference;
  /** With `known`: the existing document lacks the lines that have these keys. `post` finishes it: it writes them and nothing else. */
  readonly knownMissing?: readonly string[];
  /** The batch (a cash group, for example) that the document is entered in, for kinds whose batches are `named`. */
  readonly batchId?: string;
  /** What happens when the date of the document lies in a closed period; absent: the ERP's refusal stands. */
  readonly onClosedPeriod?: 'hold' | 'next-open';
}
