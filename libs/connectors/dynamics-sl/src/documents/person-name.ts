/**
 * Names of persons may be stored as `Last~First`. Source: docs/reference/dynamics-sl.md section 5.1.
 */

/** A stored name as people read it: `Lovelace~Ada` is `Ada Lovelace`. */
export function shownName(stored: string): string {
  const [last = '', first] = stored.split('~');
  return first === undefined ? stored : `${first} ${last}`.trim();
}

/** A name as it is stored beside an existing one: turned round where that is, so that SL goes on sorting by family name. */
export function storedName(name: string, before: string): string {
  if (!before.includes('~') || name.includes('~')) return name;
  const [, first, last] = /^(.*)\s+(\S+)$/.exec(name.trim()) ?? [];
  return first === undefined || last === undefined ? name : `${last}~${first}`;
}

/** Whether two names are the same to a reader: in either form, without regard to case and white space. */
export function sameName(one: string, other: string): boolean {
  return comparable(one) !== '' && comparable(one) === comparable(other);
}

function comparable(text: string): string {
  return shownName(text).normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
