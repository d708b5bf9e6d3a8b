import fc from 'fast-check';
import type { AvroRecord, AvroSchema } from '@tributary/contracts';
import { events, fullNameOf, isArray, isMap, isRecord, isUnion, schemaOf } from '@tributary/contracts';
import { aRequest } from '../../testing/requests.js';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import { moneyChanges } from './money-changes.js';

const shapeOf = (name: string): (typeof erpDocumentShapes)[string] | undefined => erpDocumentShapes[name];
const schemas = Object.values(events).flatMap(({ type, record }) =>
  record === undefined ? [] : [{ type: String(type), record: schemaOf(record) }],
);

/** A leaf of a value: where it is, and what the contract says about it. */
interface Leaf {
  readonly path: readonly (string | number)[];
  readonly type: string;
  /** Full name of the record that holds it. */
  readonly holder: string;
}

/** A value of a schema with every optional part, list and map filled, and its leaves. Written for this test alone. */
function filled(schema: AvroSchema, at: Leaf['path'], holder: string, named: Map<string, AvroRecord>, leaves: Leaf[]): unknown {
  const type = typeof schema === 'string' ? (named.get(schema) ?? schema) : schema;
  if (isUnion(type)) return filled(type.find((branch) => branch !== 'null') ?? 'null', at, holder, named, leaves);
  if (isRecord(type)) {
    named.set(fullNameOf(type), type);
    return Object.fromEntries(
      type.fields.map((field) => [field.name, filled(field.type, [...at, field.name], fullNameOf(type), named, leaves)]),
    );
  }
  if (isArray(type)) return [filled(type.items, [...at, 0], holder, named, leaves)];
  if (isMap(type)) return { key: filled(type.values, [...at, 'key'], holder, named, leaves) };
  const name = typeof type === 'object' && 'logicalType' in type ? type.logicalType : String(type);
  leaves.push({ path: at, type: name, holder });
  if (name === 'minor-units' || name === 'exact-long') return 5n;
  if (name === 'string') return String(at.at(-1)) === 'currency' ? 'USD' : 'some words';
  return name === 'boolean' ? true : name === 'null' ? null : 5;
}

function changed(value: unknown, [step, ...rest]: Leaf['path'], put: (old: unknown) => unknown): unknown {
  if (step === undefined) return put(value);
  if (Array.isArray(value)) return value.map((item: unknown, n) => (n === step ? changed(item, rest, put) : item));
  return { ...(value as object), [step]: changed((value as Record<string, unknown>)[step], rest, put) };
}

const other = (old: unknown): unknown =>
  typeof old === 'bigint'
    ? old + 1n
    : typeof old === 'number'
      ? old + 1
      : typeof old === 'boolean'
        ? !old
        : old === 'USD'
          ? 'EUR'
          : 'other words';

it.each(schemas.map(({ type, record }) => [type, record] as const))(
  '%s: every amount and every currency is money, and what is neither near an amount nor looks like one is not',
  (_type, record) => {
    const leaves: Leaf[] = [];
    const value = filled(record, [], '', new Map(), leaves);
    for (const leaf of leaves) {
      const found = moneyChanges(record, value, changed(value, leaf.path, other), () => undefined);
      const isMoney = leaf.type === 'minor-units' || leaf.holder === 'tributary.common.Money' || leaf.path.at(-1) === 'currency';
      if (isMoney) expect({ leaf, found: found.length }).toEqual({ leaf, found: 1 });
      // Text, times and flags of the message itself, or of the part that says where it comes from.
      const isPlain = leaf.type !== 'minor-units' && leaf.path.length === 1 && leaf.path[0] !== 'currency';
      if (isPlain || leaf.holder === 'tributary.common.Source') expect({ leaf, found }).toEqual({ leaf, found: [] });
    }
    expect(moneyChanges(record, value, structuredClone(value), () => undefined)).toEqual([]);
  },
);

it('knows amounts that come, go, or are in lists of other lengths', () => {
  const effect = { role: 'CLEARING', account: '1150', debit: { minor: 1n, currency: 'USD' }, credit: null };
  const request = { ...aRequest('a'), effect: [effect] };
  const record = schemas.find(({ type }) => type === String(events.postingRequested.type))?.record as AvroRecord;
  const changes = (change: object): string[] => moneyChanges(record, request, { ...request, ...change }, shapeOf).map(({ path }) => path);
  expect(changes({ amount: null })).toEqual(['amount']);
  expect(changes({ effect: [] })).toEqual(['effect[0]']);
  expect(changes({ effect: [{ ...effect, account: '9999' }] })).toEqual(['effect[0].account']);
  expect(changes({ effect: [{ ...effect, credit: effect.debit, debit: null }] })).toEqual(['effect[0].debit', 'effect[0].credit']);
});

describe('fields of ERP documents, by their shapes', () => {
  const record = schemas.find(({ type }) => type === String(events.postingRequested.type))?.record as AvroRecord;
  const cases = Object.values(erpDocumentShapes).flatMap((shape) =>
    Object.entries(shape.fields).map(([name, { type }]) => ({ shape, name, type })),
  );

  it.each(cases)('$shape.name: $name ($type)', ({ shape, name, type }) => {
    const values = {
      decimal: ['10.50', '99.50'],
      text: ['some', 'words'],
      date: ['2026-11-20', '2026-12-01'],
      boolean: [true, false],
      integer: [1n, 2n],
    }[type];
    const request = (value: unknown): object => ({ ...aRequest('a'), shape: shape.name, fields: { [name]: value } });
    const found = moneyChanges(record, request(values[0]), request(values[1]), shapeOf).map(({ path }) => path);
    expect(found).toEqual(type === 'decimal' ? [`fields.${name}`] : []);
    if (type === 'text') expect(moneyChanges(record, request('USD'), request('EUR'), shapeOf)).toHaveLength(1);
  });

  it('a field that no shape knows counts', () => {
    const request = (value: string): object => ({ ...aRequest('a'), shape: 'nobody/knows', fields: { Some: value } });
    expect(moneyChanges(record, request('a'), request('b'), shapeOf)).toHaveLength(1);
  });

  it('lines count by the shape of their table, and so do lines that come or go', () => {
    const line = (amount: string, text = 'fee'): object => ({
      table: 'GLJrnDtlMnl',
      key: 'a',
      fields: { DebitAmount: amount, Description: text },
    });
    const request = (...lines: object[]): object => ({ ...aRequest('a'), shape: 'epicor-kinetic/journal', lines });
    const changes = (a: object, b: object): string[] => moneyChanges(record, a, b, shapeOf).map(({ path }) => path);
    expect(changes(request(line('1')), request(line('2')))).toEqual(['lines[0].fields.DebitAmount']);
    expect(changes(request(line('1')), request(line('1', 'other words')))).toEqual([]);
    expect(changes(request(line('1')), request(line('1'), line('2')))).toContain('lines[1]');
  });
});

it('in a raw event every number, currency and part that holds one is money, wherever it stands', () => {
  const words = fc.constantFrom('some words', 'ch_1', true, null);
  const event = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(words, fc.dictionary(fc.constantFrom('d', 'e'), words)));
  fc.assert(
    fc.property(
      event,
      fc.constantFrom(5, 5n, 'usd', '12.50'),
      fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }),
      (given, value, path) => {
        const nested = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
        expect(moneyChanges(undefined, given, { ...given, extra: nested }, shapeOf)).toHaveLength(1);
        expect(moneyChanges(undefined, { ...given, extra: nested }, given, shapeOf)).toHaveLength(1);
        expect(moneyChanges(undefined, { ...given, note: 'some words' }, { ...given, note: 'other words' }, shapeOf)).toEqual([]);
      },
    ),
  );
});
