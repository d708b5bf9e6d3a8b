import { auditHash, firstPrevious } from './audit-row.js';
import type { AuditRow } from './audit-row.js';
import type { ChainFinding } from './chain-finding.js';

/** Where a chain breaks: its last row in order, and the rows from the break on. */
export interface ChainBreak {
  readonly last: AuditRow | undefined;
  readonly rows: readonly AuditRow[];
  readonly anchors: ReadonlyMap<bigint, readonly string[]>;
}

/** How far from its place an untouched row is searched for. */
const farthest = 1_000n;

/**
 * Tells what was done to the chain at a break. A row that was not touched still fits its hash at the place where it was written, wherever it
 * is now. So: a row found at another place was moved, a row that fits nowhere was changed, and a place that no row fits lost its row.
 */
export function explainBreak(at: ChainBreak): ChainFinding {
  const { last, rows } = at;
  const [first] = rows;
  const place = (last?.sequence ?? 0n) + 1n;
  if (!first) throw new Error('explaining a break of the audit chain: there is no row');
  const previous = last?.hash ?? firstPrevious;
  const rightful = rows.find((row) => row.previous === previous && fits(row, place));

  if (first.sequence < place) return inserted(first.sequence);
  if (first.sequence > place) return rightful ? reordered(place) : removed(place, first.sequence - 1n);
  if (fits(first, place)) return changedBefore(at, first, place);
  const home = homeOf(first, place);
  if (home === undefined) return rightful ? inserted(place) : changed(place);
  if (home < place) return inserted(home);
  return rightful ? reordered(place) : removed(place, home - 1n);
}

/** The row fits its own hash and names another hash before it: it, or the row before it, was changed and hashed again. */
function changedBefore({ last, rows, anchors }: ChainBreak, first: AuditRow, place: bigint): ChainFinding {
  const next = rows[1];
  const isAnchored = anchors.get(place)?.includes(first.hash) === true;
  const isContinued = next === undefined || next.previous === first.hash;
  return last && (isAnchored || isContinued) ? changed(place - 1n) : changed(place);
}

/** The place at which the row fits its hash; undefined: it fits nowhere near. */
function homeOf(row: AuditRow, place: bigint): bigint | undefined {
  for (let distance = 1n; distance <= farthest; distance += 1n) {
    if (distance < place && fits(row, place - distance)) return place - distance;
    if (fits(row, place + distance)) return place + distance;
  }
  return undefined;
}

function fits(row: AuditRow, sequence: bigint): boolean {
  return row.hash === auditHash({ ...row, sequence });
}

function changed(sequence: bigint): ChainFinding {
  return { kind: 'changed', sequence, until: sequence, text: `row ${sequence} was changed: it does not fit its hash` };
}

function inserted(sequence: bigint): ChainFinding {
  return { kind: 'inserted', sequence, until: sequence, text: `row ${sequence} was inserted: it is not the row that was written there` };
}

function reordered(sequence: bigint): ChainFinding {
  return {
    kind: 'reordered',
    sequence,
    until: sequence,
    text: `row ${sequence} was put elsewhere: it stands at another place of the chain`,
  };
}

function removed(sequence: bigint, until: bigint): ChainFinding {
  const which = until === sequence ? `row ${sequence} was` : `the rows ${sequence} to ${until} were`;
  return { kind: 'removed', sequence, until, text: `${which} removed: no row fits the place` };
}
