import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureAvroJar, ensureKafkaJars, javaCommand, workspaceRoot } from '@tributary/local-stack';

/** A decoded value as both readers write it: longs as decimal text, maps as sorted pairs, records as lists of their fields. */
export type ShownValue = null | boolean | string | readonly ShownValue[];

/** One record as a reader in another language found it. */
export interface WireRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly headers: readonly (readonly [name: string, value: string | null])[];
  /** Full name of the Avro record, by the schema that the registry has under the id in the value. */
  readonly record?: string;
  readonly value?: ShownValue;
  /** What a strict reader stumbles over: text that is not UTF-8, bytes behind the value. */
  readonly problems: readonly string[];
}

const folder = join(workspaceRoot, 'proof', 'contracts');

/**
 * Reads topics from their beginning to their present end with Kafka's Java client and Avro's Java decoder.
 * @returns the records in the order in which they were read, and their lines for {@link readWithPython}.
 */
export async function readWithJava(
  brokers: readonly string[],
  registryUrl: string,
  topics: readonly string[],
): Promise<{ records: WireRecord[]; lines: string[] }> {
  const classpath = [join(await ensureKafkaJars(), '*'), await ensureAvroJar()].join(':');
  const source = join(folder, 'java', 'WireReader.java');
  const lines = await linesOf(javaCommand(), ['-Xmx512m', '-cp', classpath, source, brokers.join(','), registryUrl, ...topics], []);
  return { records: lines.map((line) => JSON.parse(line) as WireRecord), lines };
}

/** Whether this machine has Python 3. The product does not need it, so a machine without it runs everything else. */
export const hasPython: boolean = spawnSync('python3', ['--version']).status === 0;

/** Decodes the Avro of lines from {@link readWithJava} a second time, with Python's standard library only. */
export async function readWithPython(registryUrl: string, lines: readonly string[]): Promise<WireRecord[]> {
  const source = join(folder, 'python', 'wire_reader.py');
  return (await linesOf('python3', [source, registryUrl], lines)).map((line) => JSON.parse(line) as WireRecord);
}

/** An amount as the reader in TypeScript writes it. */
export interface ShownAmount {
  readonly path: string;
  /** `126400 JPY`, `1264.00 EUR`. */
  readonly text: string;
}

/** Reads topics with kafkajs and avsc, without code of this project: each message once, amounts with the decimals of their currency. */
export async function readWithTypeScript(
  brokers: readonly string[],
  registryUrl: string,
  topics: readonly string[],
): Promise<(WireRecord & { readonly amounts?: readonly ShownAmount[] })[]> {
  const source = join(folder, 'typescript', 'topic-reader.ts');
  const decimals = join(workspaceRoot, 'docs', 'data', 'decimals.csv');
  const lines = await linesOf(process.execPath, ['--no-warnings', source, brokers.join(','), registryUrl, decimals, ...topics], []);
  return lines.map((line) => JSON.parse(line) as WireRecord & { readonly amounts?: readonly ShownAmount[] });
}

/** Lines of a program's stdout. @throws with the end of its stderr when it fails. */
async function linesOf(command: string, args: readonly string[], input: readonly string[]): Promise<string[]> {
  const child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)));
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  child.stdin.on('error', () => undefined); // a program that ends early is reported by its exit code
  child.stdin.end(input.map((line) => `${line}\n`).join(''));
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await ended;
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${errors}`);
  // Not by node:readline, which also ends lines at U+2028 and U+2029.
  return Buffer.concat(output).toString('utf8').split('\n').filter(Boolean);
}
