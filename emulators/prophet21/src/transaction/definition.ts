import type { Call } from '../call.js';
import type { Column, Table } from '../columns.js';

/** One element of a window: a form with one record, or a list. */
export interface ElementDefinition {
  /** `TABPAGE_1.order` */
  readonly name: string;
  readonly type: 'Form' | 'List';
  /** Fields by which rows of a list are the same row; none: every row is one more. Of a form: what finds an existing record. */
  readonly keys: readonly string[];
  /** In the order of the window. */
  readonly fields: Readonly<Record<string, Column>>;
  /** Fields that cannot be written. */
  readonly disabled?: readonly string[];
}

/** Rows of the elements as they are to be saved: text by field. */
export interface Given {
  form(element: string): Readonly<Record<string, string>>;
  list(element: string): readonly Readonly<Record<string, string>>[];
  /** Fields by which the rows of an element are the same row, as the request chose them. */
  keysOf(element: string): readonly string[];
}

/** What a saved record answers: values by field of an element. */
export type Saved = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A window of the client, as the Transaction API reaches it. */
export interface ServiceDefinition {
  readonly name: string;
  readonly elements: readonly ElementDefinition[];
  /** Saves one record. @throws {Refusal} with the reason, which undoes all of it. */
  save(given: Given, call: Call): Saved;
}

function elementOf({ name, type, keys, fields }: ElementDefinition): object {
  const Edits = Object.keys(fields).map((Name) => ({ IgnoreIfEmpty: true, Name, Value: '' }));
  return { BusinessObjectName: null, Keys: keys, Name: name, Rows: [{ Edits, RelativeDateEdits: [] }], Type: type };
}

/** `definition/{name}`: section 14 [verified: `Name` and `Template`]; the rest of the schema is left out. */
export function definitionOf({ name, elements }: ServiceDefinition): object {
  return { Name: name, Template: { TransactionSet: templateOf(name, elements.map(elementOf)) } };
}

/** `defaults/{name}`: no values of its own, and the template (section 14; that the defaults are empty is assumed). */
export function defaultsOf({ name, elements }: ServiceDefinition): object {
  return templateOf(name, elements.map(elementOf));
}

function templateOf(Name: string, DataElements: readonly object[]): object {
  const rest = { Description: null, FieldMap: [], IgnoreDisabled: false, Parameters: null, Query: null, TransactionSplitMethod: 0 };
  return { Name, ...rest, Transactions: [{ DataElements, Status: 'New' }], UseCodeValues: false };
}

/** Fields of an element that are columns of a table: names of fields, or `field=column`. @throws {Error} for a column that is not there. */
export function fieldsOf(table: Table, names: readonly string[]): Record<string, Column> {
  const found = names.map((name): [string, Column] => {
    const [field = '', column = field] = name.split('=');
    const definition = table.columns[column];
    if (!definition) throw new Error(`${table.name} has no column ${column}`);
    return [field, definition];
  });
  return Object.fromEntries(found);
}
