/** A calendar day, `2026-11-21`. */
type Day = string;

/** The calendar day of an instant in a time zone; '' for what is no instant. */
export function dayIn(iso: string | null, zone: string): Day {
  const ms = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(ms) ? '' : dayOf(ms, zone);
}

/** The instant at which a calendar day begins in a time zone, ISO 8601; undefined for what is no day. */
export function startOfDay(day: Day, zone: string): string | undefined {
  const utc = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(utc)) return undefined;
  // Twice: the offset at the guess may be that of before or after a change of the clocks.
  const guess = utc - offsetMs(utc, zone);
  return new Date(utc - offsetMs(guess, zone)).toISOString();
}

function dayOf(ms: number, zone: string): Day {
  const { year, month, day } = partsOf(ms, zone);
  return `${year}-${month}-${day}`;
}

/** How much later it is on the clocks of a zone than in UTC, ms. */
function offsetMs(ms: number, zone: string): number {
  const { year, month, day, hour, minute, second } = partsOf(ms, zone);
  const shown = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return shown - Math.floor(ms / 1_000) * 1_000;
}

function partsOf(ms: number, zone: string): Readonly<Record<string, string>> {
  const two = '2-digit' as const;
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: two, day: two, hour: two, minute: two, second: two },
  });
  return Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, type === 'year' ? value.padStart(4, '0') : value]));
}
