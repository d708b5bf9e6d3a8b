import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PostgresParkingLot } from '@tributary/messaging';
import { databaseClient, reportToAudit } from '@tributary/persistence';
import type { DatabaseClient, DataSourceOptions } from '@tributary/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import { root } from '../../contracts/workspace.js';
import { migrationFiles } from '../migration-files.js';

/** A service that keeps something, with work of its own programs that needs the rights of its role. */
export interface ServiceWork {
  readonly service: string;
  readonly schema: string;
  /** Source with its migrations, below services. */
  readonly migrations: string;
  /** Does what the service does with its tables. @throws what PostgreSQL refuses. */
  work(database: DataSource, client: DatabaseClient): Promise<void>;
}

/** What a source of a service exports. */
export async function exportsOf<Exports>(path: string): Promise<Exports> {
  return (await import(pathToFileURL(join(root, 'services', path)).href)) as Exports;
}

/** Migrations of a service, oldest first. */
export async function migrationsOf({ migrations }: ServiceWork): Promise<readonly (new () => object)[]> {
  const exported = await exportsOf<Record<string, (new () => object) | readonly (new () => object)[]>>(migrations);
  return Object.values(exported).flat();
}

/** The data source of a service, as it makes it. */
export async function sourceOptions(work: ServiceWork, url: string): Promise<DataSourceOptions> {
  return { url, schema: work.schema, migrations: [...(await migrationsOf(work))], poolSize: 4 };
}

async function parks(client: DatabaseClient, schema: string): Promise<void> {
  const lot = new PostgresParkingLot(client, schema);
  const { claim } = await lot.claim({ group: 'g', topic: 't.v1', partition: 0 } as never);
  await lot.store(claim, 'sequence-1', []);
}

const entry = {
  subject: 'person:1',
  name: 'Ada',
  action: 'order.made',
  object: 'order:1',
  target: null,
  reason: null,
  details: {},
  address: null,
};

/** The services in the order of the data flow. */
export const servicesWithTables: readonly ServiceWork[] = [
  {
    service: 'transform',
    schema: 'transform',
    migrations: `transform/src/${migrationFiles.transform}.ts`,
    work: (_, client) => parks(client, 'transform'),
  },
  {
    service: 'erp-sink',
    schema: 'erp_sink',
    migrations: `erp-sink/src/${migrationFiles['erp-sink']}.ts`,
    async work(database, client) {
      await parks(client, 'erp_sink');
      await client.transaction((query) => reportToAudit(query, 'erp_sink', { ...entry, target: 'one', reason: 'why', address: '::1' }));
      const { lockLedger } = await exportsOf<{ lockLedger(of: DataSource, target: string): Promise<() => Promise<void>> }>(
        'erp-sink/src/rebuild/ledger-lock.ts',
      );
      const { clearStaging, insertRows } = await exportsOf<{
        clearStaging(of: DataSource, target: string, what: string): Promise<void>;
        insertRows(manager: EntityManager, table: string, columns: string, rows: readonly object[]): Promise<void>;
      }>('erp-sink/src/rebuild/staging.ts');
      const unlock = await lockLedger(database, 'one');
      await insertRows(database.manager, 'erp_sink_rebuild.dead_letter', 'target text, request_id text', [
        { target: 'one', request_id: 'r' },
      ]);
      await clearStaging(database, 'one', 'everything');
      await unlock();
    },
  },
  {
    service: 'recon',
    schema: 'recon',
    migrations: `recon/src/${migrationFiles.recon}.ts`,
    async work(database) {
      const { AuditTrail } = await exportsOf<{ AuditTrail: new (of: DataSource) => { record(one: object): Promise<unknown> } }>(
        'recon/src/audit/emit/audit-trail.ts',
      );
      const { verifyAudit } = await exportsOf<{ verifyAudit(manager: EntityManager, anchors: object): Promise<{ unprotected: string[] }> }>(
        'recon/src/audit/emit/verify-audit.ts',
      );
      const { viewTables } = await exportsOf<{ viewTables: readonly string[] }>('recon/src/rebuild/views-digest.ts');
      await new AuditTrail(database).record(entry);
      const { unprotected } = await verifyAudit(database.manager, { anchors: [], unreadable: [] });
      if (unprotected.length > 0) throw new Error(unprotected.join('; '));
      await database.query(`truncate ${viewTables.map((table) => `recon.${table}`).join(', ')}`); // as a rebuild of the views does
    },
  },
  {
    service: 'console',
    schema: 'console',
    migrations: `console/src/${migrationFiles.console}.ts`,
    async work(_, client) {
      const { PeopleDirectory } = await exportsOf<{
        PeopleDirectory: new (
          of: DatabaseClient,
          now: () => Date,
        ) => {
          add(person: object, by: string): Promise<{ id: string } | undefined>;
          setLocked(id: string, locked: boolean, by: string): Promise<unknown>;
        };
      }>('console/src/identity/emit/people-directory.ts');
      const people = new PeopleDirectory(client, () => new Date());
      const unique = (name: string): string => `${name}-${Math.random()}`;
      const login = (name: string): object => ({ name, login: unique(name), grants: [{ role: 'admin', target: '*' }] });
      await people.add(login('kim'), 'set-up');
      const lee = await people.add(login('lee'), 'set-up');
      await people.setLocked(lee?.id ?? '', true, 'person:kim');
    },
  },
];

/** Lets a service work over a data source that is connected. */
export async function doWork({ work, service }: ServiceWork, database: DataSource): Promise<void> {
  await work(database, databaseClient(database, `working as ${service}`));
}
