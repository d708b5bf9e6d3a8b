import { documentSchemas, isArray, isMap, isRecord, isUnion, totalsOf } from '@tributary/contracts';
import type { AvroRecord, AvroSchema, DocumentKind, JournalLine, SalesLine } from '@tributary/contracts';
import type { InputNode, InputRecord, LinesBlock } from './assets/input-tree.js';
import type { BuildDocument } from './bundle.js';
import { bindRecord } from './cel/bind-record.js';
import type { Compile } from './cel/environments.js';
import { isNothing } from './cel/is-nothing.js';
import { recordTypeOf } from './language.js';

type Context = Readonly<Record<string, unknown>>;
type Build = (context: Context) => unknown;
type Record_ = Record<string, unknown>;

/** Fields that are computed from other fields when an input leaves them out. */
const derived: Readonly<Record<string, Readonly<Record<string, (record: Readonly<Record_>) => unknown>>>> = {
  SalesDocument: { totals: ({ lines, currency }) => totalsOf(lines as readonly SalesLine[], String(currency)) },
  JournalDocument: {
    currency: ({ lines }) => {
      const [first] = lines as readonly JournalLine[];
      return (first?.debit ?? first?.credit)?.currency ?? '';
    },
  },
  JournalLine: { key: ({ role, debit }) => `${String(role)}-${debit === null ? 'credit' : 'debit'}`, count: () => 1n },
};

/** Whether an input may leave out a field of a canonical document. */
export function isOptional(record: AvroRecord, field: string, type: AvroSchema): boolean {
  return isUnion(type) || isMap(type) || derived[record.name]?.[field] !== undefined;
}

/** The record of a schema: the schema itself, a branch of its union, or the items of its list; undefined for any other schema. */
export function recordIn(schema: AvroSchema): AvroRecord | undefined {
  if (isUnion(schema)) return schema.map(recordIn).find((record) => record !== undefined);
  if (isArray(schema)) return recordIn(schema.items);
  return isRecord(schema) ? schema : undefined;
}

/** Compiles the input of a canonical document. @param where names the input in errors. */
export function compiledInput(kind: DocumentKind, input: InputRecord, compile: Compile, where: string): BuildDocument {
  const schema = documentSchemas[kind];
  const build = recordBuilder(schema, input, compile, where);
  const { fields } = recordTypeOf(schema);
  const nulls = [...fields].flatMap(([name, type]) => (type.kind === 'record' ? [[name, bindRecord(type.record, null)] as const] : []));
  const lists = [...fields].flatMap(([name, type]) => (type.kind === 'record-list' ? [[name, type.record] as const] : []));
  return (context) => {
    const plain = build(context);
    const bound = { ...plain };
    for (const [name, empty] of nulls) bound[name] ??= empty;
    for (const [name, record] of lists) bound[name] = (plain[name] as readonly unknown[]).map((one) => bindRecord(record, one));
    return { plain, bound };
  };
}

function recordBuilder(schema: AvroRecord, input: InputRecord, compile: Compile, where: string): (context: Context) => Record_ {
  const own = derived[schema.name] ?? {};
  const given: [string, Build][] = [];
  const made: [string, (record: Readonly<Record_>) => unknown][] = [];
  const constants: Record_ = {};
  for (const { name, type } of schema.fields) {
    const node = input.get(name)?.node;
    if (node) given.push([name, nodeBuilder(type, node, compile, `${where}, ${name}`)]);
    else if (own[name]) made.push([name, own[name]]);
    else constants[name] = isArray(type) ? [] : isMap(type) ? new Map() : null;
  }
  return (context) => {
    const record: Record_ = { ...constants };
    for (const [name, value] of given) record[name] = value(context);
    for (const [name, value] of made) record[name] = value(record);
    return record;
  };
}

function nodeBuilder(type: AvroSchema, node: InputNode, compile: Compile, where: string): Build {
  const record = recordIn(type);
  if (node.kind === 'record') return record ? recordBuilder(record, node.fields, compile, where) : () => null;
  if (node.kind === 'lines') return record ? rowsBuilder(record, node.blocks, compile, where) : () => [];
  const evaluate = compile(node.expression.text, where);
  if (!record || isArray(type)) return (context) => evaluate(context) ?? null;
  return (context) => {
    const value = evaluate(context);
    return isNothing(value) ? null : value;
  };
}

function rowsBuilder(record: AvroRecord, blocks: readonly LinesBlock[], compile: Compile, where: string): Build {
  const compiled = blocks.map((block, index) => {
    const place = `${where} ${index + 1}`;
    const fields = new Map(
      [...block.fields].map(([name, { name: located, expression }]) => [
        name,
        { name: located, node: { kind: 'expression', expression } as const },
      ]),
    );
    return {
      as: block.as,
      list: block.forEach && compile(block.forEach.text, `${place}, forEach`),
      when: block.when && compile(block.when.text, `${place}, when`),
      build: recordBuilder(record, fields, compile, place),
    };
  });
  return (context) =>
    compiled.flatMap(({ as, list, when, build }) => {
      const contexts = list ? (list(context) as readonly unknown[]).map((element) => ({ ...context, [as]: element })) : [context];
      return contexts.filter((one) => !when || when(one) === true).map(build);
    });
}
