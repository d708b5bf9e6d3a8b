import { checkDocument } from './shape.js';
import type { DocumentProblem, ErpDocumentShape, ErpFieldValue } from './shape.js';

/** One row of a document below its header, as PostingRequested carries it. */
export interface ErpDocumentLine {
  /** Table of the shape that the row belongs to: `InvcDtl`. */
  readonly table: string;
  /** Handle of the row, unique in its document and table, the same whenever the document is made. */
  readonly key: string;
  readonly fields: Readonly<Record<string, ErpFieldValue>>;
}

/** Rows that one document may have, over all its tables. */
export const maxDocumentLines = 500;

const shapesOfTables = new WeakMap<ErpDocumentShape, Map<string, ErpDocumentShape>>();

/** The fields of one table of a shape, as a shape of their own named `<shape>.<table>`; undefined when the document has no such table. */
export function lineShapeOf(shape: ErpDocumentShape, table: string): ErpDocumentShape | undefined {
  const known = shapesOfTables.get(shape) ?? new Map<string, ErpDocumentShape>();
  shapesOfTables.set(shape, known);
  const made = known.get(table);
  if (made) return made;
  const fields = shape.lines && Object.hasOwn(shape.lines, table) ? shape.lines[table] : undefined;
  if (!fields) return undefined;
  const { custom } = shape;
  const line: ErpDocumentShape = { name: `${shape.name}.${table}`, kind: shape.kind, fields, ...(custom ? { custom } : {}) };
  known.set(table, line);
  return line;
}

/**
 * What is wrong with the rows of a document; nothing: an empty list. Checks tables, fields, handles and how many there are.
 * @param filledLater fields of one row that get their value from other documents just before posting: they count as there.
 */
export function checkLines(
  shape: ErpDocumentShape,
  lines: readonly ErpDocumentLine[],
  filledLater: (line: ErpDocumentLine) => readonly string[] = () => [],
): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  if (lines.length > maxDocumentLines)
    problems.push({
      code: 'out-of-range',
      field: 'lines',
      text: `${shape.name}: a document takes ${maxDocumentLines} rows and has ${lines.length}`,
    });
  const keys = new Set<string>();
  for (const line of lines) {
    const { table, key, fields } = line;
    const handle = `${table}/${key}`;
    const of = lineShapeOf(shape, table);
    if (!of) problems.push({ code: 'unknown-field', field: table, text: `${shape.name}: ${table} is not a table of it` });
    else problems.push(...checkDocument(of, fields, filledLater(line)));
    if (key === '') problems.push({ code: 'missing', field: table, text: `${shape.name}: a row of ${table} has no handle` });
    else if (keys.has(handle))
      problems.push({ code: 'out-of-range', field: table, text: `${shape.name}: two rows of ${table} have one handle` });
    keys.add(handle);
  }
  return problems;
}
