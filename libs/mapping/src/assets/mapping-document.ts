import type { AssetNode, Located } from './asset-reader.js';
import { linesOf, namedExpressions } from './input-tree.js';
import type { LinesBlock, NamedExpression } from './input-tree.js';

/** Types that parameters of a mapping may have, as authors write them. */
export const parameterTypes = ['text', 'integer', 'boolean', 'decimal', 'date', 'money', 'address', 'method', 'metadata'] as const;
/** Type of a parameter of a mapping. */
export type ParameterType = (typeof parameterTypes)[number];

/** An asset with the expression for each field of an ERP document. */
export interface MappingDocument {
  readonly name: Located<string>;
  /** Shape of the document: `<kind of target>/customer`. */
  readonly shape: Located<string>;
  /** Kind of the canonical document to map; undefined for a mapping with parameters. */
  readonly document: Located<string> | undefined;
  /** Variant of the canonical document, when the mapping is only for that variant: `inactive`. */
  readonly variant: string | undefined;
  readonly parameters: ReadonlyMap<string, ParameterType>;
  readonly fields: ReadonlyMap<string, NamedExpression>;
  /** Rows of the document, in addition to its header. */
  readonly lines: readonly LinesBlock[];
}

const keys = ['kind', 'name', 'description', 'document', 'variant', 'shape', 'parameters', 'fields', 'lines'];

/** Reads a mapping; undefined when required parts are missing, which is added to the problems. */
export function mappingOf(root: AssetNode): MappingDocument | undefined {
  if (!root.keys(keys, ['name', 'shape', 'fields'])) return undefined;
  const name = root.get('name')?.locatedText();
  const shape = root.get('shape')?.locatedText();
  const document = root.get('document')?.locatedText();
  const parameters = new Map<string, ParameterType>();
  for (const [parameter, type] of root.get('parameters')?.entries() ?? []) {
    const known = type.text(parameterTypes) as ParameterType | undefined;
    if (known) parameters.set(parameter, known);
  }
  if (document) root.get('parameters')?.report('expected no parameters: a mapping of a canonical document has the variable "document"');
  const fields = namedExpressions(root.get('fields'));
  if (fields.size === 0) root.get('fields')?.report('expected at least one field');
  const lines = linesOf(root.get('lines'), true);
  return name && shape ? { name, shape, document, variant: root.get('variant')?.text(), parameters, fields, lines } : undefined;
}
