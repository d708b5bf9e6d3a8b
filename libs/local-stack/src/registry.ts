import { join } from 'node:path';
import { ensureRegistryJar, javaCommand } from './artifacts.js';
import { Child } from './child.js';

/** How a schema registry is started. */
export interface RegistryOptions {
  readonly port: number;
  readonly logFolder: string;
  /** host:port list: schemas are stored in Kafka. Without it they are stored in memory and lost with the process (tests). */
  readonly brokers?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const readyTimeoutMs = 90_000;
const jvm = ['-Xmx256m', '-Xms96m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-Djava.awt.headless=true'];

/** Confluent-compatible address of a registry on this machine. */
export const registryUrlOf = (port: number): string => `http://127.0.0.1:${port}/apis/ccompat/v7`;

/** Environment of Apicurio 3.0.9. Legacy ids are the 4-byte ids of Confluent's wire format. */
export function registryEnvironment(options: Pick<RegistryOptions, 'port' | 'brokers'>): Record<string, string> {
  return {
    QUARKUS_HTTP_HOST: '127.0.0.1',
    QUARKUS_HTTP_PORT: String(options.port),
    QUARKUS_LOG_LEVEL: 'WARN',
    QUARKUS_BANNER_ENABLED: 'false',
    APICURIO_CCOMPAT_LEGACY_ID_MODE_ENABLED: 'true',
    ...(options.brokers
      ? { APICURIO_STORAGE_KIND: 'kafkasql', APICURIO_KAFKASQL_BOOTSTRAP_SERVERS: options.brokers.join(',') }
      : { APICURIO_STORAGE_KIND: 'sql', APICURIO_STORAGE_SQL_KIND: 'h2' }),
  };
}

/** Starts Apicurio from its jar, which is downloaded first if needed. */
export async function startRegistry(options: RegistryOptions): Promise<Child> {
  const jar = await ensureRegistryJar();
  return Child.start({
    name: 'schema registry',
    command: javaCommand(),
    args: [...jvm, '-jar', jar],
    env: { ...process.env, ...registryEnvironment(options), ...options.env },
    logFile: join(options.logFolder, 'registry.log'),
  });
}

/** Waits until the Confluent-compatible API answers. @throws StackError, see `Child.readyWhen`. */
export async function registryReady(child: Child, port: number): Promise<void> {
  await child.readyWhen(async () => {
    // Health answers before the Confluent-compatible routes do, and /ready says nothing about them.
    const answer = await fetch(`${registryUrlOf(port)}/subjects`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  }, readyTimeoutMs);
}
