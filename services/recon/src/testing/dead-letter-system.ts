import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostingRequested } from '@tributary/contracts';
import { events, headers, topics } from '@tributary/contracts';
import { KafkaPublisher, KafkaTransport, RegistrySchemaIds, WireCodec } from '@tributary/messaging';
import { target } from './requests.js';
import { ReplayOwner } from './replay-owner.js';

/** Consumer group whose dead letters are tested. */
export const group = `tributary-sink-${target}`;
/** Topic of that group. */
export const topic = topics.postings(target);

/** A child process of a test. */
export interface TestChild {
  readyWhen(isReady: () => Promise<boolean>, withinMs: number): Promise<unknown>;
  kill9(): Promise<unknown>;
}

/** Kafka, schema registry and PostgreSQL of a test. */
export interface TestStack {
  readonly brokers: string[];
  readonly registryUrl: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

/** The part of @tributary/local-stack that is used here. Only integration tests may import that package, so they pass it in. */
export interface Support {
  startStack(options: { kafka: true; registry: true; postgres: true }): Promise<TestStack>;
  freePorts(count: number): Promise<number[]>;
  readonly Child: {
    start(options: {
      name: string;
      command: string;
      args: string[];
      cwd: string;
      env: Record<string, string | undefined>;
      logFile: string;
    }): Promise<TestChild>;
  };
  readonly workspaceRoot: string;
}

/** One message to dead-letter. */
export interface Death {
  readonly request: PostingRequested;
  readonly eventId: string;
  readonly sequence: string;
  readonly partition: number;
  readonly offset: number;
  readonly code: string;
}

/** Runs recon as a separate process with a real broker, registry and database, and a group that owns the dead letters. */
export class DeadLetterSystem {
  readonly owner = new ReplayOwner();
  private children: TestChild[] = [];
  private starts = 0;

  private constructor(
    private readonly support: Support,
    readonly stack: TestStack,
    readonly publisher: KafkaPublisher,
    private readonly codec: WireCodec,
    readonly port: number,
    private readonly kineticUrl: string,
    private readonly folder: string,
  ) {}

  /** @param kineticUrl address of the ERP that recon reads; by default nothing listens at it. */
  static async start(support: Support, kineticUrl = 'http://127.0.0.1:1/kinetic'): Promise<DeadLetterSystem> {
    const { startStack, freePorts, workspaceRoot } = support;
    execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot, stdio: 'ignore' });
    const stack = await startStack({ kafka: true, registry: true, postgres: true });
    const [port = 0] = await freePorts(1);
    const env = {
      PATH: process.env.PATH,
      KAFKA_BROKERS: stack.brokers.join(','),
      SCHEMA_REGISTRY_URL: stack.registryUrl,
      TRIBUTARY_TARGETS: target,
    };
    execFileSync(process.execPath, ['tools/dist/stack/setup-cli.js'], { cwd: workspaceRoot, env, stdio: 'ignore' });
    const codec = new WireCodec(new RegistrySchemaIds(stack.registryUrl));
    const publisher = new KafkaPublisher({ brokers: stack.brokers, clientId: 'test', registryUrl: stack.registryUrl });
    await publisher.connect();
    return new DeadLetterSystem(support, stack, publisher, codec, port, kineticUrl, mkdtempSync(join(tmpdir(), 'recon-')));
  }

  /** Starts the owner of the replay topic. @returns a function that stops it. */
  startOwner(): Promise<() => Promise<void>> {
    return this.owner.start(
      new KafkaTransport({
        brokers: this.stack.brokers,
        clientId: 'owner',
        groupId: `owner-${randomUUID()}`,
        topics: [topics.replay(topic, group)],
        registryUrl: this.stack.registryUrl,
        publisher: this.publisher,
      }),
    );
  }

  /** @param env additional configuration. */
  async startRecon(env: Readonly<Record<string, string>> = {}): Promise<TestChild> {
    const { workspaceRoot } = this.support;
    this.starts += 1;
    const child = await this.support.Child.start({
      name: 'recon',
      command: process.execPath,
      args: [join(workspaceRoot, 'services/recon/dist/main.js')],
      cwd: workspaceRoot,
      env: {
        PATH: process.env.PATH,
        KAFKA_BROKERS: this.stack.brokers.join(','),
        SCHEMA_REGISTRY_URL: this.stack.registryUrl,
        DATABASE_URL: this.stack.databaseUrl,
        HTTP_HOST: '127.0.0.1',
        HTTP_PORT: String(this.port),
        RECON_TARGETS: target,
        TRIBUTARY_ASSETS_DIR: join(workspaceRoot, 'assets'),
        DEAD_LETTER_GIVE_AGAIN_MS: '1000',
        KINETIC_URL: this.kineticUrl,
        KINETIC_COMPANY: 'EPIC06',
        KINETIC_USER: 'tributary',
        KINETIC_PASSWORD: 'demo-password',
        KINETIC_API_KEY: 'demo-api-key',
        ...env,
      },
      logFile: join(this.folder, `recon-${this.starts}.log`),
    });
    this.children.push(child);
    await child.readyWhen(
      () =>
        fetch(`http://127.0.0.1:${this.port}/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      60_000,
    );
    return child;
  }

  async call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: T }> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  /** Writes dead letters as the consumer group would. */
  async bury(deaths: readonly Death[], header: Readonly<Record<string, string>> = {}): Promise<void> {
    const at = '2026-11-21T06:00:00.000Z';
    const records = deaths.map(async ({ request, eventId, sequence, partition, offset, code }) => ({
      topic: topics.deadLetters(topic, group),
      key: Buffer.from('cus_1'),
      value: await this.codec.encode(topic, events.postingRequested, request),
      headers: {
        [headers.id]: eventId,
        [headers.type]: events.postingRequested.type,
        [headers.sequence]: sequence,
        [headers.sourceEvent]: request.sourceEventId,
        [headers.traceparent]: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        [headers.errorCode]: code,
        [headers.errorText]: `posting ${request.postingKey}: period 2026-11 is closed`,
        [headers.originalTopic]: topic,
        [headers.originalPartition]: String(partition),
        [headers.originalOffset]: String(offset),
        [headers.consumerGroup]: group,
        [headers.attempts]: '3',
        [headers.firstFailureAt]: at,
        [headers.lastFailureAt]: at,
        ...header,
      },
    }));
    await this.publisher.publishRaw(await Promise.all(records));
  }

  async stop(): Promise<void> {
    for (const child of this.children) await child.kill9().catch(() => undefined);
    await this.publisher.close();
    await this.stack.stop();
  }
}

/** Repeats `ask` until its answer satisfies `isSo`. @throws with the last answer after `withinMs`. */
export async function eventually<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean, withinMs = 30_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (Date.now() > until) throw new Error(`still not so after ${withinMs} ms: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
