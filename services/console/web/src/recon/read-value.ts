import type { ReconShapes } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import type { Amount, NamedText } from './amount-shape.js';

/**
 * Readers of single values. Their parameter says which fields of the documents they fit, so that a field that a service renames or changes stops
 * the compiler; at run time anything goes in, a whole value comes out, and nothing throws.
 */

/** Most rows, steps or reports that are displayed; an answer with more is cut there. */
export const listLimit = 1_000;

type Maybe<T> = T | null | undefined;
type Plain = string | number | boolean;
type KeysOf<Shape> = Shape extends unknown ? keyof Shape : never;
type FieldOf<Shape, Name> = Shape extends unknown ? (Name extends keyof Shape ? Shape[Name] : undefined) : never;
type ValueOf<Shape> = Shape extends unknown ? Shape[keyof Shape] : never;

/** The fields of a shape, none of which was looked at. */
export type Fields<Shape> = { readonly [Name in KeysOf<Shape>]: Sent<FieldOf<Shape, Name>> };

/** Whether it is an object. */
export function isThere(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text, or the text of a number or a flag; null for everything else. */
export function readText(value: Sent<Maybe<Plain>>): string | null {
  const given: unknown = value;
  if (typeof given === 'string') return given;
  return typeof given === 'number' || typeof given === 'boolean' ? String(given) : null;
}

/** Text as above; where there is none, the empty one. */
export function readWord(value: Sent<Maybe<Plain>>): string {
  return readText(value) ?? '';
}

/** A count: a whole number that is not negative; null for everything else. */
export function readCount(value: Sent<Maybe<number>>): number | null {
  const given: unknown = value;
  return typeof given === 'number' && Number.isSafeInteger(given) && given >= 0 ? given : null;
}

/** A count as above; where there is none, 0. */
export function readNumber(value: Sent<Maybe<number>>): number {
  return readCount(value) ?? 0;
}

/** True only for true itself. */
export function readFlag(value: Sent<Maybe<boolean>>): boolean {
  return (value as unknown) === true;
}

/** The fields of an object; all are absent for everything else. */
export function readRecord<Shape>(value: Sent<Shape>): Fields<NonNullable<Shape>> {
  return (isThere(value) ? value : {}) as Fields<NonNullable<Shape>>;
}

/** A row of which any field may be read, for tables whose columns name them. */
export type Row = Readonly<Record<string, Sent<never>>>;

/** The fields of any object, by name. */
export function readRow(value: Sent<unknown>): Row {
  return (isThere(value) ? value : {}) as Row;
}

/** What a reader makes of an object; null for everything else. */
export function readMaybe<Shape, T>(value: Sent<Shape>, read: (value: Sent<NonNullable<Shape>>) => T): T | null {
  return isThere(value) ? read(value as Sent<NonNullable<Shape>>) : null;
}

/** Items of a list, each read, up to {@link listLimit}; none for everything else. */
export function readList<Item, T>(value: Sent<Maybe<readonly Item[]>>, read: (item: Sent<Item>) => T): T[] {
  const given: unknown = value;
  return Array.isArray(given) ? given.slice(0, listLimit).map((item) => read(item as Sent<Item>)) : [];
}

/** How many items a list has, also where more are there than are read; 0 for everything else. */
export function readLength(value: Sent<Maybe<readonly unknown[]>>): number {
  return Array.isArray(value) ? value.length : 0;
}

/** A list of texts; what is none is left out. */
export function readWords(value: Sent<Maybe<readonly Plain[]>>): string[] {
  return readList(value, readText).filter((text) => text !== null);
}

/** Names and values of an object; none for everything else. */
export function readEntries<Shape>(value: Sent<Shape>): [string, Sent<ValueOf<NonNullable<Shape>>>][] {
  return Object.entries(isThere(value) ? (value as object) : {}).slice(0, listLimit) as [string, Sent<ValueOf<NonNullable<Shape>>>][];
}

/** Null only for what is no amount at all; one with odd fields is an amount that is not exact. */
export function readAmount(value: Sent<Maybe<ReconShapes['AmountView']>>): Amount | null {
  return readMaybe(value, (amount) => {
    const { minor, currency, text, exact } = readRecord(amount);
    const isTold = (exact as unknown) !== undefined; // an older answer does not tell: it had no others
    return { minor: readWord(minor), currency: readWord(currency), text: readWord(text), exact: !isTold || readFlag(exact) };
  });
}

/** Amounts of a list; what is none is left out. */
export function readAmounts(value: Sent<Maybe<readonly Maybe<ReconShapes['AmountView']>[]>>): Amount[] {
  return readList(value, readAmount).filter((amount) => amount !== null);
}

/** Names with their texts; what is no text is said to be none. */
export function readNamedTexts(value: Sent<Maybe<Readonly<Record<string, Maybe<Plain>>>>>): NamedText[] {
  return readEntries(value).map(([name, text]) => ({ name, value: readText(text) ?? '(not a text)' }));
}

type Reader<In, Out> = (value: Sent<In>) => Out;
type Readers<Shape> = { readonly [Name in KeysOf<Shape>]?: Reader<FieldOf<Shape, Name>, unknown> };
type Read<Table> = { readonly [Name in keyof Table]: Table[Name] extends (value: never) => infer Out ? Out : never };

/**
 * A reader of a shape, of a reader for each field that the page shows: `readerOf<Shape>()({ id: readWord, at: readText })`.
 * Fields that have no reader are left out, and those that the shape does not have stop the compiler.
 */
export function readerOf<Shape>() {
  return <Table extends Readers<Shape>>(
    table: Table & Readonly<Record<Exclude<keyof Table, KeysOf<Shape>>, never>>,
  ): Reader<Shape | null | undefined, Read<Table>> => {
    const readers = Object.entries(table) as [string, Reader<never, unknown>][];
    return (value) => {
      const fields = readRecord<Record<string, never>>(value as Sent<never>);
      return Object.fromEntries(readers.map(([name, read]) => [name, read(fields[name] as Sent<never>)])) as Read<Table>;
    };
  };
}
