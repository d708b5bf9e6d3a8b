import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { identityFolder } from '@tributary/local-stack';
import { portsFrom } from '#doctor/ports.mjs';
import type { Ports } from '#doctor/ports.mjs';

/** Environment variables as a process gets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything the stack is told from outside: its configuration, and where things are. */
export interface Settings {
  readonly root: string;
  readonly ports: Ports;
  /** `.env.demo`, overridden name by name by the environment, without the demo values of a target that the environment addresses. */
  readonly demo: Readonly<Record<string, string>>;
  /** What the environment itself sets, of the variables that services read: it wins over what the stack would set. */
  readonly given: Readonly<Record<string, string>>;
  readonly folders: Folders;
}

/** Folders of a stack; `state` is also the mark that its processes carry. */
export interface Folders {
  readonly state: string;
  readonly run: string;
  readonly data: string;
  readonly logs: string;
  /** Keys and the token of the person at this machine; for its owner only. */
  readonly identity: string;
}

/** `.tributary` in the workspace, or TRIBUTARY_STATE_DIR: with that and other ports, a second stack runs beside the first. */
export function foldersOf(root: string, env: Environment): Folders {
  const state = resolve(root, env.TRIBUTARY_STATE_DIR || '.tributary');
  return { state, run: join(state, 'run'), data: join(state, 'data'), logs: join(state, 'logs'), identity: identityFolder(state) };
}

/**
 * Variables of services and connectors (docs/configuration.md); everything else of the environment stays outside. The stack itself decides
 * where and how its services listen, and by which keys and certificates they know each other.
 */
const serviceVariables =
  /^(?:(?:AUDIT|KAFKA|SCHEMA_REGISTRY|LADDER|STRIPE|INGEST|TRANSFORM|ERP|BATCH|SWEEP|RECON|DEAD_LETTER|CONSOLE|KINETIC|P21|SL|REST|REBUILD|OTEL|FACT|PAYLOAD|OIDC|SESSION)_\w+|DATABASE_(?:URL|URL_FILE|CONNECTION_LIFETIME_S|MIGRATION_(?:URL|URL_FILE|CLIENT_CERT_FILE|CLIENT_KEY_FILE|PASSWORD_FILE)|CA_FILE|CLIENT_CERT_FILE|CLIENT_KEY_FILE|PASSWORD_FILE)|ALLOW_PLAINTEXT|SET_UP_CODE(?:_FILE)?|TRUSTED_PROXIES|LOG_LEVELS?|HTTP_(?!(?:HOST|PORT|OVER_TLS|TLS_\w+)$)\w+|TRIBUTARY_(?:ENVIRONMENT|TARGETS|ASSETS_DIR))$/;
/** Of the system, and needed by programs that run in it. */
const systemVariables = ['NODE_EXTRA_CA_CERTS', 'LANG', 'TZ'];

/** Whether a variable of the environment reaches the services. */
export function isPassedOn(name: string): boolean {
  return serviceVariables.test(name) || systemVariables.includes(name);
}

/**
 * A real target: with its address set, the demo's public values for it are not used, and these have to be set instead. An address of this
 * machine is an emulator, perhaps behind a proxy.
 */
const realTargets = [
  {
    address: 'KINETIC_URL',
    prefix: 'KINETIC_',
    needs: [
      'KINETIC_COMPANY',
      'KINETIC_USER|ERP_OAUTH_TOKEN_URL|ERP_OAUTH_ISSUER',
      'KINETIC_PASSWORD|KINETIC_PASSWORD_FILE|ERP_OAUTH_TOKEN_URL|ERP_OAUTH_ISSUER',
      'KINETIC_API_KEY|KINETIC_API_KEY_FILE',
    ],
  },
  { address: 'STRIPE_API_URL', prefix: 'STRIPE_', needs: ['STRIPE_API_KEY|STRIPE_API_KEY_FILE', 'STRIPE_ENDPOINTS|STRIPE_ENDPOINTS_FILE'] },
] as const;

/**
 * @throws Error when NODE_ENV is production, since the demo's secrets are public; when `.env.demo` lacks a name or a port is wrong; and when the
 * environment addresses a real target without the variables that belong to it.
 */
export function loadSettings(root: string, env: Environment): Settings {
  if (env.NODE_ENV === 'production') {
    throw new Error(
      'starting the demo stack: NODE_ENV is production, and the secrets in .env.demo are public. Unset NODE_ENV to run the demo; in production run the services themselves (README.md, docs/configuration.md).',
    );
  }
  const file = parseEnv(readFileSync(join(root, '.env.demo'), 'utf8'));
  const set = (name: string): string | undefined => env[name] || undefined; // an empty variable counts as absent
  const given: Record<string, string> = {};
  for (const name of Object.keys(env)) if (isPassedOn(name) && set(name) !== undefined) given[name] = set(name) as string;
  const demo: Record<string, string> = {};
  for (const [name, value] of Object.entries(file)) demo[name] = set(name) ?? value ?? '';
  for (const { address, prefix, needs } of realTargets) {
    if (!isReal(given[address])) continue;
    const missing = needs.filter((names) => names.split('|').every((name) => given[name] === undefined));
    if (missing.length > 0)
      throw new Error(
        `${address} is set, so the values of the demo for it are not used; set ${missing.map((names) => names.replaceAll('|', ' or ')).join(', ')}, too.`,
      );
    for (const name of Object.keys(demo)) if (name.startsWith(prefix) && given[name] === undefined) delete demo[name];
  }
  return { root, ports: portsFrom(env), demo: { ...demo, ...given }, given, folders: foldersOf(root, env) };
}

/** The first address of a real target that the environment sets; the demo day must not be booked there. */
export function realTargetOf(settings: Settings): string | undefined {
  return realTargets.find(({ address }) => isReal(settings.given[address]))?.address;
}

/** Whether an address is outside of this machine. */
function isReal(address: string | undefined): boolean {
  if (address === undefined) return false;
  try {
    return !/^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(address).hostname);
  } catch {
    return true; // not an address: the service that reads it says so
  }
}

/** A value that `.env.demo` must have. */
export function demoValue(settings: Settings, name: string): string {
  const value = settings.demo[name];
  if (value === undefined || value === '') throw new Error(`reading .env.demo: ${name} is missing`);
  return value;
}
