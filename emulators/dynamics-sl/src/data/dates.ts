/** SL's empty date: docs/reference/dynamics-sl.md section 2.3 [verified]. */
export const noDate = '1900-01-01T00:00:00';

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/**
 * A date of a request: `YYYY-MM-DD`, with a time, or `MM/DD/YYYY`. Dates have no zone (section 2.3 [verified]): one that is given is dropped, not
 * converted, and both forms are taken everywhere (assumed).
 * @returns undefined for anything else, and for days that do not exist.
 */
export function dateOf(value: unknown): string | undefined {
  const text = String(value).trim();
  if (text === '') return noDate;
  const [, year = '', month = '', day = '', time] = iso.exec(text) ?? [];
  if (year) return existing(year, month, day, time);
  const [, month2 = '', day2 = '', year2 = ''] = american.exec(text) ?? [];
  return year2 ? existing(year2, month2.padStart(2, '0'), day2.padStart(2, '0')) : undefined;
}

function existing(year: string, month: string, day: string, time = '00:00:00'): string | undefined {
  const date = `${year}-${month}-${day}`;
  const made = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(made.getTime()) || made.toISOString().slice(0, 10) !== date) return undefined;
  return `${date}T${time.length === 5 ? `${time}:00` : time}`;
}

/** The day of a date. */
export const dayOf = (value: unknown): string => String(value).slice(0, 10);

/**
 * The local time of the server, to the minute: audit columns are smalldatetime (assumed, as the samples have no seconds).
 */
export function localTime(nowMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(nowMs);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '00';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:00`;
}
