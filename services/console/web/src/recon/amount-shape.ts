import type { ReconShapes } from '../api/documents.js';

/** Minor units and decimal text. `exact` false: the currency cannot have this amount, only `minor` means something. */
export type Amount = ReconShapes['AmountView'];

/** A name with its text: a key of a document, a header of a message. */
export interface NamedText {
  readonly name: string;
  readonly value: string;
}
