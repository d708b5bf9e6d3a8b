import type { AssetNode, Expression, Located } from './asset-reader.js';

/** Types that a mapping's parameters may have, as authors write them. */
export const parameterTypes = ['text', 'integer', 'boolean', 'decimal', 'date', 'money', 'address', 'method', 'metadata'] as const;
/** Type of a mapping's parameter. */
export type ParameterType = (typeof parameterTypes)[number];

/** Which expression fills which field of an ERP document. */
export interface MappingDocument {
  readonly name: Located<string>;
  /** Shape of the document: `<kind of target>/customer`. */
  readonly shape: Located<string>;
  readonly parameters: ReadonlyMap<string, ParameterType>;
  readonly fields: ReadonlyMap<string, { readonly name: Located<string>; readonly expression: Expression }>;
}

/** Reads a mapping; undefined when something is missing, and the problems say what. */
export function mappingOf(root: AssetNode): MappingDocument | undefined {
  if (!root.keys(['kind', 'name', 'description', 'shape', 'parameters', 'fields'], ['name', 'shape', 'fields'])) return undefined;
  const name = root.get('name')?.locatedText();
  const shape = root.get('shape')?.locatedText();
  const parameters = new Map<string, ParameterType>();
  for (const [parameter, type] of root.get('parameters')?.entries() ?? []) {
    const known = type.text(parameterTypes) as ParameterType | undefined;
    if (known) parameters.set(parameter, known);
  }
  const fields = new Map<string, { name: Located<string>; expression: Expression }>();
  for (const [field, value, key] of root.get('fields')?.entries() ?? []) {
    const expression = value.expression();
    if (expression) fields.set(field, { name: key.located(field), expression });
  }
  if (fields.size === 0) root.get('fields')?.report('expected at least one field');
  return name && shape ? { name, shape, parameters, fields } : undefined;
}
