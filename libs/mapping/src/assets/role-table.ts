import { expectedOneOf } from '../problem.js';
import type { AssetProblem } from '../problem.js';
import type { AssetFile } from './asset-reader.js';
import { csvRowsOf, tableNameOf } from './csv-rows.js';
import type { CsvRow } from './csv-rows.js';

/** One row: the values that it matches, and the role of the account to book to. */
export interface RoleRow {
  readonly line: number;
  /** Column -> required text; columns with `*` are left out. */
  readonly match: ReadonlyMap<string, string>;
  readonly role: string;
  /**
   * Who books the amount: `journal`, `journal:<class>`, `document:<kind>`, or `none` when no money moves. Empty in tables without owners.
   */
  readonly owner: string;
}

/** A table that determines accounts. Of all matching rows, the one that specifies the most columns applies. */
export interface RoleTable {
  readonly name: string;
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly RoleRow[];
}

/** Columns of the supported tables, by name of the table. */
export const roleTableColumns: Readonly<Record<string, readonly string[]>> = {
  movements: ['part', 'type', 'category', 'kind', 'method', 'currency', 'product'],
  sales: ['part', 'kind', 'product', 'taxCode', 'period'],
};
const owned = new Set(['movements']);
const ownerPattern = /^(?:journal(?::[a-z-]+)?|document:[a-z-]+|none)$/;
/** Pattern of a role: capital letters and hyphens. */
export const rolePattern = /^[A-Z][A-Z-]*$/;

/**
 * Whether a CSV file is a table that determines accounts. All other files are lookup tables, also a file with the name of such a table but
 * the header of a lookup table.
 */
export const isRoleTable = ({ path, text }: AssetFile): boolean =>
  Object.hasOwn(roleTableColumns, tableNameOf(path)) && !/^\uFEFF?\s*key\s*,/.test(text);

/** Reads a table that determines accounts. Invalid rows become problems with their line. */
export function roleTableOf(file: AssetFile, problems: AssetProblem[]): RoleTable {
  const name = tableNameOf(file.path);
  const columns = roleTableColumns[name] ?? [];
  const results = owned.has(name) ? ['role', 'owner'] : ['role'];
  const expected = [...columns, ...results];
  const problem = (line: number, message: string): void => void problems.push({ path: file.path, line, column: 1, message });
  const [header, ...records] = csvRowsOf(file, problems);
  const got = header?.record.slice(0, expected.length).join(',');
  if (header && got !== expected.join(',')) problem(1, `expected the header "${expected.join(',')}"; got "${got}"`);
  if (header && records.length === 0) problem(1, 'expected at least one row');
  const rows = got === expected.join(',') ? records.flatMap((row) => rowOf(row, columns, results, problem)) : [];
  return { name, path: file.path, columns, rows };
}

function rowOf(
  { record, info }: CsvRow,
  columns: readonly string[],
  results: readonly string[],
  problem: (line: number, message: string) => void,
): RoleRow[] {
  const role = record[columns.length] ?? '';
  const owner = results.length > 1 ? (record[columns.length + 1] ?? '') : '';
  const empty = columns.find((_, index) => (record[index] ?? '') === '');
  if (empty !== undefined) problem(info.lines, `expected a value or "*" under "${empty}"`);
  if (!rolePattern.test(role)) problem(info.lines, `expected a role in capital letters like "FEE"; got "${role}"`);
  if (results.length > 1 && !ownerPattern.test(owner))
    problem(info.lines, expectedOneOf(owner, ['journal', 'journal:<class>', 'document:<kind>', 'none']));
  const match = new Map(columns.map((column, index) => [column, record[index] ?? ''] as const).filter(([, value]) => value !== '*'));
  return [{ line: info.lines, match, role, owner }];
}

/** Finds the row that applies to some values, and caches it. */
export type RoleLookup = (values: Readonly<Record<string, string | null>>) => RoleRow | undefined;

/** Largest number of results in the cache of one lookup. There are few types and categories, but Stripe may send any text. */
const maxRemembered = 4_096;

/** Makes the lookup of a table. */
export function roleLookup({ columns, rows }: RoleTable): RoleLookup {
  const bySpecificity = [...rows].sort((a, b) => b.match.size - a.match.size);
  const remembered = new Map<string, RoleRow | undefined>();
  return (values) => {
    let key = '';
    for (const column of columns) key += `${values[column] ?? ''}\u0000`;
    if (remembered.has(key)) return remembered.get(key);
    const found = bySpecificity.find((row) => matches(row, values));
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(key, found);
    return found;
  };
}

/** Whether a row matches these values. */
export function matches(row: RoleRow, values: Readonly<Record<string, string | null>>): boolean {
  for (const [column, text] of row.match) if (values[column] !== text) return false;
  return true;
}
