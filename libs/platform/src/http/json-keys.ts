/** Deepest nesting of a JSON body that is parsed. The bodies in proof/fixtures/stripe have at most 11 levels. */
export const maxJsonDepth = 64;

/** Up to so many keys of an object are compared one by one, which is faster than a Set; the time for more must not grow with their square. */
const mostCompared = 128;
/** As many as all objects can have that are open at once. */
const mostKnown = mostCompared * maxJsonDepth;

/** Hash, begin and end of each known key. Arrays of this kind, made once, cost a third of the whole scan less than lists of each text's own. */
const [hashes, begins, ends] = [new Int32Array(mostKnown), new Int32Array(mostKnown), new Int32Array(mostKnown)];

/** Of the keys of each object that is open: 256 bits, by hash. A key whose bit is not set is new, which spares comparing it with the others. */
const wordsOfFilter = 8;
const filters = new Int32Array(wordsOfFilter * maxJsonDepth);

/**
 * The keys that were read so far of all objects of a JSON text (UTF-8) that are open at once, those of an inner object behind those of an outer
 * one. They are compared by a hash of their bytes first, so that none is decoded while all differ. One text at a time: nothing is awaited while
 * it is read.
 */
export class JsonKeys {
  /** How many keys there are: the place of the first key of an object that begins now. */
  private known = 0;
  /** The filter of the innermost object that is open. */
  private filter = -wordsOfFilter;
  /** All keys of an object once they are many, by the place of its first key. */
  private many: Map<number, Set<string>> | undefined;

  constructor(private readonly json: Buffer) {}

  /** An object begins, at most `maxJsonDepth` within each other. @returns the place of its first key. */
  open(): number {
    this.filter += wordsOfFilter;
    for (let nr = this.filter; nr < this.filter + wordsOfFilter; nr += 1) filters[nr] = 0;
    return this.known;
  }

  /** Forgets the keys of the object whose first key has this place: it ends. */
  forget(first: number): void {
    this.known = first;
    this.filter -= wordsOfFilter;
    this.many?.delete(first);
  }

  /** Whether the object has no such key before. It has it from now on. `hash`: of the bytes between the two offsets, by {@link nextHash}. */
  isNew(first: number, begin: number, end: number, hash: number, escaped: boolean): boolean {
    const compared = escaped ? Buffer.from(this.decoded(begin, end), 'utf8').reduce(nextHash, 0) : hash;
    const { known } = this;
    if (known - first >= mostCompared) return this.isNewAmongMany(first, this.decoded(begin, end));
    const word = this.filter + ((compared >>> 5) & (wordsOfFilter - 1));
    const bit = 1 << (compared & 31);
    if (((filters[word] as number) & bit) !== 0 && this.isAmong(first, begin, end, compared)) return false;
    filters[word] = (filters[word] as number) | bit;
    hashes[known] = compared;
    begins[known] = begin;
    ends[known] = end;
    this.known += 1;
    return true;
  }

  private isAmong(first: number, begin: number, end: number, hash: number): boolean {
    for (let nr = first; nr < this.known; nr += 1) if (hashes[nr] === hash && this.key(nr) === this.decoded(begin, end)) return true;
    return false;
  }

  private isNewAmongMany(first: number, key: string): boolean {
    this.many ??= new Map();
    const keys = this.many.get(first) ?? new Set(Array.from({ length: this.known - first }, (_, nr) => this.key(first + nr)));
    this.many.set(first, keys);
    const before = keys.size;
    return keys.add(key).size > before;
  }

  private key(nr: number): string {
    return this.decoded(begins[nr] as number, ends[nr] as number);
  }

  /** The key between two offsets, unescaped. Escapes that are none stay as they are written: the text is no JSON then. */
  private decoded(begin: number, end: number): string {
    const written = this.json.toString('utf8', begin, end);
    if (!written.includes('\\')) return written;
    try {
      return JSON.parse(`"${written}"`) as string;
    } catch {
      return written;
    }
  }
}

/** The hash of bytes, which is 0 for none, and one more byte. */
export function nextHash(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}
