import { parseArgs } from 'node:util';
import { compatibilityRule, RegistryAwayError, RegistryClient, RegistryRefusedError, subjectsFor } from '@tributary/messaging';
import type { Subject } from '@tributary/messaging';
import { shippedTargets } from '@tributary/target-registry';
import { isProgram } from './workspace.js';

/** Registry and targets to register schemas for. */
export interface RegisterOptions {
  /** Confluent-compatible address, up to and including /apis/ccompat/v7. */
  readonly registryUrl: string;
  /** Calls the registry, with credentials where it asks for them; default: `fetch`. */
  readonly send?: typeof fetch;
  /** Targets whose posting topics get their schemas. */
  readonly targets: readonly string[];
  readonly onProgress?: (line: string) => void;
  /** How long to go on while the registry is away, milliseconds. */
  readonly deadlineMs?: number;
}

/** How many subjects were registered, by result. */
export interface Registered {
  /** Subjects that had no version. */
  readonly added: number;
  /** Subjects that got a further version. */
  readonly evolved: number;
  readonly unchanged: number;
}

/** Some schemas were refused; the others are registered. */
export class RegistrationError extends Error {
  constructor(readonly refusals: readonly string[]) {
    super(`registering schemas: ${refusals.length} refused\n  ${refusals.join('\n  ')}`);
    this.name = 'RegistrationError';
  }
}

const defaultDeadlineMs = 90_000;
const defaultRegistryUrl = 'http://127.0.0.1:18181/apis/ccompat/v7';
const defaultTargets = shippedTargets;
/** Calls at a time: the registry writes to Kafka and serialises anyway. */
const lanes = 4;
const progressEveryMs = 2_000;

/**
 * Registers every schema of the language and sets the rule FULL_TRANSITIVE on its subject. Does nothing where all is as it should
 * be; goes on while the registry is away, until the deadline.
 *
 * @throws {RegistrationError} naming every schema that was refused, with the registry's reason.
 * @throws {RegistryAwayError} when the registry was away until the deadline.
 */
export async function registerSchemas(options: RegisterOptions): Promise<Registered> {
  return registerSubjects(subjectsFor(options.targets), options);
}

/** The same for chosen subjects. */
export async function registerSubjects(subjects: readonly Subject[], options: Omit<RegisterOptions, 'targets'>): Promise<Registered> {
  const say = options.onProgress ?? (() => undefined);
  const client = new RegistryClient({
    registryUrl: options.registryUrl,
    deadlineMs: options.deadlineMs ?? defaultDeadlineMs,
    ...(options.send ? { send: options.send } : {}),
    onWaiting: atMostEvery(progressEveryMs, say),
  });
  const counts = { added: 0, evolved: 0, unchanged: 0 };
  const refusals: string[] = [];
  const queue = [...subjects];
  const lane = async (): Promise<void> => {
    for (let subject = queue.shift(); subject; subject = queue.shift()) {
      try {
        const outcome = await registerOne(client, subject);
        counts[outcome] += 1;
        if (outcome !== 'unchanged') say(`${outcome} ${subject.name}`);
      } catch (error) {
        if (!(error instanceof RegistryRefusedError)) throw error;
        refusals.push(error.status === 409 ? `${subject.name} is incompatible with what is registered: ${error.reason}` : error.message);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (refusals.length > 0) throw new RegistrationError(refusals);
  say(`schemas: ${counts.added} added, ${counts.evolved} evolved, ${counts.unchanged} unchanged`);
  return counts;
}

async function registerOne(client: RegistryClient, { name, schema }: Subject): Promise<keyof Registered> {
  const found = await client.has(name, schema);
  // The rule first, so that it is in force when a further version comes.
  if ((await client.compatibilityOf(name)) !== compatibilityRule) await client.setCompatibility(name, compatibilityRule);
  if (found === 'yes') return 'unchanged';
  await client.register(name, schema);
  return found === 'other' ? 'evolved' : 'added';
}

/** Passes on the first line and then one every so often. */
function atMostEvery(everyMs: number, say: (line: string) => void): (line: string) => void {
  let nextAt = 0;
  return (line) => {
    if (Date.now() < nextAt) return;
    nextAt = Date.now() + everyMs;
    say(line);
  };
}

const usage = `contracts register [--registry <url>] [--target <name>]... [--deadline <seconds>]
  registers every schema of libs/contracts and sets the rule ${compatibilityRule}
  --registry  Confluent-compatible address; SCHEMA_REGISTRY_URL, else ${defaultRegistryUrl}
  --target    target whose posting topic gets its schema, repeatable; ${defaultTargets.join(' and ')} unless told
  --deadline  how long to wait for a registry that is away; ${defaultDeadlineMs / 1_000} unless told
  exit code 0 all registered, 1 a schema was refused, 2 wrong usage, 3 no registry`;

async function main(args: readonly string[]): Promise<number> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        registry: { type: 'string' },
        target: { type: 'string', multiple: true },
        deadline: { type: 'string' },
        help: { type: 'boolean' },
      },
    }));
    if (values.deadline !== undefined && !/^[1-9]\d{0,4}$/.test(values.deadline))
      throw new Error(`--deadline ${values.deadline} is not a number of seconds`);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  if (values.help) {
    console.log(usage);
    return 0;
  }
  try {
    await registerSchemas({
      registryUrl: values.registry ?? process.env.SCHEMA_REGISTRY_URL ?? defaultRegistryUrl,
      targets: values.target ?? defaultTargets,
      onProgress: (line) => console.log(line),
      ...(values.deadline ? { deadlineMs: Number(values.deadline) * 1_000 } : {}),
    });
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof RegistryAwayError ? 3 : 1;
  }
}

if (isProgram(import.meta.filename)) {
  process.exitCode = await main(process.argv.slice(2));
}
