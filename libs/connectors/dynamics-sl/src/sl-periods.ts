/**
 * The fiscal period `YYYYPP` of a date, for years of twelve calendar months. A year that does not begin in January is named by the calendar year
 * in which it ends. Years of thirteen periods need the period from the mapping.
 * Source: docs/reference/dynamics-sl.md section 4 (PP is the fiscal period). Assumed: the name of the year.
 * @param date `YYYY-MM-DD`.
 * @param starts first calendar month of the fiscal year, 1 to 12; undefined: the period is not ours to say.
 */
export function fiscalPeriodOf(date: string, starts: number | undefined): string | undefined {
  const [, year, month] = /^(\d{4})-(\d{2})-\d{2}$/.exec(date) ?? [];
  if (starts === undefined || year === undefined) return undefined;
  const since = (Number(month) - starts + 12) % 12;
  const ends = starts > 1 && Number(month) >= starts ? Number(year) + 1 : Number(year);
  return `${ends}${String(since + 1).padStart(2, '0')}`;
}
