import type { AssetFunction } from './asset-function.js';
import { calendarDate, dateText } from './dates.js';
import { isNothing } from './is-nothing.js';

/** Asset functions for times and dates. */
export const dateFunctions: readonly AssetFunction[] = [
  {
    name: 'date',
    signatures: ['date(int): Date', 'date(int, string): Date'],
    description: 'The calendar day of a time (ms), in the time zone of the profile or the one given.',
    handler: (scope) => (time, zone) => (isNothing(time) ? null : calendarDate(time as bigint, (zone as string) ?? scope.profile.timeZone)),
  },
  {
    name: 'dateText',
    signatures: ['dateText(int, string, string): string'],
    description: 'A time (ms) as text: format of yyyy MM dd HH mm ss, and a time zone.',
    handler: () => (time, format, zone) => (isNothing(time) ? null : dateText(time as bigint, format as string, zone as string)),
  },
  {
    name: 'factVersion',
    signatures: ['factVersion(int, int): int'],
    description: 'Version of a fact for upserts: seconds of its time (ms), times 10, plus the rank among facts of one second.',
    handler: () => (time, rank) => ((time as bigint) / 1000n) * 10n + (rank as bigint),
  },
  {
    name: 'noonOf',
    signatures: ['noonOf(string): int'],
    description:
      'Noon UTC of a calendar day (YYYY-MM-DD) as a time (ms), so that date() gives that day in every zone from UTC-12 to UTC+11.',
    handler: () => (day) => (isNothing(day) ? null : BigInt(Date.parse(`${day as string}T12:00:00Z`))),
  },
];
