/**
 * Text that PostgreSQL can store. Its text and jsonb refuse U+0000 and unpaired surrogates, which JSON from elsewhere may carry. Such a
 * code unit is written as U+FDD0 (a code point that Unicode reserves for internal use) and four hex digits, so every text is read back
 * exactly as it was.
 */
export function toStorable(text: string): string {
  return mayNeedEscape.test(text) ? text.replace(unstorable, (unit) => `${escape}${hex(unit)}`) : text;
}

/**
 * A name of a property as the ledger stores it: no character that JSON writes with a backslash. V8 13.6 (Node 24) can read a name with such
 * an escape as another name (`"\\n"` as a backslash) when an earlier object had that other name at the same place.
 */
export function toStorableName(name: string): string {
  return nameMayNeedEscape.test(name) ? name.replace(unstorableInName, (unit) => `${escape}${hex(unit)}`) : name;
}

/** The inverse of {@link toStorable} and {@link toStorableName}. */
export function fromStorable(text: string): string {
  return text.includes(escape) ? text.replace(escaped, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))) : text;
}

/** A stored text as people read it: what PostgreSQL could not store is shown as U+FFFD. */
export function toShown(text: string): string {
  const given = fromStorable(text);
  return given === text ? text : given.replace(unstorable, '\ufffd');
}

const escape = '\ufdd0';
// Without the u flag a surrogate pair is two code units: an unpaired one is one without its other half beside it.
const unit = '[\\0\\ufdd0]|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';
// Nearly every text has no such code unit, nor half of a pair, and seeing that is faster than looking for unpaired ones.
const mayNeedEscape = /[\0\ufdd0\ud800-\udfff]/;
const nameMayNeedEscape = /[\0-\x1f"\\\ufdd0\ud800-\udfff]/;
const unstorable = new RegExp(unit, 'g');
const unstorableInName = new RegExp(`${unit}|[\\x01-\\x1f"\\\\]`, 'g');
const escaped = /\ufdd0([0-9a-f]{4})/g;

function hex(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, '0');
}
