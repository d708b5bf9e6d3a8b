import type { AssetNode, Expression, Located } from './asset-reader.js';

/** A name with the expression for its value. */
export interface NamedExpression {
  readonly name: Located<string>;
  readonly expression: Expression;
}

/** Rows from one entry under `lines`: one row, or one for each element of a list. */
export interface LinesBlock {
  readonly place: Located<string>;
  /** Table of the ERP document; undefined in the input of a canonical document. */
  readonly table: Located<string> | undefined;
  readonly forEach: Expression | undefined;
  /** Name of the variable for the element in the expressions of this block. */
  readonly as: string;
  readonly when: Expression | undefined;
  /** Handle of the row. Default: the `key` of the element, or "1" for a single row. */
  readonly key: Expression | undefined;
  readonly fields: ReadonlyMap<string, NamedExpression>;
}

/** The value of a field of a canonical document: an expression, a nested record, or rows. */
export type InputNode =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'record'; readonly fields: InputRecord }
  | { readonly kind: 'lines'; readonly blocks: readonly LinesBlock[] };

/** Field -> its value. */
export type InputRecord = ReadonlyMap<string, { readonly name: Located<string>; readonly node: InputNode }>;

/** Reads the input of a canonical document: expressions, nested records, and lists of blocks that yield rows. */
export function inputOf(node: AssetNode | undefined): InputRecord {
  return new Map(
    (node?.entries() ?? []).flatMap(([name, value, key]) => {
      const read = inputNodeOf(value);
      return read ? [[name, { name: key.located(name), node: read }]] : [];
    }),
  );
}

function inputNodeOf(node: AssetNode): InputNode | undefined {
  if (node.isMap()) return { kind: 'record', fields: inputOf(node) };
  if (node.isList()) return { kind: 'lines', blocks: linesOf(node, false) };
  const expression = node.expression();
  return expression && { kind: 'expression', expression };
}

/** Names with their expressions, in order. */
export function namedExpressions(node: AssetNode | undefined): Map<string, NamedExpression> {
  return new Map(
    (node?.entries() ?? []).flatMap(([name, value, key]) => {
      const expression = value.expression();
      return expression ? [[name, { name: key.located(name), expression }]] : [];
    }),
  );
}

/** Reads blocks that yield rows. @param ofErp whether each block names a table of an ERP document. */
export function linesOf(node: AssetNode | undefined, ofErp: boolean): LinesBlock[] {
  return (node?.items() ?? []).flatMap((item) => {
    const keys = [...(ofErp ? ['table', 'key'] : []), 'forEach', 'as', 'when', 'fields'];
    if (!item.keys(keys, ofErp ? ['table', 'fields'] : ['fields'])) return [];
    const as = item.get('as')?.text();
    const forEach = item.get('forEach')?.expression();
    if (forEach && !as) item.report('expected the key "as": the name of the element in the expressions of the block');
    if (as && !forEach) item.get('as')?.report('expected no "as" without "forEach"');
    return [
      {
        place: item.located('lines'),
        table: item.get('table')?.locatedText(),
        forEach,
        as: as ?? '',
        when: item.get('when')?.expression(),
        key: item.get('key')?.expression(),
        fields: namedExpressions(item.get('fields')),
      },
    ];
  });
}
