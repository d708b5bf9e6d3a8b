import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { events } from '@tributary/contracts';
import type { EventDefinition } from '@tributary/contracts';
import { parse } from 'yaml';
import { RegistryAwayError, RegistryModeError, subjectsFor } from '@tributary/messaging';
import { startStack, uniqueName } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { startModedRegistry } from './testing/confluent-modes.js';
import { root } from './workspace.js';
import { RegistrationError, registerSchemas, registerSubjects } from './register.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ registry: true });
});
afterAll(() => stack.stop());

const ask = async (path: string): Promise<unknown> => (await fetch(`${stack.registryUrl}${path}`)).json();

const schema = (...fields: object[]): string => JSON.stringify({ type: 'record', name: 'Thing', namespace: 'test', fields });
const a = { name: 'a', type: 'string' };
const b = { name: 'b', type: ['null', 'string'], default: null };

it('registers the whole language, and does nothing the second time', async () => {
  const target = uniqueName('target');
  const subjects = subjectsFor([target]);
  const first = await registerSchemas({ registryUrl: stack.registryUrl, targets: [target] });
  expect(first.evolved).toBe(0);
  expect(first.added + first.unchanged).toBe(subjects.length);
  await expect(registerSchemas({ registryUrl: stack.registryUrl, targets: [target] })).resolves.toEqual({
    added: 0,
    evolved: 0,
    unchanged: subjects.length,
  });
  const subject = `postings.${target}.v1-tributary.postings.PostingRequested`;
  expect(await ask(`/config/${subject}`)).toEqual({ compatibilityLevel: 'FULL_TRANSITIVE' });
  expect(await ask(`/subjects/${subject}/versions`)).toEqual([1]);
  expect(await ask('/subjects')).toEqual(
    expect.arrayContaining(['ar.v1-tributary.ar.PaymentReceived', 'erp.v1-tributary.erp.PostingConcluded']),
  );
});

it('gives the schemas that docs/data describes', async () => {
  await registerSchemas({ registryUrl: stack.registryUrl, targets: ['any'] });
  const text = readFileSync(join(root, 'docs/data/asyncapi.yaml'), 'utf8');
  const { channels, components } = parse(text) as {
    channels: Record<string, { address: string; messages: Record<string, object> }>;
    components: { messages: Record<string, { payload: { $ref?: string } }>; schemas: Record<string, { schema: object }> };
  };
  const described = Object.values(channels).flatMap(({ address, messages }) =>
    Object.keys(messages).flatMap((type) => {
      const record = components.messages[type]?.payload.$ref?.split('/').at(-1);
      return record === undefined ? [] : [{ subject: `${address.replace('{target}', 'any')}-${record}`, record }];
    }),
  );
  const all: EventDefinition<unknown>[] = Object.values(events);
  expect(described).toHaveLength(all.filter(({ record }) => record !== undefined).length);
  const registered = new Map<string, unknown>();
  for (const { subject, record } of described) {
    const { schema: latest } = (await ask(`/subjects/${subject}/versions/latest`)) as { schema: string };
    registered.set(record, JSON.parse(latest));
  }
  for (const { record } of described)
    expect({ [record]: components.schemas[record]?.schema }).toEqual({ [record]: registered.get(record) });
});

it('adds a compatible version, and the registry refuses the others with its reason', async () => {
  const name = uniqueName('topic.v1-test.Thing');
  const register = (text: string): Promise<unknown> => registerSubjects([{ name, schema: text }], { registryUrl: stack.registryUrl });
  await expect(register(schema(a))).resolves.toMatchObject({ added: 1 });
  await expect(register(schema(a, b))).resolves.toMatchObject({ evolved: 1 });
  await expect(register(schema(a, { name: 'c', type: 'string' }))).rejects.toThrow(`${name} is incompatible with what is registered`);
  await expect(register(schema(b))).rejects.toThrow(RegistrationError);
  await expect(register(schema(a))).resolves.toMatchObject({ unchanged: 1 });
  expect(await ask(`/subjects/${name}/versions`)).toEqual([1, 2]);
});

it('puts the rule back that somebody took away', async () => {
  const name = uniqueName('topic.v1-test.Thing');
  const register = (text: string): Promise<unknown> => registerSubjects([{ name, schema: text }], { registryUrl: stack.registryUrl });
  await register(schema(a));
  await fetch(`${stack.registryUrl}/config/${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ compatibility: 'NONE' }),
  });
  await expect(register(schema({ name: 'x', type: 'int' }))).rejects.toThrow('is incompatible with what is registered');
  expect(await ask(`/config/${name}`)).toEqual({ compatibilityLevel: 'FULL_TRANSITIVE' });
});

it('registers the others when one is refused, and names all that were', async () => {
  const [good, bad, worse] = ['good', 'bad', 'worse'].map((word) => uniqueName(`topic.v1-test.${word}`)) as [string, string, string];
  const subjects = [
    { name: bad, schema: '{"type":"recordx"}' },
    { name: worse, schema: 'no schema' },
    { name: good, schema: schema(a) },
  ];
  const attempt = registerSubjects(subjects, { registryUrl: stack.registryUrl });
  await expect(attempt).rejects.toMatchObject({
    refusals: expect.arrayContaining([expect.stringContaining(bad), expect.stringContaining(worse)]),
  });
  expect(await ask(`/subjects/${good}/versions`)).toEqual([1]);
});

describe('a registry with modes, as Confluent has them', () => {
  let moded: Awaited<ReturnType<typeof startModedRegistry>>;
  beforeAll(async () => {
    moded = await startModedRegistry(stack.registryUrl);
  });
  afterEach(() => {
    moded.global = 'READWRITE';
    moded.ofSubjects.clear();
  });
  afterAll(() => moded?.close());
  const register = (name: string, text = schema(a)): Promise<unknown> =>
    registerSubjects([{ name, schema: text }], { registryUrl: moded.url, deadlineMs: 10_000 });

  it.each(['READONLY', 'READONLY_OVERRIDE', 'IMPORT'])('says that it is in mode %s, and for which subject', async (mode) => {
    const name = uniqueName('topic.v1-test.Thing');
    moded.ofSubjects.set(name, mode);
    const refused = register(name);
    await expect(refused).rejects.toThrow(RegistryModeError);
    await expect(refused).rejects.toThrow(
      `is in mode ${mode} for subject ${name}: schemas cannot be registered. Set the mode READWRITE (PUT /mode`,
    );
    await expect(register(uniqueName('topic.v1-test.Other'))).resolves.toMatchObject({ added: 1 });
    moded.ofSubjects.clear();
    moded.global = mode;
    await expect(register(name)).rejects.toThrow(`the registry at ${moded.url} is in mode ${mode}: schemas cannot be registered`);
    moded.global = 'READWRITE';
    await expect(register(name)).resolves.toMatchObject({ added: 1 });
  });

  it('lets a mode of the registry that overrides come before that of the subject', async () => {
    const name = uniqueName('topic.v1-test.Thing');
    moded.ofSubjects.set(name, 'READWRITE');
    moded.global = 'READONLY';
    await expect(register(name)).resolves.toMatchObject({ added: 1 });
    moded.global = 'READONLY_OVERRIDE';
    await expect(register(name, schema(a, b))).rejects.toThrow('is in mode READONLY_OVERRIDE: schemas cannot be registered');
  });

  it('does nothing, and is refused nothing, where all is registered', async () => {
    const name = uniqueName('topic.v1-test.Thing');
    await register(name);
    moded.global = 'READONLY';
    await expect(register(name)).resolves.toMatchObject({ unchanged: 1 });
  });
});

describe('while the registry is away', () => {
  let server: Server;
  let answers = 0;
  beforeAll(async () => {
    // Up, but its routes are not: what Apicurio does for a second or two while it starts; then the real one.
    server = createServer((request, response) => {
      answers += 1;
      if (answers <= 2) return void response.writeHead(answers === 1 ? 503 : 404).end('<html>starting</html>');
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        void fetch(`${stack.registryUrl}${request.url}`, {
          method: request.method ?? 'GET',
          headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
          ...(body ? { body } : {}),
        }).then(async (answer) => response.writeHead(answer.status).end(await answer.text()));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  it('goes on until it is there, and says that it waits', async () => {
    const lines: string[] = [];
    const registryUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const subjects = [{ name: uniqueName('topic.v1-test.Thing'), schema: schema(a) }];
    await expect(registerSubjects(subjects, { registryUrl, onProgress: (line) => lines.push(line) })).resolves.toMatchObject({ added: 1 });
    expect(lines[0]).toMatch(/^waiting for the registry at http:\/\/127\.0\.0\.1:\d+: it answered 503; \d+ s left$/);
  });

  it('gives up at the deadline', async () => {
    const attempt = registerSchemas({ registryUrl: 'http://127.0.0.1:1', targets: ['any'], deadlineMs: 300 });
    await expect(attempt).rejects.toThrow(RegistryAwayError);
  });
});
