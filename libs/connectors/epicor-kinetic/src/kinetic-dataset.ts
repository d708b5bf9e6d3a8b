import type { KineticRow } from './kinetic-json.js';

/** Rows of a table, wherever the answer keeps its dataset: `parameters.ds`, `returnObj`, `ds` (a function) or the root (section 11). */
export function tableRows(answer: unknown, table: string): KineticRow[] {
  const { parameters, returnObj, ds } = (answer ?? {}) as { parameters?: { ds?: unknown }; returnObj?: unknown; ds?: unknown };
  for (const place of [parameters?.ds, returnObj, ds, answer]) {
    const rows = (place as Record<string, unknown> | null | undefined)?.[table];
    if (Array.isArray(rows)) return rows as KineticRow[];
  }
  return [];
}

/** The row that was added or changed last: before-images may stand in front of it (section 11). */
export function lastRow(answer: unknown, table: string): KineticRow | undefined {
  return tableRows(answer, table).at(-1);
}

/** A text literal of `$filter`. */
export function odataText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
