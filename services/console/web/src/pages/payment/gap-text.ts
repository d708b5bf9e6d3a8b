import { counted } from '../../format/text.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Shorter waits between two steps are usual. */
const longWait = 10 * minute;

/** How long nothing happened between two instants, in words; undefined for a usual wait, and where a time is not known. */
export function gapText(before: string | null, after: string | null): string | undefined {
  const ms = Date.parse(after ?? '') - Date.parse(before ?? '');
  if (!(ms >= longWait)) return undefined;
  if (ms < hour) return counted(Math.floor(ms / minute), 'minute');
  if (ms < day) return counted(Math.floor(ms / hour), 'hour');
  return counted(Math.floor(ms / day), 'day');
}
