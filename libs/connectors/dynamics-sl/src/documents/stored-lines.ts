import type { ErpLine } from '@tributary/connector-kit';
import { lineMark } from '../sl-keys.js';
import type { SlRow } from '../sl-values.js';
import { textOf } from '../sl-values.js';

/** What a line is marked with that was there twice: it stays with the amount 0, since the web layer deletes no line. */
export const emptiedMark = 'copy';

/** Stored lines with the mark of a key: one when all is well. */
function withKey(key: string, stored: readonly SlRow[]): SlRow[] {
  const mark = lineMark(key);
  return stored.filter((row) => textOf(row.User2) === mark);
}

/** Keys that are not there exactly once. */
export function missingOf(keys: readonly string[], stored: readonly SlRow[]): string[] {
  return [...new Set(keys)].filter((key) => withKey(key, stored).length !== 1);
}

/**
 * Rows that make every line be there once: those that are missing are added under their number, later copies are emptied.
 * @param rowOf the row of a line; its LineNbr is the place of the line in its document, so that a row that is sent twice is one row.
 */
export function repairsOf(lines: readonly ErpLine[], stored: readonly SlRow[], rowOf: (line: ErpLine) => SlRow): SlRow[] {
  return lines.flatMap((line) => {
    const [first, ...copies] = withKey(line.key, stored);
    return [...(first ? [] : [rowOf(line)]), ...copies.map(emptied)];
  });
}

function emptied(row: SlRow): SlRow {
  const amounts = ['CuryTranAmt', 'CuryDrAmt', 'CuryCrAmt'].filter((name) => name in row).map((name) => [name, 0] as const);
  const { LineNbr = null, Acct = null, Sub = null } = row;
  return { LineNbr, Acct: textOf(Acct), Sub: textOf(Sub), ...Object.fromEntries(amounts), User2: emptiedMark };
}
