import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';

const creates = /create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(?:"?([a-z_]+)"?\.)?"?([a-z_]+)"?/gi;
const parkingLots = /parkingLotTables\('([a-z_]+)'\)/g;

/** Names with their schema of the tables that SQL in a source creates. @throws {Error} for a table without a schema. */
export function tablesIn(source: string, schema?: string): string[] {
  const sql = schema === undefined ? source : source.replaceAll('${schema}', schema);
  return [...sql.matchAll(creates)].map(([statement, of, name]) => {
    if (of === undefined) throw new Error(`"${statement}" names no schema`);
    return `${of}.${name ?? ''}`;
  });
}

/** Every table that a service creates, from the SQL in its sources; the tables of the parking lot in each schema that has them. */
export function storedTables(): Set<string> {
  const sources = serviceSources();
  const lot = readFileSync(join(root, 'libs/messaging/src/ladder/parking-lot-tables.ts'), 'utf8');
  const lots = sources.flatMap((source) => [...source.matchAll(parkingLots)].flatMap(([, schema = '']) => tablesIn(lot, schema)));
  return new Set([...sources.flatMap((source) => tablesIn(source)), ...lots]);
}

/** Texts of all sources of services that are no tests. */
export function serviceSources(): string[] {
  return readdirSync(join(root, 'services'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /^[a-z-]+\/src\/.+\.ts$/.test(path) && !/spec\.ts$|\/testing\//.test(path))
    .map((path) => readFileSync(join(root, 'services', path), 'utf8'));
}
