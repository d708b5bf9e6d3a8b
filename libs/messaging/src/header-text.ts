import { createHash } from 'node:crypto';
import { headers as names } from '@tributary/contracts';

/** Longest id (event, sequence, record key, order) in UTF-8 bytes: fits into an index of PostgreSQL with room for other columns. */
export const maxIdBytes = 1_000;
/** Longest other header as text, in UTF-16 units. */
export const maxHeaderLength = 16_384;
/** Bytes of one UTF-16 unit in UTF-8, at most. */
const mostBytesPerUnit = 3;
/** Readable part of an id that is too long, in UTF-16 units. */
const readableIdUnits = 100;

/** Headers that are compared, indexed or used as keys: cutting one must not make two of them equal. */
const idHeaders: ReadonlySet<string> = new Set([names.id, names.sequence, names.sourceEvent, names.order]);

/** Text of any origin as text that UTF-8, JSON and PostgreSQL can hold: U+0000 and unpaired surrogates become U+FFFD. */
export function storableText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\u0000') ? wellFormed.replaceAll('\u0000', '\uFFFD') : wellFormed;
}

/** Storable text of at most `maxLength` UTF-16 units; a cut text ends in a mark with its original length. */
export function boundedText(text: string, maxLength: number): string {
  const storable = storableText(text);
  if (storable.length <= maxLength) return storable;
  const mark = `… [cut, ${storable.length} characters]`;
  return firstUnits(storable, Math.max(0, maxLength - mark.length)) + mark;
}

/** Storable text that identifies something. Beyond {@link maxIdBytes} a hash stands for the rest, so different ids stay different. */
export function idText(text: string): string {
  const storable = storableText(text);
  if (storable.length * mostBytesPerUnit <= maxIdBytes || Buffer.byteLength(storable) <= maxIdBytes) return storable;
  const hash = createHash('sha256').update(storable).digest('hex');
  return `${firstUnits(storable, readableIdUnits)}… [cut, sha256 ${hash}]`;
}

/** The value of a header as handlers get it and publishers write it: ids by {@link idText}, everything else bounded. */
export function headerText(name: string, text: string): string {
  return idHeaders.has(name) ? idText(text) : boundedText(text, maxHeaderLength);
}

/** The longest prefix of at most `length` UTF-16 units that splits no surrogate pair. */
function firstUnits(text: string, length: number): string {
  const cut = text.slice(0, length);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
