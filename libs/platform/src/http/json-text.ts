import { JsonKeys, maxJsonDepth, nextHash } from './json-keys.js';

/** Why a JSON text is not parsed; `at` is the offset, in bytes, of the key that stands a second time in its object. */
export type JsonTextFault = { readonly fault: 'nested' } | { readonly fault: 'repeated-key'; readonly at: number };

const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
const blank = 0x20;
const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
/** Instead of the place of an object's first key: this is an array. */
const noKeys = -1;

/**
 * What two readers of a JSON text could see differently, or by recursion without end, found in one pass before it is parsed: nesting deeper than
 * a limit, or a key that stands twice in one object (`"a"` and `"\u0061"` are the same key). Nothing in a string counts as a bracket or a key.
 * @param maxDepth up to `maxJsonDepth`.
 * @param json in UTF-8: bytes are read several times faster than the characters of a string. What is no JSON may give any answer, as whoever
 *   parses it refuses it.
 */
export function findJsonTextFault(json: Buffer, maxDepth: number): JsonTextFault | undefined {
  const keys = new JsonKeys(json);
  const { length } = json;
  const limit = Math.min(maxDepth, maxJsonDepth);
  /** Of what is open, from outside: the place of an object's first key. */
  const open: number[] = [];
  let depth = 0;
  let first = noKeys;
  /** Whether the next string is a key of the innermost object. */
  let keyNext = false;
  for (let at = 0; at < length; at += 1) {
    const code = json[at] as number;
    if (code <= blank) continue;
    if (code === quote) {
      const begin = at + 1;
      let hash = 0;
      let escaped = false;
      for (at = begin; at < length; at += 1) {
        const within = json[at] as number;
        if (within === quote) break;
        if (within === backslash) {
          escaped = true;
          at += 1;
        }
        hash = nextHash(hash, within);
      }
      if (keyNext && !keys.isNew(first, begin, at, hash, escaped)) return { fault: 'repeated-key', at: begin - 1 };
      keyNext = false;
    } else if (code === comma) keyNext = first !== noKeys;
    else if (code === openObject || code === openArray) {
      if (depth === limit) return { fault: 'nested' };
      first = code === openObject ? keys.open() : noKeys;
      keyNext = first !== noKeys;
      open[depth] = first;
      depth += 1;
    } else if (code === closeObject || code === closeArray) {
      if (first !== noKeys) keys.forget(first);
      depth = Math.max(0, depth - 1);
      first = depth > 0 ? (open[depth - 1] as number) : noKeys;
      keyNext = false;
    }
  }
  return undefined;
}
