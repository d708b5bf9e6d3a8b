import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from './lock.js';
import { StackError } from './stack-error.js';
import { cacheDir, workspaceRoot } from './workspace.js';

/** Version of Kafka. It is downloaded from Maven repositories once, like the registry, into `.tributary/cache`. */
export const kafkaVersion = '4.2.0';
/** Version of the Apicurio registry. */
export const registryVersion = '3.0.9';
/** Version of Avro's Java library. */
export const avroVersion = '1.12.0';

const run = promisify(execFile);
const pom = join(workspaceRoot, 'libs', 'local-stack', 'artifacts', 'pom.xml');
const downloadTimeoutMs = 15 * 60_000;
const outputBytes = 16 * 1024 * 1024;

/** Downloads Kafka if needed. @returns folder with the broker's jars. */
export async function ensureKafkaJars(): Promise<string> {
  return ensureFolder(`kafka-${kafkaVersion}`, async (folder) => {
    await maven([
      '-f',
      pom,
      'dependency:copy-dependencies',
      `-Dkafka.version=${kafkaVersion}`,
      `-DoutputDirectory=${folder}`,
      '-DincludeScope=runtime',
    ]);
    if (!readdirSync(folder).some((file) => file === `kafka_2.13-${kafkaVersion}.jar`)) {
      throw new StackError(
        'stack.download-failed',
        `fetching Kafka ${kafkaVersion}: Maven reported success, but there is no broker jar in ${folder}`,
      );
    }
  });
}

/** Downloads the registry if needed. @returns path of its runnable jar. */
export async function ensureRegistryJar(): Promise<string> {
  const folder = await ensureFolder(`apicurio-registry-${registryVersion}`, async (target) => {
    const artifact = `io.apicurio:apicurio-registry-app:${registryVersion}:tar.gz:all`;
    await maven(['dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${target}`, '-Dmdep.stripVersion=true']);
    const archive = join(target, 'apicurio-registry-app-all.tar.gz');
    await run('tar', ['-xzf', archive, '-C', target]);
    rmSync(archive);
  });
  return join(folder, `apicurio-registry-app-${registryVersion}-runner.jar`);
}

/** @returns path of Avro's jar, which a Java reader of the wire needs beside the broker's jars ({@link ensureKafkaJars}). */
export async function ensureAvroJar(): Promise<string> {
  const folder = await ensureFolder(`avro-${avroVersion}`, (target) =>
    maven(['dependency:copy', `-Dartifact=org.apache.avro:avro:${avroVersion}`, `-DoutputDirectory=${target}`]),
  );
  return join(folder, `avro-${avroVersion}.jar`);
}

/** A folder gets its final name only when it is complete, so an interrupted download leaves nothing that looks usable. */
async function ensureFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const final = join(cacheDir, name);
  if (existsSync(final)) return final;
  return withLock(join(cacheDir, `${name}.lock`), downloadTimeoutMs, async () => {
    if (existsSync(final)) return final; // another process downloaded it
    const partial = join(cacheDir, `${name}.partial`);
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    await fill(partial);
    renameSync(partial, final);
    return final;
  });
}

async function maven(args: readonly string[]): Promise<void> {
  try {
    await run('mvn', ['-B', '-ntp', '-q', ...args], { cwd: cacheDir, timeout: downloadTimeoutMs, maxBuffer: outputBytes });
  } catch (error) {
    const failure = error as NodeJS.ErrnoException & { stdout?: string; stderr?: string };
    if (failure.code === 'ENOENT')
      throw new StackError('stack.no-maven', 'fetching Kafka and the registry: there is no `mvn` on the PATH. Run `npm run doctor`.');
    const said = `${failure.stdout ?? ''}${failure.stderr ?? ''}`
      .split('\n')
      .filter((line) => line.includes('ERROR'))
      .slice(0, 5)
      .join('\n');
    throw new StackError('stack.download-failed', `fetching with Maven (${args.join(' ')}): ${said || failure.message}`, { cause: error });
  }
}

/** Command that starts Java: the one of JAVA_HOME when that is set, else the one on the PATH. */
export function javaCommand(): string {
  const home = process.env.JAVA_HOME;
  return home && existsSync(join(home, 'bin', 'java')) ? join(home, 'bin', 'java') : 'java';
}

/** Path of the broker's log configuration. */
export const kafkaLogConfig: string = join(workspaceRoot, 'libs', 'local-stack', 'artifacts', 'log4j2.xml');
