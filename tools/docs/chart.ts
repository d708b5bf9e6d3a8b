import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, parseDocument } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import { root } from '../contracts/workspace.js';

/** One value of the chart: its path, its default as JSON, and what it is for. */
export interface ChartValue {
  readonly path: string;
  readonly fallback: string;
  readonly description: string;
}

const chartFolder = 'deploy/helm/tributary';
const mark = '-- ';

/**
 * The values of a chart with the comment that begins with `# --` before each of them.
 * @throws Error naming every value that has no description: the page would be silent about it.
 */
export function chartValues(text: string): ChartValue[] {
  const { contents } = parseDocument(text);
  if (!isMap(contents)) throw new Error(`${chartFolder}/values.yaml: expected a mapping`);
  const values = valuesOf(contents, '');
  const silent = values.filter(({ description }) => description === '').map(({ path }) => path);
  if (silent.length > 0) throw new Error(`${chartFolder}/values.yaml: no comment \`# --\` before ${silent.join(', ')}`);
  return values;
}

function valuesOf(map: YAMLMap, above: string): ChartValue[] {
  return map.items.flatMap((item, index) => {
    const { key, value } = item as Pair;
    const path = `${above}${String(isScalar(key) ? key.value : key)}`;
    // The parser gives the comment before the first key of a mapping to the mapping itself.
    const comment = isScalar(key) && key.commentBefore ? key.commentBefore : index === 0 ? map.commentBefore : undefined;
    const description = describedBy(comment);
    if (description === '' && isMap(value) && value.items.length > 0) return valuesOf(value, `${path}.`);
    const plain: unknown = isMap(value) || !isScalar(value) ? (value as { toJSON?: () => unknown } | null)?.toJSON?.() : value.value;
    return [{ path, fallback: JSON.stringify(plain ?? null), description }];
  });
}

/** Text of the last comment that begins with `--`, with the lines that follow it. */
function describedBy(comment: string | null | undefined): string {
  const lines = (comment ?? '').split('\n').map((line) => line.trim());
  const start = lines.findLastIndex((line) => line.startsWith(mark));
  if (start < 0) return '';
  return lines.slice(start).join(' ').slice(mark.length).trim();
}

/** README of the chart. */
export function renderChart(text = readFileSync(join(root, chartFolder, 'values.yaml'), 'utf8')): string {
  const rows = chartValues(text).map(
    ({ path, fallback, description }) => `| \`${path}\` | \`${fallback}\` | ${description.replaceAll('|', '\\|')} |`,
  );
  return `# Tributary on Kubernetes

<!-- Generated from values.yaml by \`npm run docs:generate\`. Do not edit. -->

Installs Tributary beside a Kafka, a schema registry and a PostgreSQL that are there already.

    kubectl create secret generic tributary --from-file=STRIPE_ENDPOINTS=endpoints.json --from-literal=DATABASE_URL=... --from-literal=STRIPE_API_KEY=...
    npm run -s tributary -- identity keys keys && (cd keys && kubectl create secret generic tributary-keys --from-file=.)
    helm install tributary deploy/helm/tributary --values my-values.yaml --wait
    helm test tributary

A hook makes topics and registers schemas before an installation and each upgrade; services apply the migrations of their own schema when they
start, or the hook does with a role of its own (\`postgresql.migrationUrlSecret\`), so that no service may change a table. Pods run as an ordinary user with a read-only root file system and without a token of the Kubernetes API; everything that is not needed is
denied by NetworkPolicies. Services answer only those whom they know: by the keys of the Secret \`identity.keysSecret\`, of which each pod is given its own. Every other secret is a mounted file, too: what changes in a Secret is used without a restart as soon as the kubelet has written it (within about a minute). A value that does not exist or does not fit is refused with its path.

\`proof/helm/*.int-spec.ts\` render it with the real \`helm\` for the last three minor versions of Kubernetes and check every object and every
refusal. \`npm run proof:helm\` installs it on a real cluster: pods are killed, the node is drained, the release is upgraded and rolled back under traffic.

Not in it yet: Strimzi resources.

| value | default | what |
| --- | --- | --- |
${rows.join('\n')}
`;
}
