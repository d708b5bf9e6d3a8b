import type { ErpDocument, ErpLine } from '@tributary/connector-kit';
import { checkDocument, checkLines, fieldOf, lineShapeOf } from '@tributary/contracts';
import type { DocumentProblem, ErpDocumentShape } from '@tributary/contracts';
import { SlNotDoneError } from './sl-errors.js';
import type { SlRow, SlValue } from './sl-values.js';
import { amountNumber } from './sl-values.js';

/**
 * Refuses a document that does not fit the columns of SL: a longer text would be cut without a word, and be another one.
 * @throws {SlNotDoneError} code `sl.too-long` or `sl.field-invalid`, naming the first field at fault.
 */
export function refuseWhatDoesNotFit({ postingKey, fields, lines, protocol }: ErpDocument, shape: ErpDocumentShape): void {
  const inLines = checkLines(shape, lines);
  const problems = [...checkDocument(shape, fields), ...inLines].filter((one) => isRefused(one, protocol));
  const [problem] = problems;
  if (problem === undefined) return;
  const code = problem.code === 'too-long' ? 'sl.too-long' : 'sl.field-invalid';
  throw new SlNotDoneError(code, `${postingKey}: ${problem.text}`, problem.field);
}

/** A change of a customer names only what is different. */
function isRefused({ code }: DocumentProblem, protocol: ErpDocument['protocol']): boolean {
  return code !== 'missing' || protocol === 'create-once';
}

/** Fields of a header as columns. Null leaves a column as it is, '' empties a text. */
export function columnsOf(document: ErpDocument, shape: ErpDocumentShape, leaveOut: ReadonlySet<string>): SlRow {
  return columns(document.postingKey, document.fields, shape, leaveOut);
}

/** Fields of a line as columns. */
export function lineColumnsOf(document: ErpDocument, line: ErpLine, shape: ErpDocumentShape): SlRow {
  const table = lineShapeOf(shape, line.table) ?? shape;
  return columns(`${document.postingKey}, ${line.table} ${line.key}`, line.fields, table, new Set());
}

function columns(where: string, fields: ErpDocument['fields'], shape: ErpDocumentShape, leaveOut: ReadonlySet<string>): SlRow {
  const row: Record<string, SlValue> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || leaveOut.has(name)) continue;
    row[name] = fieldOf(shape, name)?.type === 'decimal' ? amountOf(where, name, String(value)) : columnOf(value);
  }
  return row;
}

/** Whole numbers and flags: SL has shorts for both. */
function columnOf(value: string | boolean | bigint): SlValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'bigint' ? Number(value) : value;
}

/** @throws {SlNotDoneError} code `sl.amount-not-exact`. */
function amountOf(where: string, name: string, text: string): number {
  try {
    return amountNumber(text);
  } catch (error) {
    throw new SlNotDoneError('sl.amount-not-exact', `${where}: ${name}: ${(error as Error).message}`, name);
  }
}
