import type { ErpLineHandle } from '@tributary/connector-kit';
import { KineticNotDoneError } from '../../kinetic-errors.js';
import type { KineticRow } from '../../kinetic-json.js';
import { plantedLineKey } from '../../kinetic-keys.js';

/** A line with what hangs on it: an invoice line and its account. */
export interface LineUnit<T extends ErpLineHandle> {
  readonly line: T;
  readonly accounts: readonly T[];
}

/** A line as the ERP holds it. */
export interface StoredLine {
  readonly number: number;
  /** The planted key; '' for a line of somebody else. */
  readonly key: string;
  readonly hasAccount: boolean;
  readonly row: KineticRow;
}

/**
 * Lines grouped: an account belongs to the line with the same key, else to the line before it.
 * @throws {KineticNotDoneError} code `kinetic.line-invalid` for a table that the document does not have, and for an account without a line.
 */
export function unitsOf<T extends ErpLineHandle>(lines: readonly T[], lineTable: string, accountTable?: string): LineUnit<T>[] {
  const units: { line: T; accounts: T[] }[] = [];
  for (const line of lines) if (line.table === lineTable) units.push({ line, accounts: [] });
  let before: (typeof units)[number] | undefined;
  for (const line of lines) {
    if (line.table === lineTable) {
      before = units.find((unit) => unit.line === line);
      continue;
    }
    const owner = units.find((unit) => unit.line.key === line.key) ?? before;
    if (line.table !== accountTable || !owner)
      throw new KineticNotDoneError('kinetic.line-invalid', `${line.table} ${line.key} belongs to no line of the document`, line.table);
    owner.accounts.push(line);
  }
  return units;
}

/** The lines of the ERP that stand for a unit: one when all is well. */
export function storedOf(unit: LineUnit<ErpLineHandle>, stored: readonly StoredLine[]): StoredLine[] {
  const key = plantedLineKey(unit.line.key);
  return stored.filter((line) => line.key === key);
}

/** Keys of the lines that are not there as they should be: absent, there twice, or without their account. */
export function missingOf(units: readonly LineUnit<ErpLineHandle>[], stored: readonly StoredLine[]): string[] {
  const keys = units.flatMap((unit) => {
    const [first, ...more] = storedOf(unit, stored);
    if (!first) return [unit.line.key, ...unit.accounts.map(({ key }) => key)];
    if (more.length > 0) return [unit.line.key];
    return unit.accounts.length > 0 && !first.hasAccount ? unit.accounts.map(({ key }) => key) : [];
  });
  return [...new Set(keys)];
}
