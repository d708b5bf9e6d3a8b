/** Longest delay that is taken from a `Retry-After`, ms: who says more is asked again after this long. */
export const longestRetryAfterMs = 600_000;

const deltaSeconds = /^\d+(\.\d+)?$/;
const weekday = '(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?';
const month = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const time = String.raw`\d\d:\d\d:\d\d`;
/** The preferred form of a date and the obsolete one of RFC 850. */
const datesInGmt = new RegExp(String.raw`^${weekday}, \d\d[ -]${month}[ -](\d{4}|\d\d) ${time} GMT$`);
/** The form of C's asctime(), which names no zone and means GMT. */
const dateWithoutZone = new RegExp(String.raw`^${weekday} ${month} [ \d]\d ${time} \d{4}$`);

/**
 * Reads the value of a `Retry-After` header: seconds, or a date in one of the three forms of HTTP (RFC 9110, sections 10.2.3 and 5.6.7).
 * @param now of the clock that the date is of, ms: best the `Date` of the same answer, so that a clock that is off changes nothing.
 * @returns ms from 0 (also for a date that is past) to {@link longestRetryAfterMs}; undefined for everything else.
 */
export function readRetryAfter(value: string | null | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  const ms = deltaSeconds.test(text) ? Number(text) * 1_000 : readHttpDate(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(Math.ceil(ms), 0), longestRetryAfterMs);
}

/** An HTTP date as ms since 1970; NaN for everything else. */
export function readHttpDate(text: string): number {
  if (datesInGmt.test(text)) return Date.parse(text);
  return dateWithoutZone.test(text) ? Date.parse(`${text} GMT`) : Number.NaN;
}
