import { PipelineError } from './errors/pipeline-error.js';
import { sha256Bytes } from './hash.js';

/** `<target>/<document kind>/<source object id>[/<part>]`: stable for ever, independent of mapping versions (DESIGN, keys). */
export type PostingKey = string & { readonly __brand: 'PostingKey' };

/** The parts of a posting key. */
export interface PostingKeyParts {
  /** One company in one ERP, or one Stripe account, by its name in the profiles. */
  readonly target: string;
  /** `customer`, `cash-receipt`, `cash-group`, ... */
  readonly kind: string;
  /** The id of the fact at its source, for example `ch_...`. */
  readonly sourceId: string;
  readonly part?: string;
}

/** A part of a posting key that cannot be one, or a text that is no posting key. */
export class PostingKeyError extends PipelineError {
  readonly code = 'posting.key-invalid';
  readonly disposition = 'reject';
}

const segment = /^[A-Za-z0-9_.:@+-]{1,255}$/;

/** @throws {PostingKeyError} when a part is empty, longer than 255 characters, or holds a slash or other characters than `A-Z a-z 0-9 _ . : @ + -`. */
export function postingKey(parts: PostingKeyParts): PostingKey {
  const segments = [parts.target, parts.kind, parts.sourceId, ...(parts.part === undefined ? [] : [parts.part])];
  const bad = segments.find((text) => !segment.test(text));
  if (bad !== undefined) throw new PostingKeyError(`making a posting key: "${bad}" cannot be a part of one`, { part: bad.slice(0, 80) });
  return segments.join('/') as PostingKey;
}

/** @throws {PostingKeyError} when the text is not a posting key. */
export function parsePostingKey(text: string): PostingKeyParts {
  const [target, kind, sourceId, part, ...rest] = text.split('/');
  if (!target || !kind || !sourceId || rest.length > 0 || part === '')
    throw new PostingKeyError(`reading posting key "${text.slice(0, 80)}": expected target/kind/id[/part]`);
  return part === undefined ? { target, kind, sourceId } : { target, kind, sourceId, part };
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford base 32: no I, L, O, U, so that people can read it aloud.

/**
 * A short reference for ERP fields that cannot hold the whole key: `length` characters of base 32 over SHA-256 of the key,
 * so 5 bits each (20 characters = 100 bits). Deterministic: the same key always gives the same reference.
 * @param length 8 to 50.
 */
export function shortReference(key: string, length: number): string {
  if (!Number.isInteger(length) || length < 8 || length > 50)
    throw new RangeError(`short reference of ${length} characters: 8 to 50 are possible`);
  let text = '';
  let bits = 0; // never more than 12 of them
  let count = 0;
  for (const byte of sha256Bytes(key)) {
    bits = ((bits << 8) | byte) & 0xfff;
    for (count += 8; count >= 5 && text.length < length; count -= 5) text += alphabet[(bits >> (count - 5)) & 31];
  }
  return text;
}
