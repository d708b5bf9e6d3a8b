import { decimalToken } from '@tributary/connector-kit';
import type { NumberToken, Scalar } from '@tributary/connector-kit';

/**
 * JSON whose numbers keep their digits (I5): amounts go to Kinetic and come back as decimal text, never through binary
 * floating point. Source: docs/reference/epicor-kinetic.md section 4.3, amounts are JSON numbers.
 */

export { readTokenJson as readKineticJson, scalarText as textOf } from '@tributary/connector-kit';
export type { Scalar } from '@tributary/connector-kit';

/** One row of a dataset or of an OData answer. */
export type KineticRow = Readonly<Record<string, Scalar>>;

/** @throws {RangeError} when the text is no plain decimal number. */
export function numberToken(text: string): NumberToken {
  return decimalToken(text, { digits: 15, decimals: 10 });
}
