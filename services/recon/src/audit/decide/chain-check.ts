import type { Anchor } from './anchor.js';
import { auditHash, firstPrevious } from './audit-row.js';
import type { AuditRow } from './audit-row.js';
import type { ChainFinding } from './chain-finding.js';
import { explainBreak } from './explain-break.js';

/** How many rows after a break {@link ChainCheck} looks at to tell what was done. */
export const rowsAfterBreak = 1_000;

/** Checks a chain row by row, in the order of `sequence`. Holds one row, and after a break those that explain it. */
export class ChainCheck {
  private last: AuditRow | undefined;
  private readonly broken: AuditRow[] = [];
  private readonly anchors = new Map<bigint, string[]>();
  private readonly newest: Anchor | undefined;
  private vouched = 0n;
  private contradicted: bigint | undefined;
  /** Number of rows that are in order. */
  rows = 0n;

  constructor(anchors: readonly Anchor[]) {
    for (const { sequence, hash } of anchors) this.anchors.set(sequence, [...(this.anchors.get(sequence) ?? []), hash]);
    this.newest = anchors.reduce<Anchor | undefined>((top, anchor) => (!top || anchor.sequence > top.sequence ? anchor : top), undefined);
  }

  /** Takes the next row. @returns false when no further row is needed. */
  next(row: AuditRow): boolean {
    if (this.broken.length === 0 && this.follows(row)) {
      if (this.contradicted !== undefined) return false;
      this.last = row;
      this.rows += 1n;
      this.compareWithAnchors(row);
      return true;
    }
    this.broken.push(row);
    return this.contradicted === undefined && this.broken.length <= rowsAfterBreak;
  }

  /** @returns what was found once all rows were given; undefined: nothing. */
  finish(): ChainFinding | undefined {
    if (this.contradicted !== undefined) return this.contradiction(this.contradicted);
    if (this.broken.length > 0) return explainBreak({ last: this.last, rows: this.broken, anchors: this.anchors });
    const until = this.newest?.sequence ?? 0n;
    const end = this.last?.sequence ?? 0n;
    if (until <= end) return undefined;
    const unsure =
      this.vouched < end ? `; the rows ${this.vouched + 1n} to ${end}, after the last anchor that agrees, may have been written anew` : '';
    const text = `the chain ends with row ${end}, and there was a row ${until}, says the anchor of ${this.newest?.at ?? 'then'}: its end was cut off${unsure}`;
    return { kind: 'cut-off', sequence: end + 1n, until, text };
  }

  private follows(row: AuditRow): boolean {
    const expected = (this.last?.sequence ?? 0n) + 1n;
    return row.sequence === expected && row.previous === (this.last?.hash ?? firstPrevious) && row.hash === auditHash(row);
  }

  private compareWithAnchors({ sequence, hash }: AuditRow): void {
    const said = this.anchors.get(sequence);
    if (said === undefined) return;
    if (said.every((one) => one === hash)) this.vouched = sequence;
    else this.contradicted = sequence;
  }

  /** The chain is consistent in itself, and an anchor names another hash for a row of it. */
  private contradiction(sequence: bigint): ChainFinding {
    const said = this.anchors.get(sequence) ?? [];
    // The anchored row comes after it.
    if (this.broken.some((row) => said.includes(row.hash)))
      return {
        kind: 'inserted',
        sequence,
        until: sequence,
        text: `row ${sequence} was inserted: the row that was anchored there comes after it`,
      };
    // The row after it still names the anchored hash: only this row was changed.
    if (this.broken.some((row) => said.includes(row.previous)))
      return { kind: 'changed', sequence, until: sequence, text: `row ${sequence} was changed: its hash is not the one that was anchored` };
    const first = this.vouched + 1n;
    return {
      kind: 'rewritten',
      sequence: first,
      until: sequence,
      text: `one of the rows ${first} to ${sequence} was changed, and the hashes after it were computed again: row ${sequence} has not the hash that was anchored`,
    };
  }
}
