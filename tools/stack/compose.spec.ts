import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { parse } from 'yaml';
import { defaultPorts, portVariable } from '#doctor/ports.mjs';
import { demoValue, loadSettings } from './settings.js';
import { describeStack } from './stack.js';

/** docker-compose.yml and stack.ts describe one stack; this is what keeps them from drifting apart. */
interface ComposeService {
  readonly image: string;
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly profiles?: readonly string[];
}
const compose = parse(readFileSync(join(workspaceRoot, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Readonly<Record<string, ComposeService>>;
};
const settings = loadSettings(workspaceRoot, {});
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

it('signs the deliveries of the demo with the secret that ingest knows, and uses the password that the database has', () => {
  const [endpoint] = JSON.parse(demoValue(settings, 'STRIPE_ENDPOINTS')) as { name: string; secrets: string[]; apiVersion: string }[];
  const emulator = JSON.parse(String(compose.services['emulator-stripe']?.environment?.STRIPE_EMULATOR_ENDPOINTS)) as unknown;
  expect(emulator).toEqual([
    { url: `http://ingest:4010/webhooks/stripe/${endpoint?.name}`, secrets: endpoint?.secrets, apiVersion: endpoint?.apiVersion },
  ]);
  const database = new URL(String(compose.services.recon?.environment?.DATABASE_URL));
  expect([database.username, database.password, database.pathname]).toEqual([
    demoValue(settings, 'POSTGRES_USER'),
    demoValue(settings, 'POSTGRES_PASSWORD'),
    `/${demoValue(settings, 'POSTGRES_DB')}`,
  ]);
});

it('names official images with full tags', () => {
  const images = new Set(Object.values(compose.services).map((service) => service.image));
  expect([...images].sort()).toEqual(['apache/kafka:4.2.0', 'apicurio/apicurio-registry:3.0.9', 'postgres:17-bookworm', 'tributary:local']);
});
