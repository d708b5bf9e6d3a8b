/** Dates are `YYYY-MM-DD`, decimals are decimal text with a point: no float ever holds money (I5). */
export type ErpFieldType = 'text' | 'decimal' | 'date' | 'boolean' | 'integer';
/** Value of a document's field: text, decimals and dates as text, integers as bigint. */
export type ErpFieldValue = string | boolean | bigint | null;

/** One field that a document may have in an ERP. */
export interface ErpField {
  readonly type: ErpFieldType;
  /** Characters; the ERP refuses or silently cuts what is longer. Only for text. */
  readonly maxLength?: number;
  /** Digits before and after the point. Only for decimals. */
  readonly digits?: readonly [before: number, after: number];
  readonly required?: boolean;
  /** Goes elsewhere than into a field of that name: to the group, for example. */
  readonly destination?: string;
  /** Where name and length are known from. */
  readonly source: string;
  readonly description: string;
}

/** The fields that a document of one kind can have in one ERP, in the ERP's own words. */
export interface ErpDocumentShape {
  /** `<kind of target>/<kind of document>`. */
  readonly name: string;
  readonly kind: string;
  readonly fields: Readonly<Record<string, ErpField>>;
  /** Tables of rows below the header, by name: the fields that a row of each can have. Absent for a document of one row. */
  readonly lines?: Readonly<Record<string, Readonly<Record<string, ErpField>>>>;
  /** Fields, of the header and of rows, beyond those above that an installation may have added: a pattern of names, and the longest text in them. */
  readonly custom?: { readonly pattern: RegExp; readonly maxLength: number; readonly source: string };
}

/** One thing that is wrong with a document. `text` is for people and names the field. */
export interface DocumentProblem {
  readonly code: 'unknown-field' | 'missing' | 'wrong-type' | 'too-long' | 'out-of-range';
  readonly field: string;
  readonly text: string;
}

const dateText = /^(\d{4})-(\d{2})-(\d{2})$/;
const decimalText = /^-?(\d+)(?:\.(\d+))?$/;
const smallestInteger = -(2n ** 31n);
const largestInteger = 2n ** 31n - 1n;

/**
 * What is wrong with the fields of a document; nothing: an empty list.
 * @param filledLater fields that get their value from other documents just before posting (PostingRequested.references): they
 *   count as there.
 */
export function checkDocument(
  shape: ErpDocumentShape,
  fields: Readonly<Record<string, ErpFieldValue>>,
  filledLater: readonly string[] = [],
): DocumentProblem[] {
  const missing = requiredOf(shape)
    .filter((name) => isAbsent(fields[name]) && !filledLater.includes(name))
    .map((name) => problem(shape, name, 'missing', 'is required and has no value'));
  const unknown = filledLater
    .filter((name) => !fieldOf(shape, name))
    .map((name) => problem(shape, name, 'unknown-field', 'is not a field of it'));
  const wrong = Object.entries(fields).flatMap(([name, value]) => checkField(shape, name, value));
  return [...missing, ...unknown, ...wrong];
}

const required = new WeakMap<ErpDocumentShape, readonly string[]>();

/** Asked for every document, and always the same for a shape. */
function requiredOf(shape: ErpDocumentShape): readonly string[] {
  const known = required.get(shape);
  if (known) return known;
  const names = Object.keys(shape.fields).filter((name) => shape.fields[name]?.required);
  required.set(shape, names);
  return names;
}

/** The definition of a field, also of one that an installation added; undefined when the document has no such field. */
export function fieldOf(shape: ErpDocumentShape, name: string): ErpField | undefined {
  if (Object.hasOwn(shape.fields, name)) return shape.fields[name];
  if (!shape.custom?.pattern.test(name)) return undefined;
  return { type: 'text', maxLength: shape.custom.maxLength, source: shape.custom.source, description: 'Field of this installation.' };
}

const isAbsent = (value: ErpFieldValue | undefined): boolean => value === undefined || value === null || value === '';

function checkField(shape: ErpDocumentShape, name: string, value: ErpFieldValue): DocumentProblem[] {
  const field = fieldOf(shape, name);
  if (!field) return [problem(shape, name, 'unknown-field', 'is not a field of it')];
  if (value === null) return [];
  // An installation decides the type of its own fields.
  if (!Object.hasOwn(shape.fields, name) && typeof value !== 'string') return [];
  return checks[field.type](field, value).map(([code, text]) => problem(shape, name, code, text));
}

type Finding = readonly [DocumentProblem['code'], string];

const checks: Readonly<Record<ErpFieldType, (field: ErpField, value: Exclude<ErpFieldValue, null>) => Finding[]>> = {
  text: (field, value) => {
    if (typeof value !== 'string') return [['wrong-type', `should be text and is ${typeof value}`]];
    // Database columns of ERPs count UTF-16 units, as JavaScript does.
    if (field.maxLength === undefined || value.length <= field.maxLength) return [];
    return [['too-long', `holds ${value.length} characters and takes ${field.maxLength}`]];
  },
  decimal: (field, value) => {
    const match = typeof value === 'string' ? decimalText.exec(value) : null;
    if (!match) return [['wrong-type', 'should be decimal text like -12.50']];
    if (!field.digits) return [];
    const [before, after] = field.digits;
    const whole = (match[1] ?? '').replace(/^0+/, '');
    if (whole.length <= before && (match[2] ?? '').length <= after) return [];
    return [['out-of-range', `takes ${before} digits before and ${after} after the point`]];
  },
  date: (_field, value) => (typeof value === 'string' && isDate(value) ? [] : [['wrong-type', 'should be a date like 2026-09-01']]),
  boolean: (_field, value) => (typeof value === 'boolean' ? [] : [['wrong-type', `should be true or false and is ${typeof value}`]]),
  integer: (_field, value) => {
    if (typeof value !== 'bigint') return [['wrong-type', `should be a whole number and is ${typeof value}`]];
    return value >= smallestInteger && value <= largestInteger ? [] : [['out-of-range', 'takes 32 bits']];
  },
};

function isDate(text: string): boolean {
  const match = dateText.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function problem(shape: ErpDocumentShape, field: string, code: DocumentProblem['code'], text: string): DocumentProblem {
  return { code, field, text: `${shape.name}: ${field} ${text}` };
}
