import type { AvroRecord, AvroSchema, ErpDocumentShape } from '@tributary/contracts';
import { fieldOf, fullNameOf, isArray, isMap, isRecord, isUnion, lineShapeOf } from '@tributary/contracts';

/** One place of an edited message that says how much, in which currency, or what happens to the amount. */
export interface MoneyChange {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface Walk {
  readonly named: ReadonlyMap<string, AvroRecord>;
  readonly found: MoneyChange[];
}

interface Place {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Everything here is about money, whatever its type. */
  readonly isMoney: boolean;
}

/**
 * The changes of an edit that are about money, by the contracts and not by a list of names: fields in minor units; records made of such
 * fields (an amount with its currency, a line of the books with its account); decimals of ERP documents; currency codes and numbers that are
 * written as text. Rather too much than too little: what is found waits for a second person.
 * @param schema with which the message was written; undefined for raw events: there every number counts.
 * @param before and `after`: decoded values. @param shapeOf the shape of an ERP document by its name.
 */
export function moneyChanges(
  schema: AvroRecord | undefined,
  before: unknown,
  after: unknown,
  shapeOf: (name: string) => ErpDocumentShape | undefined,
): MoneyChange[] {
  if (schema === undefined) return jsonChanges({ path: '', before, after, isMoney: false });
  const named = namedIn(schema, new Map());
  const walk: Walk = { named, found: [] };
  const documents = documentChanges(before, after, shapeOf);
  compare(schema, { path: '', before, after, isMoney: false }, walk, new Set(documents.maps));
  return [...walk.found, ...documents.found];
}

/** @param apart paths of maps that are compared by the shape of their document. */
function compare(schema: AvroSchema, place: Place, walk: Walk, apart: ReadonlySet<string>): void {
  const { path, before, after, isMoney } = place;
  if (same(before, after) || apart.has(path)) return;
  const type = typeof schema === 'string' ? (walk.named.get(schema) ?? schema) : schema;
  if (isUnion(type)) {
    const inner = type.find((branch) => isHeld(branch, before, walk) && isHeld(branch, after, walk));
    if (inner !== undefined) compare(inner, place, walk, apart);
    else if (isMoney || type.some((branch) => holdsMoney(branch, walk)) || isMoneyText(path, before, after))
      walk.found.push({ path, before, after });
  } else if (isRecord(type) && isObject(before) && isObject(after)) {
    const about = isMoney || (path !== '' && isMoneyRecord(type, walk));
    for (const field of type.fields)
      compare(
        field.type,
        { path: join(path, field.name), before: before[field.name], after: after[field.name], isMoney: about },
        walk,
        apart,
      );
  } else if (isArray(type) && Array.isArray(before) && Array.isArray(after)) {
    for (let n = 0; n < Math.max(before.length, after.length); n += 1)
      compare(type.items, { path: `${path}[${n}]`, before: before[n], after: after[n], isMoney }, walk, apart);
  } else if (isMap(type) && isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compare(type.values, { path: join(path, key), before: before[key], after: after[key], isMoney }, walk, apart);
  } else if (isMoney || holdsMoney(type, walk) || isMoneyText(path, before, after)) walk.found.push({ path, before, after });
}

/** Fields of the ERP document in a posting request, and of its lines, compared by the shape that knows which of them are decimals. */
function documentChanges(
  before: unknown,
  after: unknown,
  shapeOf: (name: string) => ErpDocumentShape | undefined,
): { found: MoneyChange[]; maps: string[] } {
  if (!isObject(before) || !isObject(after) || typeof after.shape !== 'string' || !isObject(before.fields) || !isObject(after.fields))
    return { found: [], maps: [] };
  const shape = shapeOf(after.shape);
  const found = fieldChanges(shape, 'fields', before.fields, after.fields);
  const maps = ['fields'];
  if (Array.isArray(before.lines) && Array.isArray(after.lines)) {
    for (const [n, line] of after.lines.entries()) {
      const was: unknown = before.lines[n];
      if (!isObject(was) || !isObject(line) || !isObject(was.fields) || !isObject(line.fields)) continue;
      const path = `lines[${n}].fields`;
      found.push(...fieldChanges(shape && lineShapeOf(shape, String(line.table)), path, was.fields, line.fields));
      maps.push(path);
    }
    for (let n = Math.min(before.lines.length, after.lines.length); n < Math.max(before.lines.length, after.lines.length); n += 1)
      found.push({ path: `lines[${n}]`, before: before.lines[n], after: after.lines[n] });
  }
  return { found, maps };
}

function fieldChanges(shape: ErpDocumentShape | undefined, path: string, before: Fields, after: Fields): MoneyChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (same(was, is)) return [];
    // A field that the shape does not know could be anything.
    const type = shape && fieldOf(shape, name)?.type;
    const isAbout = type === undefined || type === 'decimal' || isCurrency(was) || isCurrency(is);
    return isAbout ? [{ path: join(path, name), before: was, after: is }] : [];
  });
}

/** In a raw event: every number, every currency code, and every part that has come or gone and holds one. */
function jsonChanges({ path, before, after }: Place): MoneyChange[] {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      jsonChanges({ path: join(path, name), before: before[name], after: after[name], isMoney: false }),
    );
  if (Array.isArray(before) && Array.isArray(after))
    return Array.from({ length: Math.max(before.length, after.length) }, (_, n) => n).flatMap((n) =>
      jsonChanges({ path: `${path}[${n}]`, before: before[n] as unknown, after: after[n] as unknown, isMoney: false }),
    );
  return holdsNumber(before) || holdsNumber(after) || isMoneyText(path, before, after) ? [{ path, before, after }] : [];
}

function holdsNumber(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  if (typeof value === 'string') return /^[a-z]{3}$/i.test(value) || isNumberText(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNumber);
}

/** A record of amounts: one of its own fields is in minor units or is an amount. */
function isMoneyRecord(record: AvroRecord, walk: Walk): boolean {
  return record.fields.some(({ type }) => isAmount(type, walk));
}

function isAmount(schema: AvroSchema, walk: Walk): boolean {
  const type = typeof schema === 'string' ? (walk.named.get(schema) ?? schema) : schema;
  if (isUnion(type)) return type.some((branch) => isAmount(branch, walk));
  if (isRecord(type)) return type.fields.some((field) => isMinorUnits(field.type));
  return isMinorUnits(type);
}

function isMinorUnits(schema: AvroSchema): boolean {
  if (isUnion(schema)) return schema.some(isMinorUnits);
  return typeof schema === 'object' && 'logicalType' in schema && schema.logicalType === 'minor-units';
}

/** Whether a value of this type can hold an amount anywhere. */
function holdsMoney(schema: AvroSchema, walk: Walk, seen = new Set<string>()): boolean {
  const type = typeof schema === 'string' ? (walk.named.get(schema) ?? schema) : schema;
  if (isUnion(type)) return type.some((branch) => holdsMoney(branch, walk, seen));
  if (isArray(type)) return holdsMoney(type.items, walk, seen);
  if (isMap(type)) return holdsMoney(type.values, walk, seen);
  if (!isRecord(type)) return isMinorUnits(type);
  if (seen.has(fullNameOf(type))) return false;
  seen.add(fullNameOf(type));
  return type.fields.some((field) => holdsMoney(field.type, walk, seen));
}

/** Whether a branch of a union is the type of this value, as far as a comparison can go into it. */
function isHeld(schema: AvroSchema, value: unknown, walk: Walk): boolean {
  const type = typeof schema === 'string' ? (walk.named.get(schema) ?? schema) : schema;
  if (isArray(type)) return Array.isArray(value);
  return (isRecord(type) || isMap(type)) && isObject(value);
}

/** Text that is an amount or a currency all the same: a number as text, a code of three capitals, or a field that is called so. */
function isMoneyText(path: string, before: unknown, after: unknown): boolean {
  if (/currency$/i.test(path)) return true;
  return [before, after].some((value) => isCurrency(value) || (typeof value === 'string' && isNumberText(value)));
}

const isNumberText = (text: string): boolean => /^[+-]?\d+(?:[.,]\d+)?$/.test(text.trim());
const isCurrency = (value: unknown): boolean => typeof value === 'string' && /^[A-Z]{3}$/.test(value.trim());

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].every((name) => same((before as Fields)[name], (after as Fields)[name]));
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function namedIn(schema: AvroSchema, found: Map<string, AvroRecord>): Map<string, AvroRecord> {
  if (isUnion(schema)) for (const branch of schema) namedIn(branch, found);
  else if (isRecord(schema)) {
    found.set(fullNameOf(schema), schema);
    for (const field of schema.fields) namedIn(field.type, found);
  } else if (isArray(schema)) namedIn(schema.items, found);
  else if (isMap(schema)) namedIn(schema.values, found);
  return found;
}
