import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { chartFolder, envOf, findHelm, leastValues, merged, objectsOf, one, render } from './chart.js';
import type { Values } from './chart.js';

/** Every variable of docs/configuration.md: an operator sets it by values, or the README of the chart says why not. */
interface Variable {
  readonly name: string;
  readonly secret: boolean;
}
const helm = findHelm();
const page = readFileSync(join(workspaceRoot, 'docs/configuration.md'), 'utf8');
const sections = new Map(
  page
    .split('\n## ')
    .slice(1)
    .map((section): [string, readonly Variable[]] => [
      section.slice(0, section.indexOf('\n')),
      [...section.matchAll(/^\| `(\w+)`.*$/gm)].map(([row, name = '']) => ({ name, secret: row.includes('**secret.**') })),
    ]),
);
const variablesOf = (...names: readonly string[]): readonly Variable[] => names.flatMap((name) => sections.get(name) ?? []);

/** `ERP_CA_FILE` or `ingest SERVICE_KEY_FILE`, as the README lists them. */
const excused = new Set(
  [...readFileSync(join(chartFolder, 'README.md'), 'utf8').matchAll(/^- `((?:[a-z-]+ )?[A-Z0-9_]+)`: /gm)].map(([, name]) => name ?? ''),
);
const isExcused = (service: string, name: string): boolean => excused.has(name) || excused.has(`${service} ${name}`);

const secret = (name: string, key = 'value') => ({ name, key });
const sasl = {
  mechanism: 'oauthbearer',
  username: 'u',
  passwordSecret: secret('kafka'),
  tokenUrl: 'https://id.example.test',
  scope: 'kafka',
};
/** A release with everything that a value can ask for. */
const everything: Values = {
  allowPlaintext: ['registry'],
  otlpEndpoint: 'http://collector:4318',
  tls: { services: { secret: { name: 'services' } } },
  kafka: {
    sasl,
    tls: { enabled: true, caSecret: secret('kafka'), clientSecret: { name: 'kafka' } },
    sealsRequiredFrom: '2026-12-01T00:00:00Z',
  },
  schemaRegistry: { username: 'u', passwordSecret: secret('r'), caSecret: secret('r'), clientSecret: { name: 'r' } },
  postgresql: { caSecret: secret('p'), clientSecret: { name: 'p' } },
  assets: { source: 'configMap', configMap: { name: 'assets' } },
  services: { recon: { auditAnchorClaim: 'anchors' } },
  console: { url: 'https://console.example.test', trustedProxies: ['10.0.0.0/8'], setUpCodeSecret: secret('c') },
  consoleIngress: { enabled: true, host: 'console.example.test', tlsSecret: 'c' },
  oidc: { issuer: 'https://id.example.test', clientId: 'c', clientSecret: secret('c'), groups: { a: ['viewer'] }, name: 'Id' },
  notifications: { routes: [{ name: 'duty', kind: 'webhook', url: 'https://hooks.example.test', signingSecret: secret('duty') }] },
};

/** Whether a process reads it from a file that an operator's Secret is mounted as. */
const isOfSecret = ({ name, secret: isSecret }: Variable): boolean => isSecret || name.endsWith('_FILE');

/** Names that can be told as plain variables and were not told by any other value. */
function plain(variables: readonly Variable[], told: Readonly<Record<string, unknown>>, service: string): Values {
  const files = new Set(variables.map(({ name }) => name));
  const left = variables.filter((variable) => !isOfSecret(variable) && !files.has(`${variable.name}_FILE`));
  return Object.fromEntries(
    left.filter(({ name }) => told[name] === undefined && !isExcused(service, name)).map(({ name }) => [name, 'x']),
  );
}

function notTold(variables: readonly Variable[], told: Readonly<Record<string, unknown>>, service: string): string[] {
  return variables
    .map(({ name }) => name)
    .filter((name) => told[name] === undefined && told[`${name}_FILE`] === undefined)
    .filter((name) => !isExcused(service, name) && !isExcused(service, `${name}_FILE`));
}

(helm === undefined ? describe.skip : describe)('every setting', () => {
  it('is read from the page of the configuration', () => {
    expect([...sections.keys()]).toEqual(expect.arrayContaining(['ingest', 'transform', 'erp-sink', 'recon', 'console', 'connector rest']));
    expect(variablesOf('recon').length).toBeGreaterThan(60);
    expect(excused.size).toBeGreaterThan(5);
  });

  it.each(['ingest', 'transform', 'recon', 'console'])('of %s is told by a value, or the README says why not', (service) => {
    const variables = variablesOf(service);
    const own = envOf(one(objectsOf(everything), 'Deployment', service));
    const told = objectsOf(merged(everything, { services: { [service]: { env: plain(variables, own, service) } } }));
    expect(notTold(variables, envOf(one(told, 'Deployment', service)), service)).toEqual([]);
  });

  it.each([
    ['epicor-kinetic', 'connector epicor-kinetic'],
    ['dynamics-sl', 'connector dynamics-sl'],
    ['prophet21', 'connector prophet21'],
    ['rest', 'connector rest'],
    ['stripe', 'connector stripe, as a target'],
  ])('of a target of kind %s is told to its sink, and to recon', (kind, section) => {
    const connector = variablesOf(section, 'connection to an ERP', 'access tokens for an ERP');
    const target = { name: 'books', kind };
    const others = kind === 'stripe' ? [leastValues.targets[0]] : [];
    const sinkOf = (values: Values) => envOf(one(objectsOf(merged(everything, values)), 'Deployment', 'erp-sink-books'));
    const given = connector.filter((variable) => isOfSecret(variable) && !isExcused('erp-sink', variable.name));
    const isKnown = (name: string): boolean => connector.some((variable) => variable.name === name);
    const nameOf = (file: string): string => (isKnown(file.replace(/_FILE$/, '')) ? file.replace(/_FILE$/, '') : file);
    const secretEnv = Object.fromEntries(given.map(({ name }) => [nameOf(name), secret('books')]));
    const variables = [...variablesOf('erp-sink'), ...connector];
    const env = plain(variables, sinkOf({ targets: [{ ...target, secretEnv }, ...others] }), 'erp-sink');
    const targets = [{ ...target, env, secretEnv }, ...others];
    expect(notTold(variables, sinkOf({ targets }), 'erp-sink')).toEqual([]);
    if (kind === 'stripe') return;
    const recon = envOf(one(objectsOf(merged(everything, { targets })), 'Deployment', 'recon'));
    expect(notTold(connector, recon, 'recon')).toEqual([]);
  });

  it('that names a file is a mounted one, for the sink and for recon', () => {
    const [kinetic] = leastValues.targets;
    const targets = [
      { ...kinetic, secretEnv: { ERP_CA_FILE: secret('erp', 'ca.crt') } },
      { name: 'other', kind: 'rest' },
    ];
    const objects = objectsOf({ targets });
    expect(envOf(one(objects, 'Deployment', 'erp-sink-kinetic-main'))).toMatchObject({ ERP_CA_FILE: 'erp ca.crt' });
    expect(envOf(one(objects, 'Deployment', 'recon'))).toMatchObject({ KINETIC_MAIN__ERP_CA_FILE: 'erp ca.crt' });
  });

  it('of a log is that of one service where it says so', () => {
    const objects = objectsOf({ logLevel: 'warn', services: { recon: { env: { LOG_LEVEL: 'debug' } } } });
    expect(envOf(one(objects, 'Deployment', 'recon'))).toMatchObject({ LOG_LEVEL: 'debug' });
    expect(envOf(one(objects, 'Deployment', 'transform'))).toMatchObject({ LOG_LEVEL: 'warn' });
  });

  it('that the chart makes itself is refused, with its path', () => {
    const [kinetic] = leastValues.targets;
    const values = { services: { recon: { env: { HTTP_PORT: 1 } } }, targets: [{ ...kinetic, env: { SERVICE_KEY_FILE: '/x' } }] };
    const rendering = render(helm as string, chartFolder, merged(leastValues, values));
    expect(rendering.ok ? 'rendered' : rendering.reason).toMatch(
      /services\.recon\.env\.HTTP_PORT: the chart sets[^]*targets\[0\]\.env\.SERVICE_KEY_FILE: the chart sets/,
    );
  });

  it('of a certificate for PostgreSQL is that of the service, and of the hook', () => {
    const services = { recon: { clientSecret: { name: 'of-recon' } } };
    const objects = objectsOf({
      postgresql: {
        clientSecret: { name: 'all' },
        migrationClientSecret: { name: 'owner' },
        migrationUrlSecret: { name: 'owner' },
        services,
      },
    });
    expect(envOf(one(objects, 'Deployment', 'recon'))).toMatchObject({ DATABASE_CLIENT_CERT_FILE: 'of-recon tls.crt' });
    expect(envOf(one(objects, 'Deployment', 'transform'))).toMatchObject({ DATABASE_CLIENT_KEY_FILE: 'all tls.key' });
    expect(JSON.stringify(one(objects, 'Job', 'set-up'))).toContain('"DATABASE_MIGRATION_CLIENT_CERT_FILE"');
  });

  it('of the hook and of the test is one of all pods', () => {
    const objects = objectsOf({ nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'books', operator: 'Exists' }] });
    const pods = objects.filter(({ kind }) => ['Deployment', 'Job', 'Pod'].includes(kind));
    expect(pods.length).toBe(8);
    for (const pod of pods) expect(JSON.stringify(pod)).toMatch(/"nodeSelector":\{"disk":"ssd"\}.*"tolerations"/);
  });
});
