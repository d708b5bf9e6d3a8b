/** How the company of the first target writes amounts and dates, as its profile says; null: not said. */
export interface CompanyFormat {
  /** Language tag, `de-DE`. */
  readonly locale: string | null;
  /** IANA time zone. */
  readonly timeZone: string | null;
}

/** Formats of numbers and instants. */
interface Formats {
  readonly whole: Intl.NumberFormat;
  readonly decimalSeparator: string;
  readonly clock: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
}

const unsaid: CompanyFormat = { locale: null, timeZone: null };
let formats = formatsOf(unsaid);

/**
 * Uses a company's format from now on. Without a locale, amounts are written in the English way, and dates as the reader's browser writes
 * them. A locale or a time zone that this browser does not know counts as not said.
 */
export function setCompanyFormat(format: CompanyFormat): void {
  try {
    formats = formatsOf(format);
  } catch {
    formats = formatsOf(unsaid);
  }
}

/** The formats in use. */
export function currentFormats(): Formats {
  return formats;
}

/** IANA name of the zone in which days and times are shown: that of the company, else of the reader. */
export function shownZone(): string {
  return formats.clock.resolvedOptions().timeZone;
}

/** Digits are Western ones in every locale: the same figure can be found in the ERP by its digits. */
function formatsOf({ locale, timeZone }: CompanyFormat): Formats {
  const numbers = locale ?? 'en';
  const parts = new Intl.NumberFormat(numbers, { numberingSystem: 'latn', minimumFractionDigits: 1 }).formatToParts(1.5);
  // A time of another zone than the reader's has to say so.
  const zone = locale === null || timeZone === null ? {} : { timeZone, timeZoneName: 'short' as const };
  const { timeZoneName: _name, ...dayZone } = { timeZoneName: undefined, ...zone };
  return {
    whole: new Intl.NumberFormat(numbers, { numberingSystem: 'latn', useGrouping: 'always' as unknown as boolean }),
    decimalSeparator: parts.find(({ type }) => type === 'decimal')?.value ?? '.',
    clock: new Intl.DateTimeFormat(locale ?? undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', ...zone }),
    day: new Intl.DateTimeFormat(locale ?? undefined, { year: 'numeric', month: 'short', day: 'numeric', ...dayZone }),
  };
}
