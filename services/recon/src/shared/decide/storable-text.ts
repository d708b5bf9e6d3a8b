import { shortReference } from '@tributary/domain';

/** Longest stored text of a customer, an error or a description, characters. */
export const longestText = 2_000;
/** Longest id, code or key that is stored in full, characters: a PostgreSQL index entry has at most about 2,700 bytes. */
const longestId = 500;
const hashLength = 16;
const replacement = '\uFFFD';
/** Characters that PostgreSQL's text and jsonb cannot hold: NUL and unpaired surrogates. */
const unstorable = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Whether PostgreSQL can hold the text unchanged. */
export function isStorable(text: string): boolean {
  return text.search(unstorable) === -1;
}

/** Text that PostgreSQL can hold: every other character is replaced by U+FFFD, and a long text is cut with a note that says so. */
export function storableText(text: string, longest = longestText): string {
  const kept = text.replace(unstorable, replacement);
  if (kept.length <= longest) return kept;
  return `${kept.slice(0, longest).replace(unstorable, replacement)}… (cut: ${text.length} characters)`;
}

/** An id that PostgreSQL can hold and index. A long id keeps its beginning and gets a hash, so that two long ids stay different. */
export function storableId(text: string): string {
  const kept = text.replace(unstorable, replacement);
  if (kept.length <= longestId && kept === text) return text;
  return `${kept.slice(0, longestId).replace(unstorable, replacement)}#${shortReference(text, hashLength)}`;
}

/** Headers and references as JSON text that jsonb can hold. */
export function storableJson(record: Readonly<Record<string, string>>, longest = longestText): string {
  const entries = Object.entries(record).map(([name, value]) => [storableText(name, longest), storableText(String(value), longest)]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** 0001-01-01 and 9999-12-31. */
const earliestMs = -62_135_596_800_000;
const latestMs = Date.UTC(9999, 11, 31);

/**
 * A time that PostgreSQL and ISO 8601 with four-digit years can hold. A time outside that range becomes the nearest limit; a value that is
 * not a time becomes `fallback`.
 */
export function storableTime(ms: number, fallback: Date): Date {
  if (Number.isNaN(ms)) return fallback;
  return new Date(Math.min(Math.max(ms, earliestMs), latestMs));
}

/** A time of the database as ISO 8601; null when it is not a finite, valid time (`infinity`, an invalid date). */
export function isoTime(value: unknown): string | null {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : null;
}
