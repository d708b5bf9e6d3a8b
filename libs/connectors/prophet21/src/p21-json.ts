import { decimalToken, scalarText } from '@tributary/connector-kit';
import type { NumberToken, Scalar } from '@tributary/connector-kit';

/**
 * JSON whose numbers keep their digits (I5): amounts go to P21 and come back as decimal text, never through binary floating point.
 * Source: docs/reference/prophet21.md sections 5, 7.7 and 14: amounts of OData and of the GL array are JSON numbers with four decimals.
 */

export { readTokenJson as readExactJson, scalarText as textOf } from '@tributary/connector-kit';
export type { Scalar } from '@tributary/connector-kit';

/** One row of an OData answer, or the flat part of an entity. */
export type P21Row = Readonly<Record<string, Scalar>>;

/** @throws {RangeError} when the text is no plain decimal number. */
export function numberToken(text: string): NumberToken {
  return decimalToken(text, { digits: 15, decimals: 9 });
}

/** A number of a record without the decimals that a decimal(19,0) column may show: `100198.0` is `100198`. */
export function idOf(value: Scalar | undefined): string {
  return scalarText(value).replace(/\.0+$/, '');
}
