/**
 * Text of Stripe as every store and expression can hold it. Users type into names, descriptions and metadata, and JSON can carry what UTF-8,
 * PostgreSQL and an ERP form cannot: U+0000, other control characters, half of a surrogate pair (docs/reference/stripe.md section 7).
 *
 * - tabs and line breaks become a space, because the fields of ERP documents are single lines; all other control characters go
 * - unpaired surrogates go
 * - Unicode normalisation form C, so that equal text has equal characters
 * - no white space at both ends
 */
export function plainText(text: string): string {
  if (isPlainAscii(text)) return text.trim();
  return text.replace(lineSpace, ' ').replace(unstorable, '').normalize('NFC').trim();
}

/** Whether an id can be kept as it is. Ids are compared and looked up byte for byte, so they are refused rather than changed. */
export function isStorableId(text: string): boolean {
  return isPlainAscii(text) || (text.search(lineSpace) < 0 && text.search(unstorable) < 0);
}

const lineSpace = /\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g;
/** Control characters (C0, DEL, C1) and unpaired surrogates; a paired one is not Cs under the `u` flag. */
const unstorable = /[\p{Cc}\p{Cs}]/gu;

/** Nearly all text is; it needs no change but trimming. */
function isPlainAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}
