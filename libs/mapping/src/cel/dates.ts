const formats = new Map<string, Intl.DateTimeFormat>();

/** Since 1972, time zones change their offset, and days begin, only at whole quarters of an hour in UTC, everywhere. */
const quarterMs = 900_000n;
const since = 63_072_000_000n; // 1972-01-01
const maxDays = 4_096;
/** Cache, `<quarter> <zone>` -> day: Intl takes longer than the rest of a document, and facts that arrive together have similar times. */
const days = new Map<string, string>();

/** The calendar day of a time (ms since the epoch) in a time zone: `2026-09-01`. */
export function calendarDate(timeMs: bigint, zone: string): string {
  if (timeMs < since) return dateText(timeMs, 'yyyy-MM-dd', zone);
  const quarter = `${timeMs / quarterMs} ${zone}`;
  const known = days.get(quarter);
  if (known !== undefined) return known;
  const day = dateText(timeMs, 'yyyy-MM-dd', zone);
  if (days.size >= maxDays) days.clear();
  days.set(quarter, day);
  return day;
}

/** Replaces yyyy MM dd HH mm ss in the format with the parts of the time in the zone. */
export function dateText(timeMs: bigint, format: string, zone: string): string {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(new Date(Number(timeMs)))
      .map(({ type, value }) => [type, value]),
  );
  const values: Readonly<Record<string, string | undefined>> = {
    yyyy: parts.year,
    MM: parts.month,
    dd: parts.day,
    HH: parts.hour,
    mm: parts.minute,
    ss: parts.second,
  };
  return format.replace(/yyyy|MM|dd|HH|mm|ss/g, (part) => values[part] ?? part);
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const two = '2-digit';
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  formats.set(zone, made);
  return made;
}
