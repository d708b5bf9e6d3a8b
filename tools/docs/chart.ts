import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topicRights, topicsToMake } from '@tributary/contracts';
import { isMap, isScalar, parseDocument } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import { root } from '../contracts/workspace.js';

/** One value of the chart: its path, its default as JSON, and what it is for. */
export interface ChartValue {
  readonly path: string;
  readonly fallback: string;
  readonly description: string;
}

/** Variables that no value of the chart sets, and why. Of one service: `<service> <variable>`. */
export const notSetByValues: Readonly<Record<string, string>> = {
  DATABASE_PASSWORD_FILE: 'the connection URL is a Secret itself, with its password',
  DATABASE_MIGRATION_PASSWORD_FILE: 'as DATABASE_PASSWORD_FILE',
  DATABASE_MIGRATION_URL_FILE: 'the hook is given the URL of that role, and no service',
  DATABASE_MIGRATION_CLIENT_CERT_FILE: 'as DATABASE_MIGRATION_URL_FILE',
  DATABASE_MIGRATION_CLIENT_KEY_FILE: 'as DATABASE_MIGRATION_URL_FILE',
  ERP_OAUTH_REFRESH_TOKEN_FILE:
    'a service writes this file, and a Secret is mounted to be read; sign in with a client of your own (ERP_OAUTH_CLIENT_ID)',
  'ingest SERVICE_KEY_FILE': 'it calls no other service',
  'ingest IDENTITY_REVOCATIONS_URL': 'as its SERVICE_KEY_FILE',
  'console IDENTITY_REVOCATIONS_URL': 'it is the one that knows them',
  'ingest HTTP_TLS_CLIENT_CA_FILE': 'an ingress controller reaches it, which shows no certificate of the services',
  'console HTTP_TLS_CLIENT_CA_FILE': 'browsers reach it, which show none',
};

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
export function renderChart(text = valuesFile(chartFolder)): string {
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

## Be told of what is wrong

Recon tells of dead letters, differences and the like by webhook and mail ([docs/how-to/notifications.md](../../../docs/how-to/notifications.md)). Routes are values, what is secret of them is a reference, and recon is let out to exactly the ports of the routes:

    notifications:
      routes:
        - { name: duty, kind: webhook, severities: [critical], url: https://hooks.example.com/tributary, signingSecret: { name: duty, key: secret } }
        - { name: accounts, kind: mail, from: tributary@example.com, to: [accounts@example.com], host: mail.example.com, port: 587,
            user: tributary, passwordSecret: { name: smtp, key: password },
            egress: { to: [{ ipBlock: { cidr: 192.0.2.25/32 } }] } }

A NetworkPolicy knows addresses and no names: without \`egress.to\` the port is open to every address that is not private. A change of routes rolls recon.

## What values cannot say

Every variable of [docs/configuration.md](../../../docs/configuration.md) is set by a value, by \`services.<service>.env\`, or by \`env\` and \`secretEnv\` of a target, but for these (\`proof/helm/settings.int-spec.ts\` goes through the list):

${Object.entries(notSetByValues)
  .map(([variable, why]) => `- \`${variable}\`: ${why}.`)
  .join('\n')}

## How it is proven

\`proof/helm/*.int-spec.ts\` render it with the real \`helm\` for the last three minor versions of Kubernetes and check every object and every
refusal. \`npm run proof:helm\` installs it on a real cluster: pods are killed, the node is drained, the release is upgraded and rolled back under traffic.

Where the Strimzi operator runs Kafka, [tributary-strimzi](../tributary-strimzi/README.md) has its topics and users.

${valuesTable(text)}
`;
}

/** README of the chart with the resources of the Strimzi operator. */
export function renderStrimziChart(text = valuesFile(`${chartFolder}-strimzi`)): string {
  return `# Topics and users for Strimzi

<!-- Generated from values.yaml by \`npm run docs:generate\`. Do not edit. -->

For a Kafka that the [Strimzi](https://strimzi.io) operator runs, version 0.49 or later (\`kafka.strimzi.io/v1\`): every topic as a KafkaTopic, and a KafkaUser for each service with exactly the rights of [docs/acls.md](../../../docs/acls.md).

    helm install tributary-strimzi deploy/helm/tributary-strimzi --namespace kafka --set cluster=my-cluster --set 'targets={kinetic-main,stripe-main}'
    kubectl wait --namespace kafka --for=condition=Ready kafkatopic,kafkauser --selector app.kubernetes.io/instance=tributary-strimzi --timeout=5m

**Before** the chart [tributary](../tributary/README.md), whose hook signs in as one of these users and registers schemas. It is a chart of its own for that: resources of one release are made after its hooks, and as hooks they would be
deleted and made again at each upgrade, topics with what is in them. The operator writes the password, or certificate, of each user into a Secret of the same name; copy it into the namespace of Tributary and name it in \`kafka.sasl.users\`.

- A topic stays when the chart is uninstalled or a target leaves the list (\`helm.sh/resource-policy: keep\`); users go.
- Partitions are those of the catalogue ([docs/topics.md](../../../docs/topics.md)). More are safe for none of them while messages wait: the order of a key is kept by its partition.
- Topics and rights come from \`files/\`, which \`npm run docs:generate\` writes from the same sources that services use.
- Rendered by \`proof/helm/strimzi.int-spec.ts\`, which compares every topic and every right with what the services ask for. No operator was run.

${valuesTable(text)}
`;
}

/** Topics and rights with `<target>` in place of a target, for the templates of that chart: file name to content. */
export function strimziFiles(): ReadonlyMap<string, string> {
  const targets = ['<target>'];
  const users = [...topicRights({ targets })].map(([name, rights]) => ({ name, rights }));
  return new Map([
    ['topics.json', JSON.stringify(topicsToMake({ targets }))],
    ['users.json', JSON.stringify(users)],
  ]);
}

function valuesFile(chart: string): string {
  return readFileSync(join(root, chart, 'values.yaml'), 'utf8');
}

function valuesTable(text: string): string {
  const rows = chartValues(text).map(
    ({ path, fallback, description }) => `| \`${path}\` | \`${fallback}\` | ${description.replaceAll('|', '\\|')} |`,
  );
  return ['| value | default | what |', '| --- | --- | --- |', ...rows].join('\n');
}
