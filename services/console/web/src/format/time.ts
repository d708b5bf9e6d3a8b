import { currentFormats } from './company-format.js';
import { visibleText } from './text.js';

/** Time of day of an ISO 8601 instant, in the time zone of the company, else of the reader. */
export function timeOf(iso: string | null | undefined): string {
  return formatted(iso, currentFormats().clock);
}

/** Calendar day of an ISO 8601 instant, in the time zone of the company, else of the reader. */
export function dateOf(iso: string | null | undefined): string {
  return formatted(iso, currentFormats().day);
}

/** Calendar day and time of day of an ISO 8601 instant, in the time zone of the company, else of the reader. */
export function instantOf(iso: string | null | undefined): string {
  const date = dateOf(iso);
  return instantFrom(iso) === undefined ? date : `${date}, ${timeOf(iso)}`;
}

/** Value for `<time dateTime>`; undefined for an invalid instant, so that no program reads a wrong time. */
export function instantFrom(iso: string | null | undefined): string | undefined {
  return iso !== null && iso !== undefined && !Number.isNaN(Date.parse(iso)) ? new Date(iso).toISOString() : undefined;
}

function formatted(iso: string | null | undefined, format: Intl.DateTimeFormat): string {
  if (iso === null || iso === undefined || iso === '') return 'time not known';
  const instant = Date.parse(iso);
  return Number.isNaN(instant) ? `not a time: ${visibleText(iso, 40)}` : format.format(instant);
}
