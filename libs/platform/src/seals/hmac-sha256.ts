import { createHash, createHmac, hash } from 'node:crypto';
import type { BinaryToTextEncoding, KeyObject } from 'node:crypto';

const [blockBytes, digestBytes] = [64, 32];
const [innerPad, outerPad] = [0x36, 0x5c];
const mostBytesPerUnit = 3;

/** Key, text and bytes of one code, one behind the other; used by one call at a time, which does not wait. */
const joined = Buffer.allocUnsafeSlow(65_536);

/**
 * HMAC-SHA256 (RFC 2104) of a text in UTF-8 and bytes behind it, as two calls of one-shot SHA-256. `createHmac` makes a native object for each
 * code, which costs more than the hashing of a webhook (docs/adr/0099). What does not fit into {@link joined} is left to it.
 */
export class HmacSha256 {
  private readonly inner = Buffer.alloc(blockBytes, innerPad);
  private readonly outer = Buffer.alloc(blockBytes + digestBytes, outerPad);

  constructor(private readonly key: KeyObject) {
    const given = key.export();
    const bytes = given.length > blockBytes ? createHash('sha256').update(given).digest() : given;
    for (const [at, byte] of bytes.entries()) {
      this.inner[at] = byte ^ innerPad;
      this.outer[at] = byte ^ outerPad;
    }
  }

  /** The code as text: `binary` has a character for each byte. */
  of(text: string, bytes: Uint8Array | null, encoding: BinaryToTextEncoding): string {
    const { inner, outer } = this;
    const rest = bytes?.length ?? 0;
    if (blockBytes + text.length * mostBytesPerUnit + rest > joined.length) return this.ofMuch(text, bytes, encoding);
    joined.set(inner);
    const at = blockBytes + joined.write(text, blockBytes);
    if (bytes) joined.set(bytes, at);
    outer.write(hash('sha256', joined.subarray(0, at + rest), 'binary'), blockBytes, 'binary');
    return hash('sha256', outer, encoding);
  }

  private ofMuch(text: string, bytes: Uint8Array | null, encoding: BinaryToTextEncoding): string {
    const code = createHmac('sha256', this.key).update(text);
    return (bytes ? code.update(bytes) : code).digest(encoding);
  }
}

const prepared = new WeakMap<KeyObject, HmacSha256>();

/** The codes under a key, prepared at its first use. */
export function hmacSha256(key: KeyObject): HmacSha256 {
  let known = prepared.get(key);
  if (!known) prepared.set(key, (known = new HmacSha256(key)));
  return known;
}
