import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TopicAdmin } from '@tributary/messaging';
import { topicsToMake } from '@tributary/contracts';
import { freePort, ServiceProcess, startStack, workspaceRoot } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { endpoints, signature } from './bodies.js';
import type { Body } from './bodies.js';

const quietWithinMs = 240_000;
const postAttempts = 100;

export interface Counts {
  readonly accepted: number;
  readonly inFlight: number;
  readonly posted: number;
  readonly ignored: number;
  readonly held: number;
  readonly deadLettered: number;
  readonly ignoredBy: Readonly<Record<string, number>>;
}

/** A receipt as Kinetic's state dump shows it; only what the proof looks at. */
export interface KineticReceipt {
  readonly CheckRef: string;
  readonly DocTranAmt: number;
  readonly CurrencyCode: string;
  readonly CustNum: number;
  readonly GroupID: string;
  readonly HeadNum: number;
  readonly Posted: boolean;
}

export interface KineticCustomer {
  readonly CustNum: number;
  readonly CustID: string;
  readonly Name: string;
  readonly EMailAddress: string;
  readonly Address1: string;
  readonly Address2: string;
  readonly City: string;
  readonly Zip: string;
  readonly PhoneNum: string;
  readonly Inactive: boolean;
  readonly StripeCustomerID_c: string;
}

export interface KineticState {
  readonly customers: readonly KineticCustomer[];
  readonly receipts: readonly KineticReceipt[];
}

type ServiceName = 'emulator-stripe' | 'emulator-epicor-kinetic' | 'ingest' | 'transform' | 'erp-sink' | 'erp-sink-stripe' | 'recon';

/** An object of Stripe as its state dump shows it; only what the proof looks at. */
export interface StripeHeld {
  readonly id: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface StripeState {
  readonly customers: readonly StripeHeld[];
  readonly charges: readonly StripeHeld[];
}

/** One sink per target, of one service. */
const projectOf = (service: ServiceName): string => (service === 'erp-sink-stripe' ? 'erp-sink' : service);

/** The whole walk as processes of its own: real broker, registry, database, emulators over HTTP, four services and a second sink. */
export class WalkSystem {
  private constructor(
    private readonly processes: Readonly<Record<ServiceName, ServiceProcess>>,
    private readonly ports: Readonly<Record<ServiceName, number>>,
    private readonly stack: Pick<Stack, 'brokers' | 'registryUrl' | 'stop'>,
  ) {}

  static async start(name: string): Promise<WalkSystem> {
    const stack = await startStack({ kafka: true, registry: true, postgres: true });
    try {
      return await WalkSystem.on(stack, name);
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  private static async on(stack: Stack, name: string): Promise<WalkSystem> {
    const work = join(workspaceRoot, '.tributary', 'walk', name);
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    await TopicAdmin.ensureTopics({ brokers: stack.brokers, clientId: 'walk' }, topicsToMake({ targets: ['kinetic-main', 'stripe-main'] }));
    const registered = spawnSync(
      process.execPath,
      [join(workspaceRoot, 'tools/dist/contracts/register.js'), '--registry', stack.registryUrl],
      { encoding: 'utf8' },
    );
    if (registered.status !== 0) throw new Error(`registering the schemas: ${registered.stdout}${registered.stderr}`);

    const names: readonly ServiceName[] = [
      'emulator-stripe',
      'emulator-epicor-kinetic',
      'ingest',
      'transform',
      'erp-sink',
      'erp-sink-stripe',
      'recon',
    ];
    const ports = Object.fromEntries(await Promise.all(names.map(async (service) => [service, await freePort()] as const))) as Record<
      ServiceName,
      number
    >;
    const common = {
      KAFKA_BROKERS: stack.brokers.join(','),
      SCHEMA_REGISTRY_URL: stack.registryUrl,
      DATABASE_URL: stack.databaseUrl,
      HTTP_HOST: '127.0.0.1',
      TRIBUTARY_ENVIRONMENT: 'test',
      TRIBUTARY_ASSETS_DIR: join(workspaceRoot, 'assets'),
      LOG_LEVEL: 'info',
      // A killed process counts as dead after that: it is waited for before its partitions go to the next.
      KAFKA_SESSION_TIMEOUT_MS: '12000',
    };
    const kinetic = {
      ERP_TARGET: 'kinetic-main',
      ERP_KIND: 'epicor-kinetic',
      KINETIC_URL: `http://127.0.0.1:${ports['emulator-epicor-kinetic']}/kinetic`,
      KINETIC_COMPANY: 'EPIC06',
      KINETIC_USER: 'tributary',
      KINETIC_PASSWORD: 'demo-password',
      KINETIC_API_KEY: 'demo-api-key',
      KINETIC_CALL_TIMEOUT_MS: '3000',
    };
    const stripe = { STRIPE_API_KEY: 'sk_test_walk', STRIPE_API_URL: `http://127.0.0.1:${ports['emulator-stripe']}` };
    const envOf: Record<ServiceName, Record<string, string>> = {
      'emulator-stripe': {
        HTTP_HOST: '127.0.0.1',
        EMULATOR_STATE_DIR: join(work, 'stripe'),
        // What we write to Stripe comes back through the door.
        STRIPE_EMULATOR_ENDPOINTS: JSON.stringify([
          { url: `http://127.0.0.1:${ports.ingest}/webhooks/stripe/${endpoints[0].name}`, secrets: endpoints[0].secrets },
        ]),
      },
      'emulator-epicor-kinetic': { HTTP_HOST: '127.0.0.1', EMULATOR_STATE_DIR: join(work, 'kinetic') },
      ingest: { ...common, STRIPE_ENDPOINTS: JSON.stringify(endpoints) },
      transform: { ...common, ...stripe, STRIPE_SETTLEMENT_CURRENCIES: 'USD,EUR,CAD,AUD,CHF,SEK,JPY,KWD,ISK,UGX' },
      // A target that refuses every fifth call is not down: it is probed often, so that the proof ends in time.
      'erp-sink': { ...common, ...kinetic, ERP_PROBE_MAX_MS: '1000' },
      'erp-sink-stripe': {
        ...common,
        ...stripe,
        ERP_TARGET: 'stripe-main',
        ERP_KIND: 'stripe',
        STRIPE_CALL_TIMEOUT_MS: '3000',
        STRIPE_CALLS_PER_SECOND: '100',
        STRIPE_MAX_WAIT_MS: '500',
        ERP_PROBE_MAX_MS: '1000',
      },
      recon: { ...common, ...kinetic, RECON_TARGETS: 'kinetic-main,stripe-main' },
    };
    const processes = Object.fromEntries(
      names.map((service) => {
        const port = ports[service];
        const emulator = service.startsWith('emulator-');
        return [
          service,
          new ServiceProcess({
            name: service,
            entry: emulator ? `emulators/${service.slice('emulator-'.length)}/dist/main.js` : `services/${projectOf(service)}/dist/main.js`,
            env: { ...envOf[service], HTTP_PORT: String(port) },
            readyUrl: emulator ? `http://127.0.0.1:${port}/_control/state` : `http://127.0.0.1:${port}/ready`,
            logFile: join(work, `${service}.log`),
          }),
        ] as const;
      }),
    ) as Record<ServiceName, ServiceProcess>;
    const system = new WalkSystem(processes, ports, stack);
    try {
      for (const service of names) await processes[service].start();
    } catch (error) {
      await system.stopProcesses();
      throw error;
    }
    return system;
  }

  /** Where other readers find the topics and their schemas. */
  get wire(): Pick<Stack, 'brokers' | 'registryUrl'> {
    return this.stack;
  }

  async stop(): Promise<void> {
    await this.stopProcesses();
    await this.stack.stop();
  }

  private async stopProcesses(): Promise<void> {
    for (const service of [
      'ingest',
      'transform',
      'erp-sink',
      'erp-sink-stripe',
      'recon',
      'emulator-epicor-kinetic',
      'emulator-stripe',
    ] as const)
      await this.processes[service]?.stop();
  }

  async kill9(service: ServiceName): Promise<void> {
    await this.processes[service].kill9();
  }

  async restart(service: ServiceName): Promise<void> {
    await this.processes[service].start();
  }

  /** One delivery as Stripe makes it. @returns the HTTP status. */
  async deliver(body: Body, secret: string = body.endpoint.secrets[0]): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${this.ports.ingest}/webhooks/stripe/${body.endpoint.name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature(body.bytes, secret) },
      body: new Uint8Array(body.bytes),
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** Delivers until it is accepted, as Stripe does for three days; here `postAttempts` times, 100 ms apart. */
  async deliverUntilAccepted(body: Body): Promise<void> {
    for (let attempt = 1; attempt <= postAttempts; attempt += 1) {
      const status = await this.deliver(body).catch(() => 0);
      if (status === 200) return;
      if (status >= 400 && status < 500) throw new Error(`${body.file}: the door answered ${status}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${body.file}: not accepted in ${postAttempts} attempts`);
  }

  async counts(): Promise<Counts> {
    return this.json<Counts>('recon', '/counts');
  }

  async event(eventId: string): Promise<{ state: string; reason?: string | null }> {
    return this.json('recon', `/events/${encodeURIComponent(eventId)}`);
  }

  /** A person says which document of the ERP a held event is about, and that is carried out. */
  async resolve(eventId: string, reference: Readonly<Record<string, string>>): Promise<void> {
    const { deadLetters } = await this.json<{ deadLetters: { id: string; eventId: string; state: string }[] }>(
      'recon',
      '/dead-letters?limit=500',
    );
    const held = deadLetters.find((one) => one.eventId === eventId && one.state === 'open');
    if (!held) throw new Error(`${eventId} has no open dead letter`);
    const response = await fetch(`http://127.0.0.1:${this.ports.recon}/dead-letter-orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'resolve', scope: 'one', ids: [held.id], reference, reason: 'the right customer', by: 'walk' }),
    });
    if (response.status !== 202) throw new Error(`resolving ${eventId}: ${response.status} ${await response.text()}`);
    const { id } = (await response.json()) as { id: string };
    const deadline = Date.now() + quietWithinMs;
    while ((await this.json<{ state: string }>('recon', `/dead-letter-orders/${id}`)).state !== 'done') {
      if (Date.now() > deadline) throw new Error(`the decision about ${eventId} was not carried out`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await this.quiet((await this.counts()).accepted);
  }

  /** Waits until `accepted` deliveries are counted and none is on its way, twice in a row. @throws with the counts when that takes too long. */
  async quiet(accepted: number): Promise<Counts> {
    const deadline = Date.now() + quietWithinMs;
    let calm = 0;
    let counts: Counts | undefined;
    while (Date.now() < deadline) {
      counts = await this.counts().catch(() => undefined);
      calm = counts && counts.accepted >= accepted && counts.inFlight === 0 && (await this.batchesAreReleased()) ? calm + 1 : 0;
      if (counts && calm >= 2) return counts;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error(
      `the walk did not come to rest within ${quietWithinMs} ms: ${JSON.stringify(counts)}\nerp-sink:\n${this.processes['erp-sink'].logTail(15)}`,
    );
  }

  /** Saving is not posting: at rest, every cash group has been released. */
  private async batchesAreReleased(): Promise<boolean> {
    const state = await this.kinetic().catch(() => undefined);
    return state !== undefined && state.receipts.every((receipt) => receipt.Posted);
  }

  async kinetic(): Promise<KineticState> {
    return this.json<KineticState>('emulator-epicor-kinetic', '/_control/state');
  }

  async stripe(): Promise<StripeState> {
    return { customers: [], charges: [], ...(await this.json<Partial<StripeState>>('emulator-stripe', '/_control/state')) };
  }

  /** Objects that recorded events are about, as Stripe holds them. */
  async stripeHolds(objects: { readonly customers?: readonly object[]; readonly charges?: readonly object[] }): Promise<void> {
    await this.put('emulator-stripe', '/_control/objects', objects);
  }

  /** A change that somebody else makes in Stripe. */
  async stripeChanges(path: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.ports['emulator-stripe']}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_somebody', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields),
    });
    if (!response.ok) throw new Error(`changing ${path}: ${response.status} ${await response.text()}`);
  }

  async stripeFaults(rules: readonly object[]): Promise<void> {
    await this.put('emulator-stripe', '/_control/faults', { rules });
  }

  /** Rules of the Kinetic emulator's control surface. */
  async kineticFaults(rules: readonly object[], seed = 1): Promise<void> {
    await this.put('emulator-epicor-kinetic', '/_control/faults', { seed, rules });
  }

  async kineticCalls(): Promise<Record<string, unknown>> {
    return this.json('emulator-epicor-kinetic', '/_control/calls');
  }

  private async put(service: ServiceName, path: string, body: object): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.ports[service]}${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${service} ${path}: ${response.status} ${await response.text()}`);
  }

  private async json<T>(service: ServiceName, path: string): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.ports[service]}${path}`, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`${service} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
