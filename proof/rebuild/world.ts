import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { topics, topicsToMake } from '@tributary/contracts';
import { GroupAdmin, KafkaPublisher, TopicAdmin } from '@tributary/messaging';
import pg from 'pg';
import { freePorts, startStack, workspaceRoot } from '@tributary/local-stack';
import type { ServiceProcess, Stack } from '@tributary/local-stack';
import { RebuildCommands } from './rebuild-commands.js';
import { messageOf, sinkGroup, target } from './requests.js';
import type { Asked } from './requests.js';
import { stripeDeliveries } from './stripe-deliveries.js';
import { worldEnvironment, worldProcesses } from './world-processes.js';
import type { Receipt, WorldPorts } from './world-processes.js';

/** Consumer group of recon (services/recon/src/recon.topics.ts). */
const reconGroup = 'tributary-recon';

/** A sink and recon with their broker, registry, database and ERP, and the commands that rebuild what they store. */
export class World {
  readonly publisher: KafkaPublisher;
  readonly sink: ServiceProcess;
  readonly recon: ServiceProcess;
  private readonly emulator: ServiceProcess;
  /** Runs the rebuild commands of both services. */
  readonly commands: RebuildCommands;
  private readonly database: pg.Pool;

  private constructor(
    readonly stack: Stack,
    readonly kineticUrl: string,
    env: Readonly<Record<string, string>>,
    ports: WorldPorts,
    folder: string,
  ) {
    this.publisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'proof-rebuild', registryUrl: stack.registryUrl });
    this.database = new pg.Pool({ connectionString: stack.databaseUrl, max: 2 });
    this.commands = new RebuildCommands(env);
    const { sink, recon, emulator } = worldProcesses(env, ports, folder);
    this.sink = sink;
    this.recon = recon;
    this.emulator = emulator;
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
    const world = new World(stack, kineticUrl, worldEnvironment(stack, kineticUrl), ports, folder);
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

  /** Publishes deliveries of Stripe as ingest stores them; every tenth is a repeated one. */
  async deliver(count: number): Promise<void> {
    await this.publisher.publish(stripeDeliveries(count));
  }

  async rows<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.database.query(sql, [...parameters])).rows as Row[];
  }

  /** Waits until the ledger has so many postings, all of them ended and published, and their batches released. */
  async settled(postings: number, withinMs = 150_000): Promise<void> {
    const deadline = Date.now() + withinMs;
    let seen: unknown;
    while (Date.now() < deadline) {
      const [row] = await this.rows<{ posted: number; open: number; due: number; unreleased: number }>(
        `select (select count(*)::int from erp_sink.posting where state = 'posted') as posted,
           (select count(*)::int from erp_sink.posting where state not in ('posted', 'held')) as open,
           (select count(*)::int from erp_sink.outcome where due) as due,
           (select count(*)::int from erp_sink.posting where kind = 'cash-receipt' and state = 'posted' and not released) as unreleased`,
      ).catch(() => []);
      seen = row;
      if (row && row.posted >= postings && row.open === 0 && row.due === 0 && row.unreleased === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`the sink did not come to rest within ${withinMs} ms: ${JSON.stringify(seen)}\n${this.sink.logTail(15)}`);
  }

  /** Stops the sink with SIGTERM, and waits until it has left its group. */
  async stopSink(): Promise<void> {
    await this.sink.stop();
    await this.empty(sinkGroup);
  }

  /** Lets recon read every topic to its end, and stops it. */
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

  /** Loses the ledger's database: not even its schema remains. */
  async loseLedger(): Promise<void> {
    await this.rows('drop schema if exists erp_sink cascade');
    await this.rows('drop schema if exists erp_sink_rebuild cascade');
  }

  async receipts(): Promise<Receipt[]> {
    const state = (await (await fetch(`${this.kineticUrl}/_control/state`)).json()) as { receipts: Receipt[] };
    return state.receipts;
  }

  /** Publishes tombstones for the cross-references of these source ids. */
  async forgetCrossReferences(topic: string, sourceIds: readonly string[]): Promise<void> {
    await this.publisher.publishRaw(sourceIds.map((id) => ({ topic, key: Buffer.from(`${target}/${id}`), value: null, headers: {} })));
  }
}
