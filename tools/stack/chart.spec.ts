import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { targetKindNames } from '@tributary/target-registry';
import { defaultPorts } from '#doctor/ports.mjs';
import { readConfigurations } from '../docs/configuration.js';
import { chartParts } from './chart-parts.js';
import { deployedParts } from './parts.js';
import type { DeployedPart } from './parts.js';

/** The Helm chart deploys the services of parts.ts, too; this keeps the two from drifting apart, without helm. */
const template = readFileSync(join(workspaceRoot, 'deploy/helm/tributary/templates/_helpers.tpl'), 'utf8');
const image = readFileSync(join(workspaceRoot, 'Dockerfile'), 'utf8');
const imageFlags = /NODE_OPTIONS="([^"]+)"/.exec(image)?.[1]?.split(' ') ?? [];
/** The chart makes one sink per target; the second sink of the stack is one of them. */
const services = deployedParts.filter(({ kind, name }) => kind === 'service' && name !== 'erp-sink-stripe');

function expected({ name, project, flags }: DeployedPart) {
  return { component: name, entry: `${project}/dist/main.js`, port: defaultPorts[name], flags: [...flags].sort() };
}

function deployed(text: string) {
  return chartParts(text).map((part) => {
    const inherited = imageFlags.filter((flag) => !part.flags.some((own) => own.split('=')[0] === flag.split('=')[0]));
    return { ...part, flags: [...part.flags, ...inherited].sort() };
  });
}

const byName = (a: { component: string }, b: { component: string }): number => (a.component < b.component ? -1 : 1);

it('deploys the same programs with the same ports and memory flags', () => {
  expect(deployed(template).sort(byName)).toEqual(services.map(expected).sort(byName));
});

it.each([
  ['another port', '"port" 4020', '"port" 4021'],
  ['another program', 'services/recon/dist/main.js', 'services/console/dist/main.js'],
  ['another memory limit', '--max-old-space-size=192', '--max-old-space-size=512'],
  ['a part under another name', 'set $components "console"', 'set $components "window"'],
])('notices %s', (_name, now, then) => {
  expect(template).toContain(now);
  expect(deployed(template.replace(now, then)).sort(byName)).not.toEqual(services.map(expected).sort(byName));
});

it('refuses a template in another form', () => {
  expect(() => chartParts('{{- define "tributary.components" -}}{{- end -}}')).toThrow('no component in the expected form');
});

it('takes the kinds of targets that there are connectors for', () => {
  const schema = JSON.parse(readFileSync(join(workspaceRoot, 'deploy/helm/tributary/values.schema.json'), 'utf8')) as {
    properties: { targets: { items: { properties: { kind: { enum: string[] } } } } };
  };
  expect(schema.properties.targets.items.properties.kind.enum.sort()).toEqual([...targetKindNames].sort());
});

it('mounts every secret that is read again when its file changes, and no variable that has no file', async () => {
  const pattern = /regexMatch "([^"]*_PASSWORD[^"]*)"/.exec(template)?.[1] ?? 'none';
  const isMounted = (name: string): boolean => new RegExp(pattern).test(name);
  const programs = await readConfigurations();
  const variables = programs.flatMap((program) => program.variables.map(({ name }) => ({ name, among: program.variables })));
  const withFile = variables.filter(({ name, among }) => among.some((other) => other.name === `${name}_FILE`)).map(({ name }) => name);
  // Keys of this installation are mounted by identity.keysSecret; PostgreSQL has its password in its URL.
  const others = new Set(['IDENTITY_JWKS', 'SERVICE_KEY', 'IDENTITY_KEY', 'FACT_SEAL_KEYS', 'PAYLOAD_KEYS', 'DATABASE_MIGRATION_URL']);
  const expected = new Set(withFile.filter((name) => !others.has(name)));
  expect(expected.size).toBeGreaterThan(12);
  expect([...expected].filter((name) => !isMounted(name))).toEqual([]);
  const without = variables.map(({ name }) => name).filter((name) => !name.endsWith('_FILE') && !withFile.includes(name));
  expect(without.filter(isMounted).filter((name) => !withFile.includes(name))).toEqual([]);
});
