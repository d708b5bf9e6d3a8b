import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, registryReady, registryUrlOf, startRegistry } from '@tributary/local-stack';
import { registerSchemas, subjectsFor } from '../contracts/register.js';
import { RegistryClient } from '../contracts/registry-client.js';
import { examine, fault, faultWithinMs, silentHost } from './testing/doctor-run.js';
import type { Change, Examination } from './testing/doctor-run.js';

const target = 'main';
const folder = mkdtempSync(join(tmpdir(), 'registry-'));
const password = 'sesame-of-nobody';
let registry: Awaited<ReturnType<typeof startRegistry>>;
let url: string;
let origin: string;
/** The same registry, for those who know the password. */
let gate: Server;
beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  registry = await startRegistry({ port, logFolder: folder });
  await registryReady(registry, port);
  url = registryUrlOf(port);
  origin = new URL(url).origin;
  await registerSchemas({ registryUrl: url, targets: [target] });
  gate = createServer((request, response) => {
    const known = request.headers.authorization === `Basic ${Buffer.from(`doctor:${password}`).toString('base64')}`;
    if (!known) return void response.writeHead(401).end();
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const body = Buffer.concat(chunks);
        const headers = { 'content-type': request.headers['content-type'] ?? 'text/plain' };
        const init = { method: request.method ?? 'GET', headers, ...(body.length > 0 ? { body } : {}) };
        void fetch(`${origin}${request.url}`, init).then(async (answer) => response.writeHead(answer.status).end(await answer.text()));
      });
  });
  await new Promise<void>((listening) => gate.listen(0, '127.0.0.1', listening));
}, 120_000);
afterAll(async () => {
  gate?.close();
  await registry?.kill9();
  rmSync(folder, { recursive: true, force: true });
});

/** Kafka is away in all of them; here it is about the registry. */
const kafkaIsAway = { kafka: 200 };
const by = (registryUrl: string, more: NodeJS.ProcessEnv = {}, rest: Examination = {}): Examination => ({
  args: ['--target', target],
  env: { KAFKA_BROKERS: '127.0.0.1:1', SCHEMA_REGISTRY_URL: registryUrl, ...more },
  limits: kafkaIsAway,
  ...rest,
});
const whole = (): Examination => by(url);

/** Switches the mode of the storage, as its administrator does. */
async function setReadOnly(value: boolean): Promise<void> {
  const answer = await fetch(`${origin}/apis/registry/v3/admin/config/properties/apicurio.storage.read-only.enabled`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ value: String(value) }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}

it(
  'says that the registry is in read-only mode, and asks nothing that would be refused',
  async () => {
    const { text } = await fault('registry.read-only', 'registry', whole(), whole(), {
      make: () => setReadOnly(true),
      undo: () => setReadOnly(false),
    });
    expect(text).toBe(`${url} is in read-only mode: it takes no schemas.`);
  },
  faultWithinMs,
);

it(
  'says that the registry does not answer, also where a host takes the connection and is silent',
  async () => {
    await fault(
      'registry.silent',
      'registry',
      by('http://127.0.0.1:1/apis/ccompat/v7', {}, { limits: { ...kafkaIsAway, registry: 3_000 } }),
      whole(),
    );
    const host = await silentHost();
    try {
      const { text } = await fault(
        'registry.silent',
        'registry',
        by(`http://${host.address}/apis/ccompat/v7`, {}, { limits: { ...kafkaIsAway, registry: 2_000 } }),
        whole(),
      );
      expect(text).toContain('no answer within 2 s');
    } finally {
      host.close();
    }
  },
  faultWithinMs,
);

it(
  'says that the password is refused, and does not print it',
  async () => {
    const gated = `http://127.0.0.1:${(gate.address() as AddressInfo).port}/apis/ccompat/v7`;
    const as = (given: string): Examination => by(gated, { SCHEMA_REGISTRY_USERNAME: 'doctor', SCHEMA_REGISTRY_PASSWORD: given });
    await fault('registry.password-refused', 'registry', as('hunter2-of-nobody'), as(password));
    expect((await examine(as('hunter2-of-nobody'))).text).not.toContain('hunter2');
  },
  faultWithinMs,
);

it(
  'says which schema is missing, and which subject has another rule',
  async () => {
    const [subject] = subjectsFor([target]);
    if (!subject) throw new Error('there are subjects');
    const other = { ...by(url), args: ['--target', 'another'] };
    const [missing] = subjectsFor(['another']).filter(({ name }) => name.includes('another'));
    await fault('registry.schema-missing', missing?.name ?? '', other, whole());
    const client = new RegistryClient({ registryUrl: url, deadlineMs: 10_000, onWaiting: () => undefined });
    const rule: Change = {
      make: () => client.setCompatibility(subject.name, 'NONE'),
      undo: () => client.setCompatibility(subject.name, 'FULL_TRANSITIVE'),
    };
    const { text } = await fault('registry.rule-differs', subject.name, whole(), whole(), rule);
    expect(text).toBe('Its compatibility rule is NONE; it should be FULL_TRANSITIVE.');
  },
  faultWithinMs,
);

it(
  'says that the clock of the registry is another one',
  async () => {
    await fault('clock.off', 'registry', { ...whole(), now: () => Date.now() + 600_000 }, whole());
  },
  faultWithinMs,
);
