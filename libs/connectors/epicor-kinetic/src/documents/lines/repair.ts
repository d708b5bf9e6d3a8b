import type { ErpDocument, ErpLine } from '@tributary/connector-kit';
import type { KineticRow } from '../../kinetic-json.js';
import type { Dataset, LinedDocument } from './lined-document.js';
import type { LineUnit, StoredLine } from './units.js';
import { storedOf } from './units.js';

/** Rows that make a unit what it should be; empty when it is. */
export interface Repair {
  readonly unit: LineUnit<ErpLine>;
  readonly rows: Dataset;
}

/**
 * What is to be written so that each unit is there once: lines and accounts that are missing are added, a line that is there twice loses its
 * later copies. Lines of others are left alone.
 * @param head the stored header; undefined for one that is new in the same dataset.
 */
export function repairsOf(
  document: ErpDocument,
  how: LinedDocument,
  units: readonly LineUnit<ErpLine>[],
  stored: readonly StoredLine[],
  head: KineticRow | undefined,
): Repair[] {
  let next = Math.max(0, ...stored.map(({ number }) => number)) + 1;
  return units.flatMap((unit) => {
    const [first, ...copies] = storedOf(unit, stored);
    const number = first?.number ?? next;
    if (!first) next += 1;
    const lines = first ? [] : [added(how.lineRow(document, unit.line, number, head))];
    const doubled = copies.map(({ row }) => ({ ...row, RowMod: 'D' }));
    const accounts = first?.hasAccount ? [] : unit.accounts.map((line) => added(how.accountRow?.(document, line, number, head) ?? {}));
    const rows = {
      ...(lines.length + doubled.length > 0 ? { [how.lineTable]: [...lines, ...doubled] } : {}),
      ...(accounts.length > 0 && how.accountTable ? { [how.accountTable]: accounts } : {}),
    };
    return Object.keys(rows).length > 0 ? [{ unit, rows }] : [];
  });
}

const added = (row: KineticRow): KineticRow => ({ ...row, RowMod: 'A' });

/** Datasets as one. */
export function merged(sets: readonly Dataset[]): Dataset {
  const all: Record<string, KineticRow[]> = {};
  for (const set of sets) for (const [table, rows] of Object.entries(set)) all[table] = [...(all[table] ?? []), ...rows];
  return all;
}
