import { JsonKeys, maxJsonDepth, nextHash } from '@tributary/platform';
import { JsonFault } from './json-fault.js';
import { end, isPlain, JsonTokens, minus, nine, quote, zero } from './json-tokens.js';

/** Which fields of an object are read, by name; those of a field's own object within. */
export interface WantedFields {
  readonly [name: string]: WantedFields;
}

/** Wanted fields with the hashes of their names, so that most keys are told apart without being decoded. */
export interface Fields {
  readonly names: readonly string[];
  /** The names in UTF-8. */
  readonly bytes: readonly Buffer[];
  readonly hashes: readonly number[];
  readonly within: readonly Fields[];
}

/**
 * Prepares wanted fields for {@link readFields}.
 * @throws Error for two names of one object that have the same hash: the second would never be found.
 */
export function fieldsOf(wanted: WantedFields): Fields {
  const names = Object.keys(wanted);
  const bytes = names.map((name) => Buffer.from(name));
  const hashes = bytes.map((name) => name.reduce(nextHash, 0));
  if (new Set(hashes).size < names.length) throw new Error(`two of these names have the same hash: ${names.join(', ')}`);
  return { names, bytes, hashes, within: Object.values(wanted).map(fieldsOf) };
}

/**
 * Reads a JSON text in one pass: takes exactly the texts that `JSON.parse` takes, but for those that are nested deeper than `maxJsonDepth` or in
 * which a key stands twice in one object, and makes only what is wanted: of an object the wanted fields that it has, of an array an empty one,
 * of everything else its value. A webhook has about a hundred fields, of which ten are read: to make the others costs more than to check them.
 * @param json UTF-8.
 * @throws {JsonFault}
 */
export function readFields(json: Buffer, fields: Fields): unknown {
  return new Reader(json).whole(fields);
}

const [openArray, closeArray, openObject, closeObject, comma, colon] = [0x5b, 0x5d, 0x7b, 0x7d, 0x2c, 0x3a];

/** Recursive descent, which ends at `maxJsonDepth`. What nobody reads is passed by functions that make nothing: it is most of a body. */
class Reader extends JsonTokens {
  private depth = 0;
  /** Of the key that was passed last. */
  private hash = 0;
  private escaped = false;
  private begin = 0;
  private to = 0;
  private readonly keys: JsonKeys;

  constructor(json: Buffer) {
    super(json);
    this.keys = new JsonKeys(json);
  }

  whole(fields: Fields): unknown {
    const value = this.value(fields);
    if (this.next() !== end) throw this.noJson();
    return value;
  }

  private value(fields: Fields): unknown {
    const code = this.next();
    const begin = this.at;
    if (code === openObject) return this.object(fields);
    if (code === quote) return this.decoded(begin + 1, this.string());
    if (code === minus || (code >= zero && code <= nine)) {
      this.number();
      return Number(this.json.toString('latin1', begin, this.at));
    }
    if (code !== openArray) return this.literal(code);
    this.passArray();
    return [];
  }

  private pass(): void {
    const code = this.next();
    if (code === quote) this.string();
    else if (code === openObject) this.passObject();
    else if (code === openArray) this.passArray();
    else if (code === minus || (code >= zero && code <= nine)) this.number();
    else this.literal(code);
  }

  private object(fields: Fields): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    this.enter();
    const first = this.keys.open();
    for (let more = this.next() !== closeObject; more; more = this.goesOn(closeObject)) {
      const nr = this.wantedKey(first, fields);
      if (nr < 0) this.pass();
      else made[fields.names[nr] as string] = this.value(fields.within[nr] as Fields);
    }
    this.keys.forget(first);
    this.leave();
    return made;
  }

  private passObject(): void {
    this.enter();
    const first = this.keys.open();
    for (let more = this.next() !== closeObject; more; more = this.goesOn(closeObject)) {
      this.key(first);
      this.pass();
    }
    this.keys.forget(first);
    this.leave();
  }

  private passArray(): void {
    this.enter();
    for (let more = this.next() !== closeArray; more; more = this.goesOn(closeArray)) this.pass();
    this.leave();
  }

  /** Whether another member comes; `at` stays at the end of what is open, or behind the comma. */
  private goesOn(close: number): boolean {
    const code = this.next();
    if (code === close) return false;
    if (code !== comma) throw this.noJson();
    this.at += 1;
    return true;
  }

  private enter(): void {
    if (this.depth === maxJsonDepth) throw new JsonFault('nested', this.at);
    this.depth += 1;
    this.at += 1;
  }

  private leave(): void {
    this.depth -= 1;
    this.at += 1;
  }

  /** Passes a key and its colon, and finds which of the wanted fields it names; -1 for none. */
  private wantedKey(first: number, { names, bytes, hashes }: Fields): number {
    this.key(first);
    if (this.escaped) return names.indexOf(this.decoded(this.begin, this.to));
    const nr = hashes.indexOf(this.hash);
    return nr >= 0 && this.isKey(bytes[nr] as Buffer) ? nr : -1;
  }

  /** Whether the key that was passed last has these bytes. */
  private isKey(name: Buffer): boolean {
    const { json, begin } = this;
    if (this.to - begin !== name.length) return false;
    for (let nr = 0; nr < name.length; nr += 1) if (json[begin + nr] !== name[nr]) return false;
    return true;
  }

  /** Passes a key and its colon. */
  private key(first: number): void {
    if (this.next() !== quote) throw this.noJson();
    const { json, length } = this;
    const begin = this.at + 1;
    let hash = 0;
    let at = begin;
    for (; at < length; at += 1) {
      const code = json[at] as number;
      if (isPlain[code] === 0) break;
      hash = nextHash(hash, code);
    }
    const to = this.ended(at);
    const escaped = to !== at;
    if (!this.keys.isNew(first, begin, to, hash, escaped)) throw new JsonFault('repeated-key', begin - 1);
    this.hash = hash;
    this.escaped = escaped;
    this.begin = begin;
    this.to = to;
    if (this.next() !== colon) throw this.noJson();
    this.at += 1;
  }
}
