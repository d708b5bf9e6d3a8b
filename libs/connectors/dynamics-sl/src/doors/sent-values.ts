import type { SlRow, SlValue } from '../sl-values.js';
import type { SlScreen } from './door.js';

const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Columns of dates; they are kept as `YYYY-MM-DD` until they are sent. */
const dates: ReadonlySet<string> = new Set(['DocDate', 'DueDate', 'TranDate', 'DateEnt', 'User7', 'User8']);

/** A screen as it is sent. @param form `us` writes dates as MM/DD/YYYY, `iso` as midnight of the day (docs/reference/dynamics-sl.md section 2.4). */
export function sentScreen(screen: SlScreen, form: 'us' | 'iso'): SlScreen {
  return Object.fromEntries(Object.entries(screen).map(([name, value]) => [name, sentPart(value, form)]));
}

function sentPart(value: SlScreen[string], form: 'us' | 'iso'): SlScreen[string] {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map((row: SlRow) => sentRow(row, form)) : sentRow(value as SlRow, form);
}

function sentRow(row: SlRow, form: 'us' | 'iso'): SlRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, dates.has(name) ? sentDate(value, form) : value]));
}

function sentDate(value: SlValue, form: 'us' | 'iso'): SlValue {
  const [, year, month, day] = typeof value === 'string' ? (isoDay.exec(value) ?? []) : [];
  if (year === undefined) return value;
  return form === 'us' ? `${month}/${day}/${year}` : `${year}-${month}-${day}T00:00:00`;
}
