import type { ErpLedgerEntry, ErpReference } from '@tributary/connector-kit';
import type { SlRow } from '../sl-values.js';
import { isSet, textOf } from '../sl-values.js';
import type { SlParts } from './document-kind.js';
import { equal } from './screened.js';

/** An account and its subaccount as one text, as profiles and trial balances have it. */
export const accountText = (acct: string, sub: string): string => `${acct}-${sub}`;

/**
 * What the general ledger says about a document: its batch holds nothing else. In the currency of the document, or in that of the ledger where
 * its lines have several. Source: docs/reference/dynamics-sl.md section 5.6 (columns), 4 (lines are there from the release on).
 */
export async function effectOf(
  { Module, BatNbr }: ErpReference,
  { client }: SlParts,
  signal: AbortSignal,
): Promise<readonly ErpLedgerEntry[]> {
  const rows = await client.rows('GLTran', [equal('Module', Module ?? ''), equal('BatNbr', BatNbr ?? '')], signal);
  const released = rows.filter((row) => isSet(row.Rlsed));
  const inBase = new Set(released.map((row) => textOf(row.CuryId))).size > 1;
  return released.flatMap((row) => entryOf(row, inBase));
}

function entryOf(row: SlRow, inBase: boolean): ErpLedgerEntry[] {
  const debit = textOf(inBase ? row.DrAmt : row.CuryDrAmt);
  const credit = textOf(inBase ? row.CrAmt : row.CuryCrAmt);
  const of = { account: accountText(textOf(row.Acct), textOf(row.Sub)), currency: textOf(inBase ? row.BaseCuryID : row.CuryId) };
  if (Number(debit) !== 0) return [{ ...of, debit }];
  return Number(credit) === 0 ? [] : [{ ...of, credit }];
}
