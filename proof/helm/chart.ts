import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { parseAllDocuments, stringify } from 'yaml';

/** The chart. */
export const chartFolder = join(workspaceRoot, 'deploy', 'helm', 'tributary');

/** A Kubernetes object as the chart renders it. */
export interface KubernetesObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // The rest depends on the kind; tests read it by path.
  readonly [field: string]: unknown;
}

/** Values of the chart, as `--set` and values files give them. */
export type Values = Readonly<Record<string, unknown>>;

/** What one `helm template` gave: objects, or the reason why it refused. */
export type Rendering =
  { readonly ok: true; readonly objects: readonly KubernetesObject[] } | { readonly ok: false; readonly reason: string };

/** Versions that the chart is rendered for: the last three minors. */
export const kubernetesVersions = ['1.32.0', '1.33.0', '1.34.0'] as const;

/** `helm` by TRIBUTARY_HELM, on the PATH, or as a local cluster left it; undefined where there is none. */
export function findHelm(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const places = [
    env.TRIBUTARY_HELM,
    ...(env.PATH ?? '').split(':').map((folder) => join(folder, 'helm')),
    join(homedir(), '.cache', 'one-node-cluster', 'bin', 'helm'),
  ];
  return places.find((place) => place !== undefined && place !== '' && existsSync(place));
}

/** Renders the chart. @param kubernetes the version that the chart is told it runs on. */
export function render(helm: string, chart: string, values: Values, kubernetes: string = kubernetesVersions[2]): Rendering {
  try {
    const text = execFileSync(helm, ['template', 'demo', chart, '--kube-version', kubernetes, '--values', '-'], {
      input: stringify(values),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 16 * 1024 * 1024,
    });
    const objects = parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject | null);
    return { ok: true, objects: objects.filter((object) => object !== null) };
  } catch (error) {
    return { ok: false, reason: String((error as { stderr?: unknown }).stderr ?? error) };
  }
}

/** The least that an installation has to say: an ERP and a Stripe account as targets. */
export const leastValues = {
  kafka: { brokers: ['kafka-0:9092', 'kafka-1:9092'] },
  schemaRegistry: { url: 'http://registry:8080/apis/ccompat/v7' },
  postgresql: { urlSecret: { name: 'database' } },
  identity: { keysSecret: { name: 'keys' } },
  allowPlaintext: ['services'],
  stripe: { endpointsSecret: { name: 'stripe' }, apiKeySecret: { name: 'stripe' } },
  targets: [
    {
      name: 'kinetic-main',
      kind: 'epicor-kinetic',
      env: { KINETIC_URL: 'https://erp.example.test/kinetic', KINETIC_COMPANY: 'EPIC06' },
      secretEnv: { KINETIC_PASSWORD: { name: 'kinetic', key: 'password' } },
      egress: [{ to: [{ ipBlock: { cidr: '192.0.2.10/32' } }], ports: [{ port: 443 }] }],
    },
    { name: 'stripe-main', kind: 'stripe', secretEnv: { STRIPE_API_KEY: { name: 'stripe', key: 'WRITE_KEY' } } },
  ],
} as const;

/** Values over others; lists are replaced. */
export function merged(base: Values, over: Values): Values {
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const before = result[name];
    result[name] = isPlain(before) && isPlain(value) ? merged(before, value) : value;
  }
  return result;
}

function isPlain(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path like `spec.template.spec.containers.0.args`. */
export function at(object: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], object);
}

interface SecretSource {
  readonly secret: { readonly name: string; readonly items: readonly { readonly key: string; readonly path: string }[] };
}

/** What the files of a pod below /secrets hold, by their path: `<name of the Secret> <key>`. */
export function mountedSecrets(object: KubernetesObject): ReadonlyMap<string, string> {
  const volumes = at(object, 'spec.template.spec.volumes') as { name: string; projected?: { sources: SecretSource[] } }[];
  const sources = volumes.find(({ name }) => name === 'secrets')?.projected?.sources ?? [];
  return new Map(sources.flatMap(({ secret }) => secret.items.map(({ key, path }) => [`/secrets/${path}`, `${secret.name} ${key}`])));
}

/** The variables of a pod; of a mounted secret, where its file comes from. */
export function envOf(object: KubernetesObject): Record<string, unknown> {
  const mounted = mountedSecrets(object);
  return Object.fromEntries(
    (at(object, 'spec.template.spec.containers.0.env') as { name: string; value?: string; valueFrom?: unknown }[]).map(
      ({ name, value, valueFrom }) => [name, mounted.get(value ?? '') ?? value ?? valueFrom],
    ),
  );
}

/** The chart rendered with the least values and these. @throws {Error} when it is refused. */
export function objectsOf(values: Values = {}, kubernetes?: string): readonly KubernetesObject[] {
  const rendering = render(findHelm() as string, chartFolder, merged(leastValues, values), kubernetes);
  if (!rendering.ok) throw new Error(rendering.reason);
  return rendering.objects;
}

/** The object of a kind. @param name without the prefix of the release; '' for what has none. @throws {Error} when there is not exactly one. */
export function one(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const whole = `demo-tributary${name === '' ? '' : `-${name}`}`;
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === whole);
  if (found.length !== 1) throw new Error(`${found.length} objects ${kind} ${name}`);
  return found[0] as KubernetesObject;
}
