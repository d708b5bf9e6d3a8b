import type { DataSource } from 'typeorm';
import { optionsOfDataSource } from '../data-source.js';
import { quoted } from './role-statements.js';

/** The migrations of a schema beside those of this version. */
export interface MigrationState {
  /** `none`: no migration was applied yet. `not usable`, `not readable`: the role may not use the schema, or not read which were. */
  readonly state: 'none' | 'not usable' | 'not readable' | 'known';
  /** Migrations of this version that are not applied; all of them unless it is `known`. */
  readonly pending: readonly string[];
  /** Applied ones that this version does not know. */
  readonly unknown: readonly string[];
}

/** Asks PostgreSQL which migrations are applied. @param dataSource connected, made by createDataSource. */
export async function migrationState(dataSource: DataSource): Promise<MigrationState> {
  const { schema } = optionsOfDataSource(dataSource);
  const names = dataSource.migrations.map(({ name }) => name ?? '');
  const [found] = (await dataSource.query(
    `select has_schema_privilege(n.oid, 'usage') as usage, c.oid is not null as there, has_table_privilege(c.oid, 'select') as may
     from (select 1) one left join pg_namespace n on n.nspname = $1 left join pg_class c on c.relnamespace = n.oid and c.relname = 'migration'`,
    [schema],
  )) as [{ usage: boolean | null; there: boolean; may: boolean | null }];
  const unread = { pending: names, unknown: [] };
  if (found.usage === null || (found.usage && !found.there)) return { state: 'none', ...unread };
  if (!found.usage) return { state: 'not usable', ...unread };
  if (found.may !== true) return { state: 'not readable', ...unread };
  const rows = (await dataSource.query(`select name from ${quoted(schema)}.migration`)) as { name: string }[];
  const applied = new Set(rows.map(({ name }) => name));
  return {
    state: 'known',
    pending: names.filter((name) => !applied.has(name)),
    unknown: [...applied].filter((name) => !names.includes(name)),
  };
}
