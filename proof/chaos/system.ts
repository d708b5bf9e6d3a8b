import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicsToMake } from '@tributary/contracts';
import { TopicAdmin } from '@tributary/messaging';
import {
  callApi,
  freePorts,
  guard,
  identityFolder,
  makeLocalIdentity,
  makePayloadKeys,
  makeSealKeys,
  workspaceRoot,
} from '@tributary/local-stack';
import { KineticHistory } from './kinetic-history.js';
import type { UnexpectedExit, Part } from './part.js';
import { partsOf } from './parts.js';
import type { Addresses } from './parts.js';
import type { Victim } from './plan.js';

/** Size and name of a system. */
export interface SystemOptions {
  readonly brokers: 1 | 3;
  /** Folder under `.tributary/chaos` for the logs. */
  readonly name: string;
}

const readyWithinMs = 120_000;
const historyEveryMs = 100;
const requestTimeoutMs = 10_000;

/** The whole product as processes, each of which can be killed, frozen and started again. */
export class ChaosSystem {
  readonly history: KineticHistory;
  /** Exits of processes that nobody asked for, since the start. */
  readonly unexpectedExits: UnexpectedExit[] = [];
  /** Deliveries answered 200 since the start. */
  answeredEver = 0;
  private readonly parts: ReadonlyMap<Victim, Part>;
  private readonly timer: NodeJS.Timeout;
  private faults: { readonly seed: number; readonly rules: readonly object[] } = { seed: 1, rules: [] };

  private constructor(
    private readonly folder: string,
    private readonly addresses: Addresses,
    brokers: number,
    logFolder: string,
  ) {
    this.history = new KineticHistory(join(folder, 'kinetic'));
    this.parts = partsOf({
      folder,
      logFolder,
      brokers,
      addresses,
      onUnexpectedExit: (end) => this.unexpectedExits.push(end),
      beforeRestart: { 'emulator-epicor-kinetic': async () => this.history.read() },
    });
    this.timer = setInterval(() => this.history.read(), historyEveryMs);
  }

  static async start(options: SystemOptions): Promise<ChaosSystem> {
    const logFolder = join(workspaceRoot, '.tributary', 'chaos', options.name);
    rmSync(logFolder, { recursive: true, force: true });
    mkdirSync(logFolder, { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), 'tributary-chaos-'));
    chmodSync(folder, 0o755); // PostgreSQL may run as another user, who must be able to enter
    guard.addFolder(folder);
    makeLocalIdentity(identityFolder(folder));
    makeSealKeys(identityFolder(folder));
    makePayloadKeys(identityFolder(folder));
    const ports = await freePorts(10 + options.brokers * 2);
    const system = new ChaosSystem(folder, addressesOf(ports, options.brokers), options.brokers, logFolder);
    try {
      await system.startAll();
    } catch (error) {
      await system.stop();
      throw error;
    }
    return system;
  }

  get names(): readonly Victim[] {
    return [...this.parts.keys()];
  }

  part(name: Victim): Part {
    const part = this.parts.get(name);
    if (!part) throw new Error(`there is no ${name} in this system; there are ${this.names.join(', ')}`);
    return part;
  }

  /** Starts what is down, continues what is frozen, waits until everything is ready. */
  async heal(): Promise<void> {
    for (const part of this.parts.values()) part.thaw();
    for (const part of this.parts.values()) await part.start();
    for (const part of this.parts.values()) await part.ready(readyWithinMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    for (const part of this.parts.values()) part.thaw();
    await Promise.all([...this.parts.values()].map((part) => part.kill()));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    guard.dropFolder(this.folder);
  }

  url(service: Victim, path: string): string {
    return `http://127.0.0.1:${this.addresses.http[service]}${path}`;
  }

  /** The JSON answer of a service. @throws when it does not answer 200 within 10 s. */
  async json<T>(service: Victim, path: string): Promise<T> {
    const response = await this.ask(service, path, requestTimeoutMs);
    if (!response.ok) throw new Error(`${service} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** GET of an emulator, or of a service with the token of the system. */
  ask(service: Victim, path: string, withinMs: number): Promise<Response> {
    const signal = AbortSignal.timeout(withinMs);
    if (service.startsWith('emulator-')) return fetch(this.url(service, path), { signal });
    return callApi(this.url(service, path), { signal }, { TRIBUTARY_STATE_DIR: this.folder });
  }

  /** Sets the faults of the Kinetic emulator. It keeps them in memory: `repeatFaults` sets them again after a start. */
  async setFaults(seed: number, rules: readonly object[]): Promise<void> {
    this.faults = { seed, rules };
    await this.repeatFaults();
  }

  async repeatFaults(): Promise<void> {
    const response = await fetch(this.url('emulator-epicor-kinetic', '/_control/faults'), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(this.faults),
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    if (!response.ok) throw new Error(`setting faults: ${response.status} ${await response.text()}`);
  }

  private async startAll(): Promise<void> {
    const isBroker = (name: Victim): boolean => name.startsWith('kafka-');
    const brokers = this.names.filter(isBroker);
    const rest = this.names.filter((name) => !isBroker(name) && name !== 'registry');
    await Promise.all(brokers.map((name) => this.part(name).start()));
    await Promise.all(brokers.map((name) => this.part(name).ready(readyWithinMs)));
    await this.part('registry').start(); // it stores its schemas in Kafka
    await this.part('registry').ready(readyWithinMs);
    await TopicAdmin.ensureTopics({ brokers: this.addresses.brokers, clientId: 'chaos' }, topicsToMake({ targets: ['kinetic-main'] }));
    const registered = spawnSync(
      process.execPath,
      [join(workspaceRoot, 'tools/dist/contracts/register.js'), '--registry', this.addresses.registryUrl],
      { encoding: 'utf8' },
    );
    if (registered.status !== 0) throw new Error(`registering the schemas: ${registered.stdout}${registered.stderr}`);
    for (const name of rest) {
      await this.part(name).start();
      await this.part(name).ready(readyWithinMs);
    }
  }
}

function addressesOf(ports: readonly number[], brokers: number): Addresses {
  const [ingest, transform, sinkA, sinkB, recon, stripe, kinetic, registry, postgres, , ...kafka] = ports as [number, ...number[]];
  const nodes = Array.from({ length: brokers }, (_, index) => ({
    nodeId: index + 1,
    port: kafka[index * 2] as number,
    controllerPort: kafka[index * 2 + 1] as number,
  }));
  return {
    nodes,
    brokers: nodes.map(({ port }) => `127.0.0.1:${port}`),
    registryPort: registry as number,
    registryUrl: `http://127.0.0.1:${registry}/apis/ccompat/v7`,
    postgresPort: postgres as number,
    http: {
      ingest: ingest as number,
      transform: transform as number,
      'erp-sink': sinkA as number,
      'erp-sink-b': sinkB as number,
      recon: recon as number,
      'emulator-stripe': stripe as number,
      'emulator-epicor-kinetic': kinetic as number,
    },
  };
}
