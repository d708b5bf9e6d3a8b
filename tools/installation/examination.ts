import { examineKafka, examineRegistry, kafkaClients, readBrokerClocks } from '@tributary/messaging';
import type { KafkaConnection } from '@tributary/messaging';
import {
  clockFindings,
  connectionFinding,
  found,
  foundAtTarget,
  kafkaConnectionOf,
  kafkaEnvironment,
  loadConfig,
  partCheck,
  registryFetchOf,
} from '@tributary/platform';
import type { Check, ClockHere, InstallationFinding, InstallationPart } from '@tributary/platform';
import { migrationFiles } from '../database/migration-files.js';
import type { ServiceWithTables } from '../database/migration-files.js';
import { judgeReleases, judgeService } from './judge-services.js';
import type { LoadService } from './load-service.js';
import { examineDatabase } from './read-database.js';
import { readService } from './read-services.js';
import { examineStripe, examineWebhooks, hasStripeKey } from './read-stripe.js';

/** What is looked at, and with what. */
export interface Scope {
  readonly services: ReadonlyMap<string, string>;
  readonly targets: readonly string[];
  /** Clients of docs/acls.md that the variables are those of; none: an operator who may look at everything. */
  readonly clients: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly here: ClockHere;
  /** Whether a record may be written to learn the clocks of the brokers. */
  readonly brokerClock: boolean;
  readonly load: LoadService;
  readonly limits: CheckLimits;
}

/** Longest time of each check, ms. */
export type CheckLimits = Readonly<Record<'services' | InstallationPart | 'stripe' | 'webhooks', number>>;

/** Longest times: asking a large cluster about all its topics takes seconds. */
export const checkWithinMs: CheckLimits = {
  services: 20_000,
  kafka: 30_000,
  registry: 20_000,
  postgresql: 20_000,
  stripe: 30_000,
  webhooks: 5_000,
};

/** The checks of an installation; what the variables name nothing of is not looked at. */
export function checksOf(scope: Scope): Check[] {
  const { env, clients, targets } = scope;
  const tables = servicesWithTables(clients);
  const hasDatabase = ['DATABASE_URL', 'DATABASE_URL_FILE', 'DATABASE_MIGRATION_URL', 'DATABASE_MIGRATION_URL_FILE'].some(
    (name) => env[name],
  );
  const usesKafka = clients.length === 0 || clients.some((client) => kafkaClients(targets).includes(client));
  const hasEndpoints = Boolean(env.STRIPE_ENDPOINTS || env.STRIPE_ENDPOINTS_FILE);
  return [
    servicesCheck(scope),
    ...(usesKafka ? [kafkaCheck(scope), registryCheck(scope)] : []),
    ...(hasDatabase && tables.length > 0 ? [databaseCheck(scope, tables)] : []),
    ...(hasStripeKey(env) ? [stripeCheck(scope)] : []),
    ...(hasEndpoints || clients.includes('ingest') ? [webhookCheck(scope)] : []),
  ];
}

/** Names that `--client` takes: clients of Kafka, and the console, which has none. */
export function clientNames(targets: readonly string[]): string[] {
  return [...new Set([...kafkaClients(targets), ...Object.keys(migrationFiles).filter((service) => service !== 'erp-sink')])];
}

/** `erp-sink-<target>` and the clients that rebuild are of a service. */
function servicesWithTables(clients: readonly string[]): ServiceWithTables[] {
  const all = Object.keys(migrationFiles) as ServiceWithTables[];
  return clients.length === 0
    ? all
    : all.filter((service) => clients.some((client) => client === service || client.startsWith(`${service}-`)));
}

function servicesCheck({ services, env, here, limits: { services: withinMs } }: Scope): Check {
  return {
    name: 'services',
    withinMs,
    silent: () => found('service.silent', 'services', `Not all answered within ${withinMs / 1_000} s.`),
    failed: (error) => found('service.silent', 'services', (error as Error).message),
    async work() {
      const answers = await Promise.all([...services].map(([name, url]) => readService(name, url, { env, here })));
      return [...answers.flatMap((answer) => judgeService(answer, here)), ...judgeReleases(answers)];
    },
  };
}

function kafkaCheck({ env, targets, clients, here, brokerClock, limits }: Scope): Check {
  return partCheck('kafka', env.KAFKA_BROKERS, limits.kafka, async () => {
    const config = {
      ...loadConfig(kafkaEnvironment.omit({ SCHEMA_REGISTRY_URL: true }), env),
      TRIBUTARY_ENVIRONMENT: env.TRIBUTARY_ENVIRONMENT,
    };
    const connection = kafkaConnectionOf(config, 'doctor', () => undefined);
    const findings = await examineKafka(connection, { targets, clients });
    return [...findings, ...(brokerClock ? await examineBrokerClocks(connection, env.KAFKA_BROKERS ?? '', here) : [])];
  });
}

/** The clocks of all brokers; that they cannot be told is a finding beside the others. */
async function examineBrokerClocks(connection: KafkaConnection, where: string, here: ClockHere): Promise<InstallationFinding[]> {
  try {
    const clocks = await readBrokerClocks(connection, here.now);
    const findings = clocks.flatMap(({ broker, offMs }) => clockFindings(`broker ${broker}`, offMs, here));
    const seen = clocks.map(({ broker }) => broker).join(', ');
    return findings.length > 0 ? findings : [found('installation.passed', 'clocks of brokers', `They are right: ${seen}.`)];
  } catch (error) {
    return [connectionFinding('kafka', where, error)];
  }
}

function registryCheck({ env, targets, here, limits }: Scope): Check {
  return partCheck('registry', env.SCHEMA_REGISTRY_URL, limits.registry, () => {
    const config = {
      ...loadConfig(kafkaEnvironment, { KAFKA_BROKERS: 'not-used:1', ...env }),
      TRIBUTARY_ENVIRONMENT: env.TRIBUTARY_ENVIRONMENT,
    };
    return examineRegistry(config.SCHEMA_REGISTRY_URL, registryFetchOf(config), targets, here);
  });
}

function databaseCheck({ env, here, load, limits }: Scope, services: readonly ServiceWithTables[]): Check {
  return partCheck('postgresql', hostOf(env.DATABASE_URL || env.DATABASE_MIGRATION_URL), limits.postgresql, () =>
    examineDatabase({ services, env, load, here }),
  );
}

function stripeCheck({ env, targets, here, limits: { stripe: withinMs } }: Scope): Check {
  const unreachable = (text: string): ReturnType<Check['failed']> =>
    foundAtTarget('check.unreachable', 'Stripe', text, 'Check STRIPE_API_URL and the network.');
  return {
    name: 'stripe',
    withinMs,
    silent: () => unreachable(`No answer within ${withinMs / 1_000} s.`),
    failed: (error) =>
      foundAtTarget(
        'check.configuration-wrong',
        'Stripe',
        `${(error as Error).message}.`,
        'Check STRIPE_API_KEY and TRIBUTARY_ASSETS_DIR.',
      ),
    work: () => examineStripe(env, targets, here),
  };
}

function webhookCheck({ env, load, limits: { webhooks: withinMs } }: Scope): Check {
  const failed = (error: unknown): ReturnType<Check['failed']> =>
    found('stripe.webhook-secret-missing', 'webhooks', `The endpoints were not read: ${(error as Error).message}.`);
  return {
    name: 'webhooks',
    withinMs,
    silent: () => failed(new Error(`no answer within ${withinMs / 1_000} s`)),
    failed,
    work: () => examineWebhooks(env, load),
  };
}

/** Host, port and database of a connection URL. */
function hostOf(url: string | undefined): string {
  return url === undefined || !URL.canParse(url) ? 'the address in a file' : `${new URL(url).host}${new URL(url).pathname}`;
}
