import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { topicsToMake } from '@tributary/contracts';
import { startStack, uniqueName } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { TopicAdmin } from '@tributary/messaging';
import { understand } from '#commands/command-line.mjs';
import { registerSchemas } from '../contracts/register.js';
import { examineInstallation } from './command.js';
import type { InstallationFinding } from '@tributary/platform';

let stack: Stack;
/** What a service says on `/ready`. */
let ready: { status: number; body: object; date?: string } = { status: 200, body: { status: 'ok', error: {} } };
const service = createServer((_request, response) => {
  if (ready.date !== undefined) response.setHeader('date', ready.date);
  response.writeHead(ready.status).end(JSON.stringify(ready.body));
});
let url: string;
beforeAll(async () => {
  stack = await startStack({ kafka: true, registry: true });
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
}, 180_000);
afterAll(async () => {
  service.close();
  await stack?.stop();
});

async function examine(target: string, change: NodeJS.ProcessEnv = {}): Promise<{ code: number; findings: string[] }> {
  const understood = understand(['tributary', 'doctor', '--json', '--service', `recon=${url}`, '--target', target]);
  if (understood.kind !== 'run') throw new Error(`not understood: ${JSON.stringify(understood)}`);
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text);
  const terminal = { isTty: false, out: write, progress: write, error: write, confirm: () => Promise.resolve(false) };
  const env = { KAFKA_BROKERS: stack.brokers.join(','), SCHEMA_REGISTRY_URL: stack.registryUrl, ...change };
  const code = await examineInstallation(understood, env, { here: { services: new Map(), targets: [] }, terminal });
  const findings = JSON.parse(lines.join('\n')) as InstallationFinding[];
  return { code, findings: findings.map((finding) => `${finding.code} ${finding.about}`) };
}

it('says which topic, schema and service is not as it should be, on real brokers and a real registry', async () => {
  const target = uniqueName('target');
  const topics = topicsToMake({ targets: [target] }).filter(({ name }) => name.includes(target));
  const [first, second, ...rest] = topics;
  if (!first || !second) throw new Error('a target has topics');
  await TopicAdmin.ensureTopics({ brokers: stack.brokers, clientId: 'doctor' }, [
    { ...first, partitions: first.partitions + 1 },
    { ...second, config: { ...second.config, 'retention.ms': '3600000' } },
    ...rest.slice(1),
  ]);
  const before = await examine(target);
  expect(before.code).toBe(1);
  expect(before.findings.filter((text) => text.includes(target))).toEqual(
    expect.arrayContaining([
      `topic.partitions-differ ${first.name}`,
      `topic.config-differs ${second.name}`,
      `topic.missing ${rest[0]?.name}`,
      `group.idle tributary-sink-${target}`,
      `registry.schema-missing postings.${target}.v1-tributary.postings.PostingRequested`,
    ]),
  );
  expect(before.findings).toContain('installation.passed recon');

  await registerSchemas({ registryUrl: stack.registryUrl, targets: [target] });
  ready = {
    status: 503,
    body: { error: { kafka: { status: 'down', message: 'no broker' } } },
    date: new Date(Date.now() - 600_000).toUTCString(),
  };
  const after = (await examine(target)).findings;
  expect(after).toEqual(expect.arrayContaining(['service.not-ready recon', 'service.clock-off recon', 'installation.passed registry']));
}, 120_000);

it('says who does not answer', async () => {
  const { code, findings } = await examine('any', {
    KAFKA_BROKERS: '127.0.0.1:1',
    SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1/apis/ccompat/v7',
  });
  expect([code, findings.slice(-2)]).toEqual([1, ['brokers.silent kafka', 'registry.silent registry']]);
}, 120_000);
