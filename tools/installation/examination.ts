import { kafkaConnectionOf, kafkaEnvironment, loadConfig, registryFetchOf } from '@tributary/platform';
import { migrationFiles } from '../database/migration-files.js';
import type { ServiceWithTables } from '../database/migration-files.js';
import type { Check } from './checks.js';
import type { Clock } from './clock.js';
import { connectionFinding, found, foundAtTarget, silentFinding } from './finding.js';
import type { Part } from './finding.js';
import { judgeReleases, judgeService } from './judge.js';
import type { LoadService } from './load-service.js';
import { examineDatabase } from './read-database.js';
import { examineKafka, kafkaClients } from './read-kafka.js';
import { examineRegistry } from './read-registry.js';
import { readService } from './read-services.js';
import { examineStripe, examineWebhooks, hasStripeKey } from './read-stripe.js';

/** What is looked at, and with what. */
export interface Scope {
  readonly services: ReadonlyMap<string, string>;
  readonly targets: readonly string[];
  /** Clients of docs/acls.md that the variables are those of; none: an operator who may look at everything. */
  readonly clients: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly now: Clock;
  readonly load: LoadService;
  readonly limits: CheckLimits;
}

/** Longest time of each check, ms. */
export type CheckLimits = Readonly<Record<'services' | Part | 'stripe' | 'webhooks', number>>;

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

function servicesCheck({ services, env, now, limits: { services: withinMs } }: Scope): Check {
  return {
    name: 'services',
    withinMs,
    silent: () => found('service.silent', 'services', `Not all answered within ${withinMs / 1_000} s.`),
    failed: (error) => found('service.silent', 'services', (error as Error).message),
    async work() {
      const answers = await Promise.all([...services].map(([name, url]) => readService(name, url, { env, now })));
      return [...answers.flatMap((answer) => judgeService(answer, now())), ...judgeReleases(answers)];
    },
  };
}

function kafkaCheck({ env, targets, clients, limits }: Scope): Check {
  return check('kafka', env.KAFKA_BROKERS, limits.kafka, () => {
    const config = {
      ...loadConfig(kafkaEnvironment.omit({ SCHEMA_REGISTRY_URL: true }), env),
      TRIBUTARY_ENVIRONMENT: env.TRIBUTARY_ENVIRONMENT,
    };
    return examineKafka(
      kafkaConnectionOf(config, 'doctor', () => undefined),
      { targets, clients },
    );
  });
}

function registryCheck({ env, targets, now, limits }: Scope): Check {
  return check('registry', env.SCHEMA_REGISTRY_URL, limits.registry, () => {
    const config = {
      ...loadConfig(kafkaEnvironment, { KAFKA_BROKERS: 'not-used:1', ...env }),
      TRIBUTARY_ENVIRONMENT: env.TRIBUTARY_ENVIRONMENT,
    };
    return examineRegistry(config.SCHEMA_REGISTRY_URL, registryFetchOf(config), targets, now);
  });
}

function databaseCheck({ env, now, load, limits }: Scope, services: readonly ServiceWithTables[]): Check {
  return check('postgresql', hostOf(env.DATABASE_URL || env.DATABASE_MIGRATION_URL), limits.postgresql, () =>
    examineDatabase({ services, env, load, now }),
  );
}

function stripeCheck({ env, targets, now, limits: { stripe: withinMs } }: Scope): Check {
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
    work: () => examineStripe(env, targets, now),
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

/** A check over a connection. @param where what is said to be connected to; no credentials. */
function check(part: Part, where: string | undefined, withinMs: number, work: Check['work']): Check {
  const place = where || 'no address is set';
  return {
    name: part,
    withinMs,
    silent: () => silentFinding(part, place, withinMs),
    failed: (error) => connectionFinding(part, place, error),
    // Also what is wrong with the variables is a finding.
    work: async () => work(),
  };
}

/** Host, port and database of a connection URL. */
function hostOf(url: string | undefined): string {
  return url === undefined || !URL.canParse(url) ? 'the address in a file' : `${new URL(url).host}${new URL(url).pathname}`;
}
