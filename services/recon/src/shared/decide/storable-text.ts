import { shortReference } from '@tributary/domain';

/** Longest text of a customer, an error, a description that is kept, characters. */
export const longestText = 2_000;
/** Longest id, code or key that is kept whole: PostgreSQL indexes take about 2,700 bytes. */
const longestId = 500;
const hashLength = 16;
const replacement = '\uFFFD';
/** What PostgreSQL's text and jsonb cannot hold: NUL, and half of a surrogate pair. */
const unstorable = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Whether PostgreSQL can hold the text as it is. */
export function isStorable(text: string): boolean {
  return text.search(unstorable) === -1;
}

/** Text that PostgreSQL can hold: each character that it cannot hold is replaced by U+FFFD, and a long text is cut and says so. */
export function storableText(text: string, longest = longestText): string {
  const kept = text.replace(unstorable, replacement);
  if (kept.length <= longest) return kept;
  return `${kept.slice(0, longest).replace(unstorable, replacement)}… (cut: ${text.length} characters)`;
}

/** An id that PostgreSQL can hold and index. A very long one keeps its beginning and a hash, so that two long ids stay different. */
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

/** A time that PostgreSQL and ISO 8601 with four digits can hold; a time out of that range becomes its nearest end, no time `fallback`. */
export function storableTime(ms: number, fallback: Date): Date {
  if (Number.isNaN(ms)) return fallback;
  return new Date(Math.min(Math.max(ms, earliestMs), latestMs));
}

/** A time of the database as ISO 8601, or null where it has none (`infinity`, a broken date). */
export function isoTime(value: unknown): string | null {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : null;
}
