/** What a role may do with the rows of a table. */
export type TableRight = 'select' | 'insert' | 'update' | 'delete' | 'truncate';

/** What the role of one service may do in PostgreSQL. Nothing that is not here. */
export interface ServiceRights {
  readonly service: string;
  /** Schemas that it works in; the first one holds the table of its migrations. */
  readonly schemas: readonly [string, ...string[]];
  /** Tables of the first schema with other rights than {@link rowRights}, by name. */
  readonly tables: Readonly<Record<string, readonly TableRight[]>>;
}

/** Rights to a table that is not named in {@link ServiceRights.tables}. */
export const rowRights: readonly TableRight[] = ['select', 'insert', 'update', 'delete'];

/** Views of recon: emptied at once by `tributary rebuild views`, which reads all of them from topics again. */
const reconViews = [
  'delivery',
  'event',
  'event_seen',
  'fact',
  'posting',
  'outcome',
  'dead_letter',
  'dead_letter_closure',
  'parked',
  'payment',
  'settlement',
  'payment_news',
  'document',
  'reconciliation',
  'ledger_effect',
  'capture',
  'capture_seen',
];

/** What is kept of views, and emptied with them by triggers. */
const emptiedWithViews = ['posting_sum', 'written_change', 'written_document'];

function rightsOf(service: string, schemas: ServiceRights['schemas'], tables: ServiceRights['tables'] = {}): ServiceRights {
  return { service, schemas, tables: { migration: ['select'], ...tables } };
}

/** The services that keep something in PostgreSQL, with the rights of their roles. No service reads the schema of another one. */
export const serviceRights: readonly ServiceRights[] = [
  rightsOf('transform', ['transform']),
  rightsOf('erp-sink', ['erp_sink', 'erp_sink_rebuild']),
  rightsOf('recon', ['recon'], {
    // A row of the audit trail is never changed, by nobody: the trigger that refuses it belongs to the owner of the table.
    audit: ['select', 'insert'],
    ...Object.fromEntries([...reconViews, ...emptiedWithViews].map((view) => [view, [...rowRights, 'truncate']])),
  }),
  rightsOf('console', ['console']),
];

/** Rights of the service whose first schema this is; of a schema that is not listed: its rows, and nothing of another schema. */
export function rightsForSchema(schema: string): ServiceRights {
  return serviceRights.find(({ schemas }) => schemas[0] === schema) ?? rightsOf(schema, [schema]);
}

/** Rights to one table. */
export function rightsToTable({ schemas, tables }: ServiceRights, schema: string, table: string): readonly TableRight[] {
  return (schema === schemas[0] ? tables[table] : undefined) ?? rowRights;
}
