import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, registryReady, registryUrlOf, startRegistry } from '@tributary/local-stack';
import { RegistryClient, subjectsFor } from '@tributary/messaging';
import { registerSchemas } from '../contracts/register.js';
import { startModedRegistry } from '../contracts/testing/confluent-modes.js';
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

describe('a registry with modes', () => {
  const moded = async (
    work: (registry: Awaited<ReturnType<typeof startModedRegistry>>, subject: string) => Promise<void>,
  ): Promise<void> => {
    const registry = await startModedRegistry(url);
    try {
      await work(registry, subjectsFor([target])[0]?.name ?? '');
    } finally {
      registry.close();
    }
  };

  it.each(['READONLY', 'READONLY_OVERRIDE'])(
    'is in mode %s, as a whole or for one subject',
    (mode) =>
      moded(async (registry, subject) => {
        const whole = by(registry.url);
        const setGlobal = (to: string) => () => Promise.resolve((registry.global = to));
        const { text } = await fault('registry.read-only', 'registry', whole, whole, {
          make: setGlobal(mode),
          undo: setGlobal('READWRITE'),
        });
        expect(text).toBe(`The registry is in mode ${mode}: it takes no schemas.`);
        const one = {
          make: () => Promise.resolve(registry.ofSubjects.set(subject, mode)),
          undo: () => Promise.resolve(registry.ofSubjects.clear()),
        };
        const of = await fault('registry.read-only', subject, whole, whole, one);
        expect(of.text).toBe(`The registry is in mode ${mode} for subject ${subject}: it takes no schemas.`);
        expect(of.action).toContain('runbooks/schema-registry.md');
      }),
    faultWithinMs,
  );

  it(
    'takes imports only',
    () =>
      moded(async (registry, subject) => {
        const one = {
          make: () => Promise.resolve(registry.ofSubjects.set(subject, 'IMPORT')),
          undo: () => Promise.resolve(registry.ofSubjects.clear()),
        };
        const { text } = await fault('registry.other-mode', subject, by(registry.url), by(registry.url), one);
        expect(text).toBe(`The registry is in mode IMPORT for subject ${subject}: it takes schemas with an id of their own only.`);
      }),
    faultWithinMs,
  );
});

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
