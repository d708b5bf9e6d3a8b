import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { parse } from 'yaml';
import { defaultPorts, portVariable } from '#doctor/ports.mjs';
import { stackRoles } from './database-roles.js';
import { knownLedgers, ledgersOf, ledgerVariables, targetsFor } from './ledgers.js';
import { deployedParts } from './parts.js';
import { demoValue, loadSettings } from './settings.js';
import { stackEnvironment } from './environment.js';
import { describeStack } from './stack.js';

/** docker-compose.yml deploys the parts of parts.ts; this is what keeps the two from drifting apart. */
interface ComposeService {
  readonly image: string;
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly profiles?: readonly string[];
  readonly command?: readonly string[];
  readonly volumes?: readonly string[];
}
const compose = parse(readFileSync(join(workspaceRoot, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Readonly<Record<string, ComposeService>>;
};
const settings = loadSettings(workspaceRoot, { TRIBUTARY_TARGETS: targetsFor(knownLedgers) });
const deployed = [...ledgersOf(settings).map(({ emulator }) => emulator), ...deployedParts];
const parts = describeStack(settings).filter((part) => part.name !== 'downloads');
const always = Object.entries(compose.services).filter(([, service]) => !service.profiles);

it('has the same parts', () => {
  expect(always.map(([name]) => name).sort()).toEqual(parts.map((part) => part.name).sort());
});

it.each(parts.flatMap((part) => (part.kind === 'task' ? [] : [part])))('publishes $name on its port, on this machine only', (part) => {
  const published = compose.services[part.name]?.ports ?? [];
  expect(published).toHaveLength(1);
  expect(published[0]).toMatch(
    new RegExp(`^127\\.0\\.0\\.1:\\$\\{${portVariable(part.name)}:-${defaultPorts[part.name as keyof typeof defaultPorts]}\\}:\\d+$`),
  );
});

it.each(parts)('starts $name after the same parts', (part) => {
  const after = Object.keys(compose.services[part.name]?.depends_on ?? {});
  expect(after.sort()).toEqual(part.dependsOn.filter((name) => name !== 'downloads').sort());
});

describe.each(deployed)('$name in containers', (part) => {
  const { command = [], environment = {} } = compose.services[part.name] ?? {};
  /** Set once for every container. */
  const image = readFileSync(join(workspaceRoot, 'Dockerfile'), 'utf8');
  const ofImage = /NODE_OPTIONS="([^"]+)"/.exec(image)?.[1]?.split(' ') ?? [];

  it('starts the same program', () => {
    expect(command.at(-1)).toBe(`${part.project}/dist/main.js`);
  });

  it('runs a service with the same memory flags', () => {
    if (part.kind === 'emulator') return expect(command.slice(0, -1)).toEqual([]);
    const own = command.slice(0, -1);
    const inherited = ofImage.filter((flag) => !own.some((other) => other.split('=')[0] === flag.split('=')[0]));
    expect([...own, ...inherited].sort()).toEqual([...part.flags].sort());
  });

  it('has the same port and probe', () => {
    expect(environment.HTTP_PORT).toBe(defaultPorts[part.name]);
    expect(environment.READY_PATH ?? '/ready').toBe(part.readyPath);
  });

  it('gets the same variables, each from somewhere', () => {
    const inImage = (name: string): boolean => image.includes(`${name}=`);
    expect(part.variables.filter((name) => environment[name] === undefined && !inImage(name))).toEqual([]);
    if (part.kind === 'service')
      expect(part.variables.filter((name) => stackEnvironment(settings).of(part.name as never)[name] === undefined)).toEqual([]);
  });
});

describe('the ledgers', () => {
  const defaultOf = (value: string | number | undefined): string | undefined => /^\$\{\w+:-(.*)\}$/.exec(String(value))?.[1];
  const of = (name: string): Readonly<Record<string, string | number>> => compose.services[name]?.environment ?? {};
  const { common, sink, recon } = ledgerVariables(settings);

  it.each(['set-up', 'transform', 'erp-sink', 'recon'])('are those of a plain start for %s', (name) => {
    expect(defaultOf(of(name).TRIBUTARY_TARGETS)).toBe(demoValue(settings, 'TRIBUTARY_TARGETS'));
  });

  it('are served by one sink and read by recon, each with its kind', () => {
    expect(defaultOf(of('erp-sink').ERP_TARGETS)).toBe(sink.ERP_TARGETS);
    expect(of('erp-sink').ERP_TARGET).toBe('');
    expect(defaultOf(of('recon').RECON_LEDGERS)).toBe(recon.RECON_LEDGERS);
    expect(defaultOf(of('recon').RECON_TARGETS)).toBe(demoValue(settings, 'TRIBUTARY_TARGETS'));
  });

  it('are asked by the console at the sink that serves each', () => {
    const local = stackEnvironment(settings).of('console').ERP_SINK_URLS ?? '';
    const contained = ['erp-sink', 'erp-sink-stripe'].reduce(
      (text, part) => text.replaceAll(`127.0.0.1:${defaultPorts[part as keyof typeof defaultPorts]}`, `${part}:${of(part).HTTP_PORT}`),
      local,
    );
    expect(local.split(',').map((pair) => pair.split('=')[0])).toEqual(demoValue(settings, 'TRIBUTARY_TARGETS').split(','));
    expect(defaultOf(of('console').ERP_SINK_URLS)).toBe(contained);
  });

  it.each(['erp-sink', 'recon'])('are reached by %s with the access of the demo', (name) => {
    const containers = Object.entries(settings.ports).map(([part, port]) => [`http://127.0.0.1:${port}`, part, port] as const);
    const inContainers = (value: string): string =>
      containers.reduce((text, [origin, part, port]) => text.replace(origin, `http://${part}:${port}`), value);
    const told = Object.fromEntries(Object.keys(common).map((variable) => [variable, String(of(name)[variable])]));
    expect(told).toEqual(Object.fromEntries(Object.entries(common).map(([variable, value]) => [variable, inContainers(value)])));
  });
});

it('signs the deliveries of the demo with the secret that ingest knows, and uses the password that the database has', () => {
  const [endpoint] = JSON.parse(demoValue(settings, 'STRIPE_ENDPOINTS')) as { name: string; secrets: string[]; apiVersion: string }[];
  const emulator = JSON.parse(String(compose.services['emulator-stripe']?.environment?.STRIPE_EMULATOR_ENDPOINTS)) as unknown;
  expect(emulator).toEqual([
    { url: `http://ingest:4010/webhooks/stripe/${endpoint?.name}`, secrets: endpoint?.secrets, apiVersion: endpoint?.apiVersion },
  ]);
  const database = new URL(String(compose.services.recon?.environment?.DATABASE_MIGRATION_URL));
  expect([database.username, database.password, database.pathname]).toEqual([
    demoValue(settings, 'POSTGRES_USER'),
    demoValue(settings, 'POSTGRES_PASSWORD'),
    `/${demoValue(settings, 'POSTGRES_DB')}`,
  ]);
});

it.each(Object.entries(stackRoles))('lets %s work as its own role, which the server makes', (name, role) => {
  const sql = readFileSync(join(workspaceRoot, 'deploy/compose/roles.sql'), 'utf8');
  const of = (variables: Readonly<Record<string, string | number>>): URL => new URL(String(variables.DATABASE_URL));
  const [contained, local] = [of(compose.services[name]?.environment ?? {}), of(stackEnvironment(settings).of(name as never))];
  expect([contained.username, local.username]).toEqual([role, role]);
  expect(contained.password).toBe(demoValue(settings, 'POSTGRES_PASSWORD'));
  expect(sql).toContain(`'${role}'`);
  expect(sql).toContain(`'${contained.password}'`);
  expect(compose.services.postgres?.volumes).toContain('./deploy/compose/roles.sql:/docker-entrypoint-initdb.d/roles.sql:ro');
});

it('names official images with full tags', () => {
  const images = new Set(Object.values(compose.services).map((service) => service.image));
  expect([...images].sort()).toEqual(['apache/kafka:4.2.0', 'apicurio/apicurio-registry:3.0.9', 'postgres:17-bookworm', 'tributary:local']);
});
