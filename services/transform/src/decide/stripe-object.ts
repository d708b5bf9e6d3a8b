import { InvalidStripeObjectError } from './errors.js';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads fields of a Stripe object and says exactly which one is not as promised. Unknown fields are none of its business:
 * Stripe adds fields, and reorders them, without a new version (docs/reference/stripe.md section 1).
 * An absent field and `null` are the same thing; empty text is no text.
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

  /** The field as it is. */
  raw(name: string): unknown {
    return this.fields[name] ?? null;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.fields, name);
  }

  text(name: string): string {
    return this.textOrNull(name) ?? this.missing(name, 'text');
  }

  textOrNull(name: string): string | null {
    const value = this.raw(name);
    if (value === null || value === '') return null;
    return typeof value === 'string' ? value : this.missing(name, 'text or null');
  }

  /** A whole number that JSON carried exactly (I5). */
  integer(name: string): number {
    return this.integerOrNull(name) ?? this.missing(name, 'a whole number');
  }

  integerOrNull(name: string): number | null {
    const value = this.raw(name);
    if (value === null) return null;
    return Number.isSafeInteger(value) ? (value as number) : this.missing(name, 'a whole number of at most 2^53 - 1');
  }

  boolean(name: string): boolean {
    const value = this.raw(name);
    return typeof value === 'boolean' ? value : this.missing(name, 'true or false');
  }

  /** Id of another object, which may be there as text or expanded to the whole object. */
  idOrNull(name: string): string | null {
    const value = this.raw(name);
    return isJsonObject(value) ? StripeObject.of(value, `${this.path}.${name}`).text('id') : this.textOrNull(name);
  }

  objectOrNull(name: string): StripeObject | null {
    const value = this.raw(name);
    return value === null ? null : StripeObject.of(value, `${this.path}.${name}`);
  }

  /** Elements of an embedded list (`{object: "list", data: [...]}`); none when it is not embedded. */
  listOf(name: string): StripeObject[] {
    const data = this.objectOrNull(name)?.raw('data') ?? [];
    if (!Array.isArray(data)) throw wrong(`${this.path}.${name}.data`, 'a list', data);
    return data.map((item: unknown, index) => StripeObject.of(item, `${this.path}.${name}.data[${index}]`));
  }

  /** Stripe metadata: text to text. */
  metadata(): Record<string, string> {
    const entries = Object.entries(this.objectOrNull('metadata')?.fields ?? {});
    const bad = entries.find(([, value]) => typeof value !== 'string');
    if (bad) throw wrong(`${this.path}.metadata.${bad[0]}`, 'text', bad[1]);
    return Object.fromEntries(entries) as Record<string, string>;
  }

  /** Names of the fields. */
  names(): string[] {
    return Object.keys(this.fields);
  }

  private missing(name: string, expected: string): never {
    throw wrong(`${this.path}.${name}`, expected, this.raw(name));
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Says the kind of what was there, never its value: it may be personal data (I8). */
function wrong(path: string, expected: string, got: unknown): InvalidStripeObjectError {
  const kind = got === null || got === undefined ? 'nothing' : Array.isArray(got) ? 'a list' : `a value of type ${typeof got}`;
  return new InvalidStripeObjectError(`reading a Stripe object: ${path} should be ${expected}, there is ${kind}`, { path, expected });
}
