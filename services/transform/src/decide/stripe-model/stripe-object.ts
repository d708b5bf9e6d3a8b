import { InvalidStripeObjectError, UnknownStripeValueError } from '../errors.js';
import { isStorableId, plainText } from './stripe-text.js';

type JsonObject = Readonly<Record<string, unknown>>;

const largestCount = 2 ** 31 - 1;
/** Last second of the year 9999, UTC: later times cannot be written as a date. */
const latestSecond = 253_402_300_799;

/**
 * Reads fields of a Stripe object and says exactly which one is not as promised. Unknown fields are none of its business:
 * Stripe adds fields, and reorders them, without a new version (docs/reference/stripe.md section 1).
 * An absent field and `null` are the same thing; blank text is no text. Text is normalised here and nowhere else: {@link plainText}.
 */
export class StripeObject {
  constructor(
    private readonly fields: JsonObject,
    readonly path: string,
  ) {}

  /** @throws {InvalidStripeObjectError} when the value is not a JSON object. */
  static of(value: unknown, path: string): StripeObject {
    if (!isJsonObject(value)) throw wrong(path, 'an object', value);
    return new StripeObject(value, path);
  }

  /** The field as it is; null where the object itself does not have it. */
  raw(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? (this.fields[name] ?? null) : null;
  }

  /** Whether the object has a field of that name, whatever it holds. */
  has(name: string): boolean {
    return Object.hasOwn(this.fields, name);
  }

  /** Normalised text. @throws {InvalidStripeObjectError} when it is missing, blank or of another type. */
  text(name: string): string {
    return this.textOrNull(name) ?? this.missing(name, 'text');
  }

  /** Normalised text; null when it is missing or blank. @throws {InvalidStripeObjectError} when it is of another type. */
  textOrNull(name: string): string | null {
    const value = this.raw(name);
    if (value === null) return null;
    if (typeof value !== 'string') return this.missing(name, 'text or null');
    const text = plainText(value);
    return text === '' ? null : text;
  }

  /** An identifier, exactly as it is. @throws {InvalidStripeObjectError} when it is missing, or holds what cannot be stored. */
  id(name: string): string {
    return this.idOrNull(name) ?? this.missing(name, 'text');
  }

  /** Id of another object, which may be there as text or expanded to the whole object. @throws {InvalidStripeObjectError} */
  idOrNull(name: string): string | null {
    const value = this.raw(name);
    if (isJsonObject(value)) return StripeObject.of(value, `${this.path}.${name}`).id('id');
    if (value === null || value === '') return null;
    if (typeof value !== 'string') return this.missing(name, 'text or null');
    return isStorableId(value) ? value : this.missing(name, 'an id without control characters and unpaired surrogates');
  }

  /**
   * A word that decides what happened to money: only one of those that are known here.
   * @throws {UnknownStripeValueError} for every other word, another type, or nothing.
   */
  word<Word extends string>(name: string, known: readonly Word[]): Word {
    const value = this.raw(name);
    const found = known.find((word) => word === value);
    if (found !== undefined) return found;
    throw new UnknownStripeValueError(`${this.path}.${name}`, value, known);
  }

  /** Like {@link word}, and null where there is nothing. */
  wordOrNull<Word extends string>(name: string, known: readonly Word[]): Word | null {
    return this.raw(name) === null ? null : this.word(name, known);
  }

  /** True or false where that decides what happened to money. @throws {UnknownStripeValueError} for anything else. */
  flag(name: string): boolean {
    const value = this.raw(name);
    if (typeof value === 'boolean') return value;
    throw new UnknownStripeValueError(`${this.path}.${name}`, value, ['true', 'false']);
  }

  /** A whole number that JSON carried exactly (I5). */
  integer(name: string): number {
    return this.integerOrNull(name) ?? this.missing(name, 'a whole number');
  }

  /** Like {@link integer}, and null where there is nothing. */
  integerOrNull(name: string): number | null {
    const value = this.raw(name);
    if (value === null) return null;
    return Number.isSafeInteger(value) ? (value as number) : this.missing(name, 'a whole number of at most 2^53 - 1');
  }

  /** A count, which is no money: 0 to 2^31 - 1, as facts carry it. Null where there is nothing. */
  countOrNull(name: string): number | null {
    const count = this.integerOrNull(name);
    if (count === null) return null;
    return count >= 0 && count <= largestCount ? count : this.missing(name, 'a count from 0 to 2147483647');
  }

  /** A time that Stripe tells in seconds since the epoch, as milliseconds. @throws {InvalidStripeObjectError} outside of 1970 to 9999. */
  timeMs(name: string): number {
    return this.timeMsOrNull(name) ?? this.missing(name, 'a time in seconds');
  }

  /** Like {@link timeMs}, and null where there is nothing. */
  timeMsOrNull(name: string): number | null {
    const seconds = this.integerOrNull(name);
    if (seconds === null) return null;
    return seconds >= 0 && seconds <= latestSecond ? seconds * 1000 : this.missing(name, 'a time between 1970 and 9999 in seconds');
  }

  /** @throws {InvalidStripeObjectError} when it is not true or false. */
  boolean(name: string): boolean {
    const value = this.raw(name);
    return typeof value === 'boolean' ? value : this.missing(name, 'true or false');
  }

  /** An embedded object; null where there is none. @throws {InvalidStripeObjectError} for anything else. */
  objectOrNull(name: string): StripeObject | null {
    const value = this.raw(name);
    return value === null ? null : StripeObject.of(value, `${this.path}.${name}`);
  }

  /** An embedded object. @throws {InvalidStripeObjectError} when there is none. */
  object(name: string): StripeObject {
    return StripeObject.of(this.raw(name), `${this.path}.${name}`);
  }

  /** Ids in a plain array, each as text or expanded to the whole object; none when it is missing. @throws {InvalidStripeObjectError} */
  ids(name: string): string[] {
    const path = `${this.path}.${name}`;
    const given = this.raw(name) ?? [];
    if (!Array.isArray(given)) throw wrong(path, 'a list', given);
    return given.map((_, index) => new StripeObject(given as unknown as JsonObject, path).id(String(index)));
  }

  /** Elements of an embedded list (`{object: "list", data: [...]}`); none when it is not embedded. */
  listOf(name: string): StripeObject[] {
    const data = this.objectOrNull(name)?.raw('data') ?? [];
    return this.elements(data, `${this.path}.${name}.data`);
  }

  /** Elements of a plain array; none when it is missing. */
  arrayOf(name: string): StripeObject[] {
    return this.elements(this.raw(name) ?? [], `${this.path}.${name}`);
  }

  /**
   * Stripe metadata: text to text, keys and values normalised. A key that is blank after that is left out; of two keys that become the same
   * one, the one that was written that way stays. Every key is an own property, also `__proto__` and `constructor`.
   */
  metadata(): Record<string, string> {
    const given = Object.entries(this.objectOrNull('metadata')?.fields ?? {});
    const bad = given.find(([, value]) => typeof value !== 'string');
    if (bad) throw wrong(`${this.path}.metadata.${plainText(bad[0]).slice(0, 40)}`, 'text', bad[1]);
    const plain = new Map<string, string>();
    for (const [key, value] of given as [string, string][]) {
      const name = plainText(key);
      if (name !== '' && (name === key || !plain.has(name))) plain.set(name, plainText(value));
    }
    return Object.fromEntries(plain);
  }

  /** Names of the fields. */
  names(): string[] {
    return Object.keys(this.fields);
  }

  private elements(data: unknown, path: string): StripeObject[] {
    if (!Array.isArray(data)) throw wrong(path, 'a list', data);
    return data.map((item: unknown, index) => StripeObject.of(item, `${path}[${index}]`));
  }

  private missing(name: string, expected: string): never {
    throw wrong(`${this.path}.${name}`, expected, this.raw(name));
  }
}

/** Whether a value is a JSON object: no list, not null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Says the kind of what was there, never its value: it may be personal data (I8). */
function wrong(path: string, expected: string, got: unknown): InvalidStripeObjectError {
  return new InvalidStripeObjectError(`reading a Stripe object: ${path} should be ${expected}, there is ${kindOf(got)}`, {
    path,
    expected,
  });
}

function kindOf(got: unknown): string {
  if (got === null || got === undefined) return 'nothing';
  return Array.isArray(got) ? 'a list' : `a value of type ${typeof got}`;
}
