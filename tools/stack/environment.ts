import { join } from 'node:path';
import { databaseUrlOf, payloadVariablesOf, registryUrlOf, sealVariables, serviceIdentity } from '@tributary/local-stack';
import { databaseVariables } from './database-roles.js';
import { ledgerVariables } from './ledgers.js';
import type { ServiceName } from './parts.js';
import { postgresOptions } from './postgres-part.js';
import { demoValue } from './settings.js';
import type { Settings } from './settings.js';

/** The environment variables of the parts of one stack. */
export interface StackEnvironment {
  readonly infrastructure: { readonly KAFKA_BROKERS: string; readonly SCHEMA_REGISTRY_URL: string; readonly DATABASE_URL: string };
  /** All variables of one service, without those of its own HTTP server. */
  of(service: ServiceName): Readonly<Record<string, string>>;
}

/** A value of this stack, or what the environment sets where the part is left out. */
type OwnOrGiven = (part: string, variable: string, value: string) => string;

const ownOrGiven =
  (given: Settings['given'], without: readonly string[]): OwnOrGiven =>
  (part, variable, value) =>
    without.includes(part) ? (given[variable] ?? value) : value;

function infrastructureOf(settings: Settings, own: OwnOrGiven): StackEnvironment['infrastructure'] {
  const { ports } = settings;
  return {
    KAFKA_BROKERS: own('kafka', 'KAFKA_BROKERS', `127.0.0.1:${ports.kafka}`),
    SCHEMA_REGISTRY_URL: own('registry', 'SCHEMA_REGISTRY_URL', registryUrlOf(ports.registry)),
    DATABASE_URL: own('postgres', 'DATABASE_URL', databaseUrlOf(postgresOptions(settings))),
  };
}

/**
 * What the services are told. What the environment sets wins (`settings.given`), with two exceptions: the broker, registry, database and
 * services that this stack starts are used, unless they are left out; and the second sink always serves the Stripe account.
 * @param without names of parts that are left out.
 */
export function stackEnvironment(settings: Settings, without: readonly string[] = []): StackEnvironment {
  const { ports, given } = settings;
  const own = ownOrGiven(given, without);
  const infrastructure = infrastructureOf(settings, own);
  const targets = demoValue(settings, 'TRIBUTARY_TARGETS');
  const assets = { TRIBUTARY_ASSETS_DIR: given.TRIBUTARY_ASSETS_DIR ?? join(settings.root, 'assets') };
  const kinetic = addressOf('KINETIC_URL', `http://127.0.0.1:${ports['emulator-epicor-kinetic']}/kinetic`, 'emulator-epicor-kinetic');
  const stripe = addressOf('STRIPE_API_URL', `http://127.0.0.1:${ports['emulator-stripe']}`, 'emulator-stripe');
  // A real Stripe has rate limits of its own: the defaults of the connector hold there.
  const emulated = given.STRIPE_API_URL === undefined && stripe.STRIPE_API_URL !== undefined;
  const emulatorLimits = emulated ? Object.entries(stripeEmulatorLimits).filter(([name]) => given[name] === undefined) : [];
  const ledgers = ledgerVariables(settings);
  const recon = { RECON_URL: own('recon', 'RECON_URL', `http://127.0.0.1:${ports.recon}`) };
  const byService: Readonly<Record<ServiceName, Readonly<Record<string, string>>>> = {
    ingest: recon,
    transform: { ...recon, ...stripe },
    'erp-sink': { ...recon, ...kinetic, ...ledgers.common, ...ledgers.sink },
    'erp-sink-stripe': { ...recon, ...Object.fromEntries(emulatorLimits), ...stripe, ...stripeTarget },
    recon: {
      RECON_TARGETS: given.RECON_TARGETS ?? targets,
      AUDIT_ANCHOR_FILE: given.AUDIT_ANCHOR_FILE ?? join(settings.folders.data, 'audit-anchors'),
      TRANSFORM_URL: own('transform', 'TRANSFORM_URL', `http://127.0.0.1:${ports.transform}`),
      ...kinetic,
      ...ledgers.common,
      ...ledgers.recon,
      ...stripe, // the balance at Stripe, which the clearing account is compared with
    },
    console: { ...recon, ERP_SINK_URLS: sinkUrls(settings, ledgers.sink.ERP_TARGETS, without) },
  };
  const common = (service: ServiceName): Readonly<Record<string, string>> =>
    service === 'console'
      ? { ...withoutSecrets(settings.demo), DATABASE_URL: infrastructure.DATABASE_URL }
      : { ...commonOf(service), ...infrastructure, ...assets };
  return {
    infrastructure,
    of: (service) => {
      const all = { ...common(service), ...byService[service], ...identityOf(settings, without, service) };
      return { ...withoutReplaced(all, given), ...databaseOf(settings, without, service) };
    },
  };

  /** The demo's values; a process that serves several ledgers has no ERP_TARGET and ERP_KIND of one. */
  function commonOf(service: ServiceName): Readonly<Record<string, string>> {
    const several = service === 'erp-sink' && ledgers.sink.ERP_TARGETS !== undefined && given.ERP_TARGET === undefined;
    if (!several) return settings.demo;
    return Object.fromEntries(Object.entries(settings.demo).filter(([name]) => name !== 'ERP_TARGET' && name !== 'ERP_KIND'));
  }

  /** The address that is given, else that of the emulator; none when the emulator is left out: then the default of the service holds. */
  function addressOf(variable: string, emulatorUrl: string, emulatorPart: string): Readonly<Record<string, string>> {
    const address = given[variable] ?? (without.includes(emulatorPart) ? undefined : emulatorUrl);
    return address === undefined ? {} : { [variable]: address };
  }
}

/** Where the console finds the sink of each target: those of this stack, or what the environment says where both are left out. */
function sinkUrls({ ports, given, demo }: Settings, served: string | undefined, without: readonly string[]): string {
  if (without.includes('erp-sink') && without.includes('erp-sink-stripe') && given.ERP_SINK_URLS !== undefined) return given.ERP_SINK_URLS;
  const targets = served === undefined ? [demo.ERP_TARGET ?? ''] : served.split(',').map((pair) => pair.split('=')[0] ?? '');
  const ledgers = without.includes('erp-sink') ? [] : targets.map((target) => `${target}=http://127.0.0.1:${ports['erp-sink']}`);
  const stripe = `${stripeTarget.ERP_TARGET}=http://127.0.0.1:${ports['erp-sink-stripe']}`;
  return [...ledgers, ...(without.includes('erp-sink-stripe') ? [] : [stripe])].join(',');
}

/** As its own role in the database of the stack, whatever the environment says of another one; in that one as it says. */
function databaseOf(settings: Settings, without: readonly string[], service: ServiceName): Readonly<Record<string, string>> {
  const { DATABASE_URL: url, DATABASE_URL_FILE: urlFile, DATABASE_MIGRATION_URL_FILE: ownerFile } = settings.given;
  if (without.includes('postgres') && (url ?? urlFile) !== undefined) return {};
  const file: Record<string, string> = {
    ...(urlFile === undefined ? {} : { DATABASE_URL_FILE: '' }),
    ...(ownerFile === undefined ? {} : { DATABASE_MIGRATION_URL_FILE: '' }),
  };
  return { ...databaseVariables(service, postgresOptions(settings)), ...file };
}

/** Without the demo's secrets that the environment names a file for (`X_FILE`): a service takes one of both only. */
function withoutReplaced(variables: Readonly<Record<string, string>>, given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => given[`${name}_FILE`] === undefined || given[name] !== undefined));
}

/** What the console needs of the common variables: no password or key of another system. */
function withoutSecrets(common: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(common).filter(([name]) =>
      /^(?:LOG_LEVELS?|TRIBUTARY_ENVIRONMENT|LANG|TZ|NODE_EXTRA_CA_CERTS|(?:OTEL|CONSOLE|OIDC|SESSION)_\w+|ALLOW_PLAINTEXT|DATABASE_(?:CONNECTION_LIFETIME_S|URL_FILE|CA_FILE|(?:MIGRATION_)?(?:CLIENT_CERT|CLIENT_KEY|PASSWORD)_FILE|MIGRATION_URL_FILE)|DATABASE_MIGRATION_URL|SET_UP_CODE(?:_FILE)?|TRUSTED_PROXIES|HTTP_ALLOWED_HOSTS)$/.test(
        name,
      ),
    ),
  );
}

/** Which target the second sink serves; everything else of the two sinks is the same. */
const stripeTarget = { ERP_TARGET: 'stripe-main', ERP_KIND: 'stripe' };

/** The emulator answers at once and has no rate limit: short waits keep the lease short, so a killed sink resumes within seconds. */
const stripeEmulatorLimits = { STRIPE_CALL_TIMEOUT_MS: '5000', STRIPE_CALLS_PER_SECOND: '100', STRIPE_MAX_WAIT_MS: '1000' };

/** Keys of the stack, by which services know each other, people and messages; without them everybody at this machine is answered. */
function identityOf(
  { ports, given, folders }: Settings,
  without: readonly string[],
  service: ServiceName,
): Readonly<Record<string, string>> {
  if (without.includes('identity')) return {};
  const console = without.includes('console') ? {} : { consoleUrl: `http://127.0.0.1:${ports.console}` };
  const ownSeals = given.FACT_SEAL_KEYS !== undefined || given.FACT_SEAL_KEYS_FILE !== undefined;
  const seals = service === 'console' || ownSeals ? {} : sealVariables(folders.identity);
  const ownPayloadKeys = given.PAYLOAD_KEYS !== undefined || given.PAYLOAD_KEYS_FILE !== undefined;
  const payloads = service === 'console' || service === 'ingest' || ownPayloadKeys ? {} : payloadVariablesOf(folders.identity);
  return { ...seals, ...payloads, ...serviceIdentity(service, { folder: folders.identity, ...console }) };
}
