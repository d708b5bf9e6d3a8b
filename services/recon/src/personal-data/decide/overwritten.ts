import type { DocumentLineView } from '@tributary/contracts';
import { fieldOf, lineShapeOf } from '@tributary/contracts';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import { documentLines } from '../../shared/decide/document-lines.js';
import { overwritten } from '../../shared/decide/overwritten-text.js';

export { overwritten };

/**
 * The stored lines of a document without their texts: every value of a text field, and of a field that the shape does not know, is
 * overwritten. Dates, decimals, whole numbers and truth values stay, as do tables, keys and names of fields. Never throws.
 * @param shape name of the document's shape.
 */
export function withoutTexts(shape: string, lines: unknown): DocumentLineView[] {
  const document = Object.hasOwn(erpDocumentShapes, shape) ? erpDocumentShapes[shape] : undefined;
  return documentLines(lines).map(({ table, key, fields }) => {
    const row = document && lineShapeOf(document, table);
    const stays = (name: string): boolean => {
      const type = row && fieldOf(row, name)?.type;
      return type !== undefined && type !== 'text';
    };
    const kept = Object.entries(fields).map(([name, value]) => [name, value === null || stays(name) ? value : overwritten]);
    return { table, key, fields: Object.fromEntries(kept) as DocumentLineView['fields'] };
  });
}
