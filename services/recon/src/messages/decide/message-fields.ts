import { fullNameOf, isArray, isMap, isRecord, isUnion } from '@tributary/contracts';
import type { AvroField, AvroLogical, AvroRecord, AvroSchema, MessageFieldView } from '@tributary/contracts';
import { amountText, amountView } from '../../shared/decide/amount-view.js';
import { mayShow } from './shown-field.js';

/** Most fields of one message on a page, and the longest text of one. */
const mostFields = 1_000;
const longestText = 2_000;

type Named = Map<string, AvroRecord>;

interface Place {
  readonly path: string;
  readonly doc: string | null;
  /** Name of the field that the value, or the list or map around it, stands in. */
  readonly field: string;
  /** The record that the field belongs to. */
  readonly within: Readonly<Record<string, unknown>>;
}

/**
 * A decoded message field by field, in the order of its schema, with what the schema says of each: a record has a row of its own before those of
 * its fields.
 * @param texts whether texts about people may be shown; else values that are no ids, words or numbers are masked, and so are keys of maps.
 */
export function messageFields(
  schema: AvroRecord,
  value: unknown,
  texts: boolean,
): { readonly fields: MessageFieldView[]; readonly cut: boolean } {
  const fields: MessageFieldView[] = [];
  const named: Named = new Map();
  let cut = false;
  const row = (place: Place, type: string, shown: Partial<MessageFieldView>): void => {
    if (fields.length >= mostFields) cut = true;
    else fields.push({ path: place.path, type, meaning: null, doc: place.doc, value: null, masked: false, ...shown });
  };
  const walk = (type: AvroSchema, item: unknown, place: Place, nullable = false): void => {
    if (cut) return;
    const resolved = typeof type === 'string' ? (named.get(type) ?? type) : type;
    const name = `${typeName(resolved)}${nullable ? ' or null' : ''}`;
    if (isUnion(resolved)) {
      const branch = resolved.find((one) => one !== 'null') ?? 'null';
      return walk(branch, item, place, resolved.includes('null'));
    }
    if (isRecord(resolved)) remember(resolved, named);
    if (item === null || item === undefined) return row(place, name, {});
    if (isRecord(resolved)) {
      row(place, name, {});
      return walkFields(resolved, item as Readonly<Record<string, unknown>>, `${place.path}.`);
    }
    if (isArray(resolved)) {
      row(place, name, { value: countOf((item as readonly unknown[]).length) });
      return (item as readonly unknown[]).forEach((one, index) =>
        walk(resolved.items, one, { ...place, path: `${place.path}[${index}]`, doc: null }),
      );
    }
    if (isMap(resolved)) {
      const entries = Object.entries(item as Readonly<Record<string, unknown>>);
      row(place, name, { value: countOf(entries.length) });
      return entries.forEach(([key, one], index) =>
        walk(resolved.values, one, { ...place, path: `${place.path}[${texts ? key : index + 1}]`, doc: null }),
      );
    }
    row(place, name, scalar(resolved, item, place, texts));
  };
  const walkFields = (record: AvroRecord, item: Readonly<Record<string, unknown>>, before: string): void =>
    record.fields.forEach(({ name, type, doc }: AvroField) =>
      walk(type, item[name], { path: `${before}${name}`, doc: doc ?? null, field: name, within: item }),
    );
  remember(schema, named);
  walkFields(schema, (value ?? {}) as Readonly<Record<string, unknown>>, '');
  return { fields, cut };
}

const countOf = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`);

function scalar(type: AvroSchema, item: unknown, { field, within }: Place, texts: boolean): Partial<MessageFieldView> {
  if (typeof item === 'string') {
    if (!texts && item !== '' && !mayShow(field, item)) return { masked: true };
    return { value: item.length > longestText ? `${item.slice(0, longestText)}… (cut: ${item.length} characters)` : item };
  }
  return { value: String(item), meaning: meaningOf(type, item, within) };
}

/** What a number means, in words. */
function meaningOf(type: AvroSchema, item: unknown, { currency }: Readonly<Record<string, unknown>>): string | null {
  const { logicalType } = Object(type) as Partial<AvroLogical>;
  if (logicalType === 'timestamp-millis') return `milliseconds since 1970: ${timeOf(item)}`;
  if (logicalType === 'exact-long') return 'a whole number that may be larger than JavaScript can hold exactly';
  if (logicalType !== 'minor-units') return null;
  if (typeof currency !== 'string' || typeof item !== 'bigint') return 'minor units of its currency';
  return `minor units: ${amountText(amountView(item.toString(), currency))}`;
}

function timeOf(item: unknown): string {
  const time = new Date(Number(item));
  return Number.isNaN(time.getTime()) ? 'no time' : time.toISOString();
}

/** Named types are written out where they are used first, so they are known before anything refers to them. */
function remember(record: AvroRecord, named: Named): void {
  named.set(fullNameOf(record), record);
  for (const { type } of record.fields) rememberIn(type, named);
}

function rememberIn(type: AvroSchema, named: Named): void {
  if (isUnion(type)) type.forEach((one) => rememberIn(one, named));
  else if (isRecord(type)) {
    if (!named.has(fullNameOf(type))) remember(type, named);
  } else if (isArray(type)) rememberIn(type.items, named);
  else if (isMap(type)) rememberIn(type.values, named);
}

function typeName(type: AvroSchema): string {
  if (typeof type === 'string') return type;
  if (isUnion(type)) return type.map(typeName).join(' or ');
  if (isRecord(type)) return fullNameOf(type);
  if (isArray(type)) return `list of ${typeName(type.items)}`;
  if (isMap(type)) return `map of ${typeName(type.values)}`;
  return `${type.type} (${type.logicalType})`;
}
