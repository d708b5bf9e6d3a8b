import type { ErpDocument, ErpPeriod } from '@tributary/connector-kit';
import type { KineticDating } from './documents/document-kind.js';
import type { KineticClient } from './kinetic-client.js';
import { odataText } from './kinetic-dataset.js';
import type { KineticConfig } from './kinetic.config.js';
import { allowed } from './kinetic-errors.js';
import type { KineticRow } from './kinetic-json.js';
import { textOf } from './kinetic-json.js';

const day = (row: KineticRow, column: string): string => textOf(row[column]).slice(0, 10);

/**
 * The fiscal periods of the book. A period that lies before the earliest apply date of accounts receivable is closed; the one in which that date
 * lies is open from it on.
 * Source: docs/reference/epicor-kinetic.md section 6.9. Assumed: `AR` as code of the earliest apply date; where we may not read it, only the
 *         periods count.
 */
export async function readPeriods(client: KineticClient, { book }: KineticConfig, signal: AbortSignal): Promise<ErpPeriod[]> {
  const filter = `BookID eq ${odataText(book)} and CloseFiscalPeriod eq 0`;
  const query = { filter, select: ['StartDate', 'EndDate', 'ClosedPeriod'], orderBy: 'StartDate' };
  const rows = await client.rows('Erp.BO.GLBookPerSearchSvc', 'GLBookPerSearches', query, signal);
  const earliest = await earliestApplyDate(client, signal);
  return rows.flatMap((row) => {
    const [from, to, open] = [day(row, 'StartDate'), day(row, 'EndDate'), row.ClosedPeriod !== true];
    if (to < earliest) return [{ from, to, open: false }];
    if (from >= earliest) return [{ from, to, open }];
    return [
      { from, to: dayBefore(earliest), open: false },
      { from: earliest, to, open },
    ];
  });
}

async function earliestApplyDate(client: KineticClient, signal: AbortSignal): Promise<string> {
  const query = { filter: `EADType1 eq 'AR'`, select: ['EarliestApplyDate'], top: 1 };
  const rows = await allowed(client.rows('Erp.BO.EADSvc', 'EADTypes', query, signal));
  return rows?.[0] ? day(rows[0], 'EarliestApplyDate') : '';
}

function dayBefore(date: string): string {
  return new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
}

/** The date that decides the period of a document: the first of its date fields that has a value. */
export function postingDateOf({ fields }: ErpDocument, dating: KineticDating | undefined): string | undefined {
  const dates = (dating?.fields ?? []).map((name) => fields[name]);
  return dates.find((date): date is string => typeof date === 'string' && date !== '');
}

/** The same document on another date. Its date fields move, and its text for people begins with the original date. */
export function movedTo(document: ErpDocument, date: string, dating: KineticDating | undefined): ErpDocument {
  const original = postingDateOf(document, dating);
  if (!dating || original === undefined) return document;
  const moved = dating.fields.filter((name) => typeof document.fields[name] === 'string').map((name) => [name, date] as const);
  // A transfer has no CommentText; its text is TranRef.
  const note = document.fields.TranRef === undefined ? dating.note : 'TranRef';
  const text = `Dated ${original}. ${String(document.fields[note] ?? '')}`.trim().slice(0, note === 'TranRef' ? 40 : dating.noteLength);
  return { ...document, fields: { ...document.fields, ...Object.fromEntries(moved), [note]: text } };
}
