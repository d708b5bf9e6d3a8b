import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { events, headers, topics, topicsToMake } from '@tributary/contracts';
import { GroupAdmin, KafkaPublisher, outgoing, TopicAdmin } from '@tributary/messaging';
import pg from 'pg';
import { freePorts, ServiceProcess, startStack, workspaceRoot } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { messageOf, sinkGroup, target } from './requests.js';
import type { Asked } from './requests.js';

/** A receipt in the state dump of the Kinetic emulator. */
export interface Receipt {
  readonly GroupID: string;
  readonly HeadNum: number;
  readonly ExternalID: string;
  readonly StripePostingKey_c?: string;
  readonly Posted: boolean;
}

/** Output of a rebuild command. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

/** Consumer group of recon (services/recon/src/recon.topics.ts). */
const reconGroup = 'tributary-recon';

/** A sink with its broker, registry, database and ERP, and the commands that rebuild what it keeps. */
export class World {
  readonly publisher: KafkaPublisher;
  readonly sink: ServiceProcess;
  readonly recon: ServiceProcess;
  private readonly emulator: ServiceProcess;
  private readonly database: pg.Pool;

  private constructor(
    readonly stack: Stack,
    readonly kineticUrl: string,
    private readonly env: Readonly<Record<string, string>>,
    ports: { readonly sink: number; readonly kinetic: number; readonly recon: number },
    folder: string,
  ) {
    this.publisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'proof-rebuild', registryUrl: stack.registryUrl });
    this.database = new pg.Pool({ connectionString: stack.databaseUrl, max: 2 });
    this.emulator = new ServiceProcess({
      name: 'emulator-epicor-kinetic',
      entry: 'emulators/epicor-kinetic/dist/main.js',
      env: { HTTP_HOST: '127.0.0.1', HTTP_PORT: String(ports.kinetic), EMULATOR_STATE_DIR: join(folder, 'kinetic') },
      readyUrl: `http://127.0.0.1:${ports.kinetic}/_control/calls`,
      logFile: join(folder, 'kinetic.log'),
    });
    this.sink = new ServiceProcess({
      name: 'erp-sink',
      entry: 'services/erp-sink/dist/main.js',
      env: { ...env, HTTP_PORT: String(ports.sink) },
      readyUrl: `http://127.0.0.1:${ports.sink}/ready`,
      logFile: join(folder, 'erp-sink.log'),
    });
    this.recon = new ServiceProcess({
      name: 'recon',
      entry: 'services/recon/dist/main.js',
      env: { ...env, HTTP_PORT: String(ports.recon) },
      readyUrl: `http://127.0.0.1:${ports.recon}/ready`,
      logFile: join(folder, 'recon.log'),
    });
  }

  /** @param prepare may put state into the ERP's folder before it starts. */
  static async start(name: string, prepare: (kineticFolder: string) => void = () => undefined): Promise<World> {
    const stack = await startStack({ kafka: true, registry: true, postgres: true });
    const folder = join(workspaceRoot, '.tributary', 'rebuild', name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, 'kinetic'), { recursive: true });
    prepare(join(folder, 'kinetic'));
    await TopicAdmin.ensureTopics({ brokers: stack.brokers, clientId: 'proof-rebuild' }, topicsToMake({ targets: [target] }));
    const register = [join(workspaceRoot, 'tools/dist/contracts/register.js'), '--registry', stack.registryUrl];
    const registered = spawnSync(process.execPath, register, { encoding: 'utf8' });
    if (registered.status !== 0) throw new Error(`registering the schemas: ${registered.stdout}${registered.stderr}`);
    const [sink, kinetic, recon] = (await freePorts(3)) as [number, number, number];
    const ports = { sink, kinetic, recon };
    const kineticUrl = `http://127.0.0.1:${ports.kinetic}`;
    const env = {
      KAFKA_BROKERS: stack.brokers.join(','),
      SCHEMA_REGISTRY_URL: stack.registryUrl,
      DATABASE_URL: stack.databaseUrl,
      HTTP_HOST: '127.0.0.1',
      TRIBUTARY_ENVIRONMENT: 'test',
      ERP_TARGET: target,
      ERP_CONCURRENCY: '32',
      ERP_SETTLE_MS: '500',
      BATCH_IDLE_MS: '1000',
      SWEEP_INTERVAL_MS: '500',
      KINETIC_URL: `${kineticUrl}/kinetic`,
      KINETIC_COMPANY: 'EPIC06',
      KINETIC_USER: 'tributary',
      KINETIC_PASSWORD: 'demo-password',
      KINETIC_API_KEY: 'demo-api-key',
      KINETIC_CALL_TIMEOUT_MS: '5000',
    };
    const world = new World(stack, kineticUrl, env, ports, folder);
    try {
      await world.emulator.start();
      await world.publisher.connect();
    } catch (error) {
      await world.stop();
      throw error;
    }
    return world;
  }

  async stop(): Promise<void> {
    await this.sink.stop();
    await this.recon.stop();
    await this.emulator.stop();
    await this.publisher.close();
    await this.database.end();
    await this.stack.stop();
  }

  async ask(requests: readonly Asked[]): Promise<void> {
    await this.publisher.publish(requests.map(messageOf));
  }

  /** Deliveries of Stripe as ingest stores them; every tenth is a repeated one. */
  async deliver(count: number): Promise<void> {
    await this.publisher.publish(
      Array.from({ length: count }, (_, n) => {
        const id = `evt_delivered_${n % 10 === 9 ? n - 1 : n}`;
        return outgoing({
          event: events.stripeEventReceived,
          key: `cus_d${n % 10 === 9 ? n - 1 : n}`,
          id,
          value: Buffer.from(JSON.stringify({ id, type: 'charge.succeeded' })),
          sourceEventId: id,
          headers: {
            [headers.subject]: 'charge.succeeded',
            [headers.endpoint]: 'default',
            [headers.receivedAt]: new Date(Date.UTC(2026, 9, 1, 0, n)).toISOString(),
          },
        });
      }),
    );
  }

  async rows<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.database.query(sql, [...parameters])).rows as Row[];
  }

  /** Waits until so many postings are in the ledger, all of them at their end, published, and their batches released. */
  async settled(postings: number, withinMs = 150_000): Promise<void> {
    const deadline = Date.now() + withinMs;
    let seen: unknown;
    while (Date.now() < deadline) {
      const [row] = await this.rows<{ there: number; open: number; due: number; unreleased: number }>(
        `select (select count(*)::int from erp_sink.posting where state = 'posted') as there,
           (select count(*)::int from erp_sink.posting where state not in ('posted', 'held')) as open,
           (select count(*)::int from erp_sink.outcome where due) as due,
           (select count(*)::int from erp_sink.posting where kind = 'cash-receipt' and state = 'posted' and not released) as unreleased`,
      ).catch(() => []);
      seen = row;
      if (row && row.there >= postings && row.open === 0 && row.due === 0 && row.unreleased === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`the sink did not come to rest within ${withinMs} ms: ${JSON.stringify(seen)}\n${this.sink.logTail(15)}`);
  }

  /** SIGTERM, and out of the group. */
  async stopSink(): Promise<void> {
    await this.sink.stop();
    await this.empty(sinkGroup);
  }

  /** Lets recon read everything there is, and stops it. */
  async viewAll(): Promise<void> {
    await this.recon.start();
    const topicsRead = [topics.stripeEvents, topics.pipeline, topics.ar, topics.erp];
    while ((await GroupAdmin.lag(this.connection, reconGroup, topicsRead)) > 0n) await new Promise((resolve) => setTimeout(resolve, 200));
    await this.recon.stop();
    await this.empty(reconGroup);
  }

  private get connection(): { readonly brokers: readonly string[]; readonly clientId: string } {
    return { brokers: this.stack.brokers, clientId: 'proof-rebuild' };
  }

  private async empty(group: string): Promise<void> {
    while ((await GroupAdmin.members(this.connection, group)) > 0) await new Promise((resolve) => setTimeout(resolve, 200));
  }

  /** What a lost PostgreSQL leaves: nothing, not even the schema. */
  async loseLedger(): Promise<void> {
    await this.rows('drop schema if exists erp_sink cascade');
    await this.rows('drop schema if exists erp_sink_rebuild cascade');
  }

  /**
   * One run of the command.
   * @param killAt kills it with -9 as soon as its progress says that.
   */
  rebuild(
    args: readonly string[],
    { killAt, service = 'erp-sink' }: { readonly killAt?: RegExp; readonly service?: 'erp-sink' | 'recon' } = {},
  ): Promise<Run> {
    const startedAt = Date.now();
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(workspaceRoot, 'services', service, 'dist/rebuild/main.js'), ...args], {
        cwd: workspaceRoot,
        env: { PATH: process.env.PATH ?? '', ...this.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString();
        if (killAt?.test(stderr)) child.kill('SIGKILL');
      });
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr, tookMs: Date.now() - startedAt }));
    });
  }

  /** One run that has to succeed. @returns what it says with --json. */
  async rebuilt<Result>(what: 'ledger' | 'xref' | 'digest'): Promise<Result> {
    return this.said<Result>(what, 'erp-sink');
  }

  async views<Result>(what: 'views' | 'digest'): Promise<Result> {
    return this.said<Result>(what, 'recon');
  }

  private async said<Result>(what: string, service: 'erp-sink' | 'recon'): Promise<Result> {
    const { code, stdout, stderr } = await this.rebuild([what, '--json'], { service });
    if (code !== 0) throw new Error(`rebuild ${what} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as Result;
  }

  async receipts(): Promise<Receipt[]> {
    const state = (await (await fetch(`${this.kineticUrl}/_control/state`)).json()) as { receipts: Receipt[] };
    return state.receipts;
  }

  /** Tombstones for cross-references of these source ids. */
  async forgetCrossReferences(topic: string, sourceIds: readonly string[]): Promise<void> {
    await this.publisher.publishRaw(sourceIds.map((id) => ({ topic, key: Buffer.from(`${target}/${id}`), value: null, headers: {} })));
  }
}
