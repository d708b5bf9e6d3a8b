import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts } from '@tributary/contracts';
import { callApi, identityFolder, signLocalToken, startStack, workspaceRoot } from '@tributary/local-stack';
import type { ServiceProcess, Stack, TokenVariables } from '@tributary/local-stack';
import { signature } from './bodies.js';
import type { Body } from './bodies.js';
import type { KineticLedger, KineticState, StripeState } from './shapes.js';
import { choosePorts, prepareTopics, processesOf, serviceNames } from './walk-processes.js';
import type { Ports, ServiceName, WalkOptions, Wire } from './walk-processes.js';

const quietWithinMs = 240_000;
const postAttempts = 100;

/** The whole pipeline as processes: real broker, registry and database, both emulators, ingest, transform, two sinks and recon. */
export class WalkSystem {
  private constructor(
    private readonly processes: Readonly<Record<ServiceName, ServiceProcess>>,
    private readonly ports: Ports,
    private readonly stack: Pick<Stack, 'brokers' | 'registryUrl' | 'stop'>,
    /** With which token its services are asked. */
    readonly token: TokenVariables,
  ) {}

  /** On a stack of its own. @param name of the run, for its folder below .tributary/walk. */
  static async start(name: string, options: WalkOptions = {}): Promise<WalkSystem> {
    const stack = await startStack({ kafka: true, registry: true, postgres: true });
    try {
      return await WalkSystem.on(stack, name, options);
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  /** On a stack that runs; `stop` stops it, too. @param name of the run, for its folder below .tributary/walk. */
  static async on(stack: Wire & Pick<Stack, 'stop'>, name: string, options: WalkOptions = {}): Promise<WalkSystem> {
    const folder = join(workspaceRoot, '.tributary', 'walk', name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await prepareTopics(stack);
    const ports = await choosePorts();
    const processes = processesOf(stack, ports, folder, options);
    const system = new WalkSystem(processes, ports, stack, { TRIBUTARY_STATE_DIR: folder });
    try {
      for (const service of serviceNames) await processes[service].start();
    } catch (error) {
      await system.stopProcesses();
      throw error;
    }
    return system;
  }

  /** Variables that a process is started with. */
  environmentOf(service: ServiceName): Readonly<Record<string, string>> {
    return this.processes[service].options.env;
  }

  /** SIGTERM: it drains, and leaves its groups. */
  async halt(service: ServiceName): Promise<void> {
    await this.processes[service].stop();
  }

  /** Addresses of broker and registry, for readers outside of the product. */
  get wire(): Pick<Stack, 'brokers' | 'registryUrl'> {
    return this.stack;
  }

  /** Address of recon. */
  get reconUrl(): string {
    return `http://127.0.0.1:${this.ports.recon}`;
  }

  /** Stops every process and the stack. */
  async stop(): Promise<void> {
    await this.stopProcesses();
    await this.stack.stop();
  }

  private async stopProcesses(): Promise<void> {
    // Services first, so that none loses an emulator while it drains.
    const services = serviceNames.filter((service) => !service.startsWith('emulator-'));
    const emulators = serviceNames.filter((service) => service.startsWith('emulator-'));
    for (const service of [...services, ...emulators]) await this.processes[service].stop();
  }

  /** SIGKILL. */
  async kill9(service: ServiceName): Promise<void> {
    await this.processes[service].kill9();
  }

  /** Starts a killed process again and waits until it is ready. */
  async restart(service: ServiceName): Promise<void> {
    await this.processes[service].start();
  }

  /** Delivers one event as Stripe does. @returns the HTTP status. */
  async deliver(body: Body, secret: string = body.endpoint.secrets[0]): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${this.ports.ingest}/webhooks/stripe/${body.endpoint.name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature(body.bytes, secret) },
      body: new Uint8Array(body.bytes),
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** Repeats the delivery until it is accepted, as Stripe does for three days: here `postAttempts` times, 100 ms apart. */
  async deliverUntilAccepted(body: Body): Promise<void> {
    for (let attempt = 1; attempt <= postAttempts; attempt += 1) {
      const status = await this.deliver(body).catch(() => 0);
      if (status === 200) return;
      if (status >= 400 && status < 500) throw new Error(`${body.file}: ingest answered ${status}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${body.file}: not accepted in ${postAttempts} attempts`);
  }

  /** What services tell: their logs, their metrics, recon's lists of dead letters. Emulators stand for others and are left out. */
  async told(): Promise<string> {
    const services = serviceNames.filter((service) => !service.startsWith('emulator-'));
    const logs = services.map((service) => readFileSync(join(this.token.TRIBUTARY_STATE_DIR as string, `${service}.log`), 'utf8'));
    const pages = services.map((service): [ServiceName, string] => [service, '/metrics']);
    const lists = ['/dead-letters?limit=500', '/dead-letters/causes', '/dead-letters/parked'].map((path): [ServiceName, string] => [
      'recon',
      path,
    ]);
    const answers = [...pages, ...lists].map(async ([service, path]) => {
      const answer = await callApi(`http://127.0.0.1:${this.ports[service]}${path}`, {}, this.token);
      if (!answer.ok) throw new Error(`${service} answers ${path} with ${answer.status}`);
      return answer.text();
    });
    return [...logs, ...(await Promise.all(answers))].join('\n');
  }

  /** Counts of recon. */
  async counts(): Promise<Counts> {
    return this.json<Counts>('recon', '/counts');
  }

  /** State of one event in recon. */
  async event(eventId: string): Promise<{ state: string; reason?: string | null }> {
    return this.json('recon', `/events/${encodeURIComponent(eventId)}`);
  }

  /** Resolves a held event as an operator does: names its document in the ERP, and waits until the order is done. */
  async resolve(eventId: string, reference: Readonly<Record<string, string>>): Promise<void> {
    const { deadLetters } = await this.json<{ deadLetters: { id: string; eventId: string; state: string }[] }>(
      'recon',
      '/dead-letters?limit=500',
    );
    const held = deadLetters.find((one) => one.eventId === eventId && one.state === 'open');
    if (!held) throw new Error(`${eventId} has no open dead letter`);
    const order = { action: 'resolve', scope: 'one', ids: [held.id], reference, reason: 'the right customer', acceptDifference: true };
    const { id, state } = await this.order('', order, this.token);
    // Which customer it is the ERP does not say: a second person has to approve it.
    if (state === 'waiting-approval') await this.order(`/${id}/approve`, { reason: 'seen in the ERP' }, this.secondPerson());
    const deadline = Date.now() + quietWithinMs;
    while ((await this.json<{ state: string }>('recon', `/dead-letter-orders/${id}`)).state !== 'done') {
      if (Date.now() > deadline) throw new Error(`the order about ${eventId} is not done after ${quietWithinMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await this.quiet((await this.counts()).accepted);
  }

  /** One request about orders of dead letters. */
  private async order(path: string, body: object, token: TokenVariables): Promise<{ id: string; state: string }> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await callApi(`http://127.0.0.1:${this.ports.recon}/dead-letter-orders${path}`, init, token);
    if (!response.ok) throw new Error(`ordering${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { id: string; state: string };
  }

  /** A token of somebody else, who approves. */
  private secondPerson(): TokenVariables {
    const person = { subject: 'person:second', name: 'second person' };
    const folder = identityFolder(this.token.TRIBUTARY_STATE_DIR ?? '');
    return { TRIBUTARY_TOKEN: signLocalToken(folder, { roles: ['approver'], lifetimeS: 300, person }) };
  }

  /** Waits until recon counts `accepted` deliveries and none in flight, twice in a row. @throws with the counts when that takes too long. */
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
      `the walk had events in flight after ${quietWithinMs} ms: ${JSON.stringify(counts)}\nerp-sink:\n${this.processes['erp-sink'].logTail(15)}`,
    );
  }

  /** Whether every cash group is released: a saved receipt is not posted yet. */
  private async batchesAreReleased(): Promise<boolean> {
    const state = await this.kinetic().catch(() => undefined);
    return state !== undefined && state.receipts.every((receipt) => receipt.Posted);
  }

  /** State of the Kinetic emulator. */
  async kinetic(): Promise<KineticState> {
    return this.json<KineticState>('emulator-epicor-kinetic', '/_control/state');
  }

  /** Entries in the general ledger of the Kinetic emulator. */
  async kineticLedger(): Promise<KineticLedger> {
    return this.json<KineticLedger>('emulator-epicor-kinetic', '/_control/ledger');
  }

  /** State of the Stripe emulator. */
  async stripe(): Promise<StripeState> {
    return { customers: [], charges: [], ...(await this.json<Partial<StripeState>>('emulator-stripe', '/_control/state')) };
  }

  /** Puts the objects of recorded events into the Stripe emulator. */
  async putStripeObjects(objects: { readonly customers?: readonly object[]; readonly charges?: readonly object[] }): Promise<void> {
    await this.put('emulator-stripe', '/_control/objects', objects);
  }

  /** Changes an object in Stripe as another user of the account does. */
  async changeInStripe(path: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.ports['emulator-stripe']}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_another_user', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields),
    });
    if (!response.ok) throw new Error(`changing ${path}: ${response.status} ${await response.text()}`);
  }

  /** Sets the faults of the Stripe emulator; an empty list ends them. */
  async setStripeFaults(rules: readonly object[]): Promise<void> {
    await this.put('emulator-stripe', '/_control/faults', { rules });
  }

  /** Sets the faults of the Kinetic emulator; an empty list ends them. */
  async setKineticFaults(rules: readonly object[], seed = 1): Promise<void> {
    await this.put('emulator-epicor-kinetic', '/_control/faults', { seed, rules });
  }

  /** Calls that the Kinetic emulator received. */
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
    const url = `http://127.0.0.1:${this.ports[service]}${path}`;
    const signal = AbortSignal.timeout(10_000);
    const response = await (service.startsWith('emulator-') ? fetch(url, { signal }) : callApi(url, { signal }, this.token));
    if (!response.ok) throw new Error(`${service} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
