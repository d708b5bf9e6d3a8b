import type { ErpDocument, ErpLine, ErpReference } from '@tributary/connector-kit';
import type { KineticRow } from '../../kinetic-json.js';
import { textOf } from '../../kinetic-json.js';
import { tableRows } from '../../kinetic-dataset.js';
import { lineKeyColumn } from '../../kinetic-keys.js';
import type { KineticParts } from '../document-kind.js';
import type { StoredLine } from './units.js';

/** Rows by table, as a method takes them. */
export type Dataset = Readonly<Record<string, readonly KineticRow[]>>;

/** How documents with lines of one business object are written and read. */
export interface LinedDocument {
  /** In messages: `invoice`, `journal`. */
  readonly what: string;
  /** As our Epicor Function calls it. */
  readonly businessObject: string;
  /** The method that saves a dataset. */
  readonly method: string;
  readonly headTable: string;
  readonly lineTable: string;
  readonly accountTable?: string;
  /** Column with the number of a line. */
  readonly numberColumn: string;
  /** Input of `method`. */
  input(ds: Dataset, groupId: string): object;
  /** The lines to write, where they are not those of the document. */
  linesOf?(document: ErpDocument): readonly ErpLine[];
  /** The row that Kinetic proposes for a new header. Stores nothing. */
  defaults(document: ErpDocument, groupId: string, parts: KineticParts, signal: AbortSignal): Promise<KineticRow>;
  headRow(document: ErpDocument, groupId: string, defaults: KineticRow): KineticRow;
  /** @param head the stored header; undefined for one that is new in the same dataset. */
  lineRow(document: ErpDocument, line: ErpLine, number: number, head: KineticRow | undefined): KineticRow;
  accountRow?(document: ErpDocument, line: ErpLine, number: number, head: KineticRow | undefined): KineticRow;
  /** The planted key of a line that the ERP shows; without this method the column of line keys. */
  lineKeyOf?(row: KineticRow): string;
  /** The whole document; undefined when it is not there. */
  load(reference: ErpReference, parts: KineticParts, signal: AbortSignal): Promise<unknown>;
  referenceOf(head: KineticRow): ErpReference;
}

/** The lines of an answer. */
export function storedLines(answer: unknown, how: LinedDocument): StoredLine[] {
  const accounts = how.accountTable === undefined ? [] : tableRows(answer, how.accountTable);
  return tableRows(answer, how.lineTable).map((row) => ({
    number: Number(textOf(row[how.numberColumn])),
    key: how.lineKeyOf ? how.lineKeyOf(row) : textOf(row[lineKeyColumn]),
    hasAccount: accounts.some((account) => textOf(account[how.numberColumn]) === textOf(row[how.numberColumn])),
    row,
  }));
}
