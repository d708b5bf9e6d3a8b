import { JsonKeys, maxJsonDepth, nextHash } from '@tributary/platform';
import { JsonFault } from './json-fault.js';
import { backslash, blank, end, JsonTokens, minus, nine, quote, zero } from './json-tokens.js';

/** Which fields of an object are read, by name; those of a field's own object within. */
export interface WantedFields {
  readonly [name: string]: WantedFields;
}

/** Wanted fields with the hashes of their names, so that most keys are told apart without being decoded. */
export interface Fields {
  readonly names: readonly string[];
  readonly hashes: readonly number[];
  readonly within: readonly Fields[];
}

/**
 * Prepares wanted fields for {@link readFields}.
 * @throws Error for two names of one object that have the same hash: the second would never be found.
 */
export function fieldsOf(wanted: WantedFields): Fields {
  const names = Object.keys(wanted);
  const hashes = names.map((name) => Buffer.from(name).reduce(nextHash, 0));
  if (new Set(hashes).size < names.length) throw new Error(`two of these names have the same hash: ${names.join(', ')}`);
  return { names, hashes, within: Object.values(wanted).map(fieldsOf) };
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

/** Recursive descent, which ends at `maxJsonDepth`. */
class Reader extends JsonTokens {
  private depth = 0;
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

  private value(fields: Fields | undefined): unknown {
    const code = this.next();
    if (code === quote) return this.text(fields !== undefined);
    if (code === openObject) return this.object(fields);
    if (code === openArray) return this.array(fields !== undefined);
    if (code === minus || (code >= zero && code <= nine)) return this.number(fields !== undefined);
    return this.literal();
  }

  private object(fields: Fields | undefined): unknown {
    this.enter();
    const made: Record<string, unknown> | undefined = fields && {};
    const first = this.keys.known;
    let code = this.next();
    if (code !== closeObject) {
      for (;;) {
        if (code !== quote) throw this.noJson();
        const nr = this.key(first, fields);
        if (this.next() !== colon) throw this.noJson();
        this.at += 1;
        const value = this.value(nr < 0 ? undefined : fields?.within[nr]);
        if (nr >= 0 && made) made[fields?.names[nr] as string] = value;
        code = this.next();
        if (code === closeObject) break;
        if (code !== comma) throw this.noJson();
        this.at += 1;
        code = this.next();
      }
    }
    this.keys.forget(first);
    this.leave();
    return made;
  }

  private array(wanted: boolean): unknown[] | undefined {
    this.enter();
    if (this.next() !== closeArray) {
      for (;;) {
        this.value(undefined);
        const code = this.next();
        if (code === closeArray) break;
        if (code !== comma) throw this.noJson();
        this.at += 1;
      }
    }
    this.leave();
    return wanted ? [] : undefined;
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

  /** Reads a key and finds which of the wanted fields it names; -1 for none. */
  private key(first: number, fields: Fields | undefined): number {
    const { json, length } = this;
    const begin = this.at + 1;
    let at = begin;
    let hash = 0;
    let escaped = false;
    for (; at < length; at += 1) {
      const code = json[at] as number;
      if (code === quote || code < blank) break;
      if (code === backslash) {
        escaped = true;
        at = this.escape(at);
      }
      hash = nextHash(hash, code);
    }
    if (at >= length || json[at] !== quote) throw new JsonFault('no-json', at);
    this.at = at + 1;
    if (!this.keys.isNew(first, begin, at, hash, escaped)) throw new JsonFault('repeated-key', begin - 1);
    if (fields === undefined || fields.names.length === 0) return -1;
    if (escaped) return fields.names.indexOf(this.decoded(begin, at, true) as string);
    const nr = fields.hashes.indexOf(hash);
    return nr >= 0 && fields.names[nr] === json.toString('latin1', begin, at) ? nr : -1;
  }
}
