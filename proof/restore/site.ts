import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  databaseUrlOf,
  freePorts,
  guard,
  kafkaReady,
  postgresReady,
  startKafkaNode,
  startPostgres,
  startStack,
} from '@tributary/local-stack';
import type { Child, KafkaNode, PostgresOptions, Stack } from '@tributary/local-stack';
import pg from 'pg';
import type { Wire } from '../walk/walk-processes.js';

const owner = { user: 'tributary', password: 'of-the-owner', database: 'tributary' };
const rolePassword = 'of-the-service';
/** Role of each service that keeps something. */
export const roles: Readonly<Record<string, string>> = {
  transform: 'tributary_transform',
  'erp-sink': 'tributary_erp_sink',
  recon: 'tributary_recon',
  console: 'tributary_console',
};
const brokerStopsWithinMs = 20_000;

/** A broker and a database whose disks can be lost, and a registry. Every service has its own role in the database, as in an installation. */
export class Site {
  private broker: Child | undefined;
  private server: Child | undefined;

  private constructor(
    /** Scratch folder: data, dumps, copies. */
    readonly folder: string,
    private readonly node: KafkaNode,
    private readonly postgres: PostgresOptions,
    private readonly registry: Stack,
  ) {}

  /** @param programs folder of PostgreSQL's programs. */
  static async start(programs: string): Promise<Site> {
    const folder = mkdtempSync(join(tmpdir(), 'tributary-restore-'));
    chmodSync(folder, 0o755); // the user of the database server has to enter
    guard.addFolder(folder);
    const [port, controllerPort, databasePort] = (await freePorts(3)) as [number, number, number];
    const postgres = { port: databasePort, folder: join(folder, 'postgres'), logFolder: join(folder, 'logs'), programs, ...owner };
    mkdirSync(postgres.logFolder);
    const registry = await startStack({ registry: true, own: true });
    const site = new Site(folder, { nodeId: 1, port, controllerPort }, postgres, registry);
    try {
      await Promise.all([site.startBroker(), site.startDatabase()]);
    } catch (error) {
      await site.stop();
      throw error;
    }
    return site;
  }

  async stop(): Promise<void> {
    await Promise.all([this.broker?.kill9(), this.server?.kill9(), this.registry.stop()]);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    guard.dropFolder(this.folder);
  }

  /** Its addresses, for the processes on it. */
  wire(): Wire & Pick<Stack, 'stop'> {
    const { brokers, registryUrl, databaseUrl } = this;
    return { brokers, registryUrl, databaseUrl, stop: () => this.stop() };
  }

  get brokers(): string[] {
    return [`127.0.0.1:${this.node.port}`];
  }

  get registryUrl(): string {
    return this.registry.registryUrl;
  }

  /** As the owner of the schemas. */
  get databaseUrl(): string {
    return databaseUrlOf(this.postgres);
  }

  /** How a service reaches the database: as its role, and as the owner for its migrations. Empty for one that keeps nothing. */
  databaseVariables(service: string): Readonly<Record<string, string>> {
    const role = roles[service === 'erp-sink-stripe' ? 'erp-sink' : service];
    if (role === undefined) return {};
    const url = databaseUrlOf({ ...this.postgres, user: role, password: rolePassword });
    return { DATABASE_URL: url, DATABASE_MIGRATION_URL: this.databaseUrl };
  }

  /** Whoever runs the database makes the roles, and gives them the passwords that the services know. */
  async nameRoles(): Promise<void> {
    for (const role of Object.values(roles)) {
      await this.query(`do $$ begin create role ${role} login; exception when duplicate_object then null; end $$`);
      await this.query(`alter role ${role} password '${rolePassword}'`);
    }
  }

  async rows<Row>(sql: string): Promise<Row[]> {
    return (await this.query(sql)).rows as Row[];
  }

  /** The server and its disk are gone; another server is there, and empty. */
  async loseDatabase(): Promise<void> {
    await this.server?.kill9();
    rmSync(this.postgres.folder, { recursive: true, force: true });
    await this.startDatabase();
  }

  /** A copy of the broker's disk, taken while it is stopped. */
  async copyTopics(): Promise<void> {
    await this.broker?.stop(brokerStopsWithinMs);
    cpSync(this.topicsFolder, this.copyFolder, { recursive: true });
    await this.startBroker();
  }

  /** The broker and its disk are gone. @param back what is there afterwards: an empty broker, or the copy. */
  async loseTopics(back: 'nothing' | 'copy'): Promise<void> {
    await this.broker?.kill9();
    rmSync(this.topicsFolder, { recursive: true, force: true });
    if (back === 'copy') cpSync(this.copyFolder, this.topicsFolder, { recursive: true });
    await this.startBroker();
  }

  private get topicsFolder(): string {
    return join(this.folder, 'kafka');
  }

  private get copyFolder(): string {
    return join(this.folder, 'kafka-copy');
  }

  private async startBroker(): Promise<void> {
    this.broker = await startKafkaNode(this.node, { nodes: [this.node], folder: this.topicsFolder, logFolder: this.postgres.logFolder });
    await kafkaReady(this.broker, this.node, 1);
  }

  private async startDatabase(): Promise<void> {
    this.server = await startPostgres(this.postgres);
    await postgresReady(this.server, this.postgres);
  }

  private async query(sql: string): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  }
}
