import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry with Confluent's modes, in front of one that has none. */
export interface ModedRegistry {
  readonly url: string;
  /** Mode of the whole registry; `READWRITE` at first. */
  global: string;
  /** Modes of single subjects. */
  readonly ofSubjects: Map<string, string>;
  close(): void;
}

/**
 * Answers `/mode`, `/mode/{subject}` and writes as Confluent's Schema Registry does, and passes everything else on.
 * Source: its API reference, "Modes" (docs.confluent.io/platform/current/schema-registry/develop/api.html), and its published source
 * (github.com/confluentinc/schema-registry): `ModeResource.getMode`, `isReadOnlyMode` and `checkRegisterMode`. READONLY_OVERRIDE of the registry comes before
 * the mode of a subject. A schema that the subject has already is registered in every mode; a new one without an id in READWRITE alone; the
 * compatibility rule is refused in the read-only modes. Refusals are 422 with error code 42205, a subject without a mode of its own is 404 with 40409.
 * @param registryUrl of the registry behind it.
 */
export async function startModedRegistry(registryUrl: string): Promise<ModedRegistry> {
  const moded = { global: 'READWRITE', ofSubjects: new Map<string, string>() };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const body = Buffer.concat(chunks).toString();
        void answer({ request, body, registryUrl, ...moded }, response);
      });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return Object.assign(moded, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

interface Asked {
  readonly request: IncomingMessage;
  readonly body: string;
  readonly registryUrl: string;
  readonly global: string;
  readonly ofSubjects: ReadonlyMap<string, string>;
}

async function answer(asked: Asked, response: ServerResponse): Promise<void> {
  const { request, body, registryUrl, global, ofSubjects } = asked;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://registry');
  const say = (status: number, text: object): void => void response.writeHead(status).end(JSON.stringify(text));
  const [, room, encoded = ''] = pathname.split('/');
  const subject = decodeURIComponent(encoded);
  const inScope = global === 'READONLY_OVERRIDE' ? global : (ofSubjects.get(subject) ?? global);
  if (room === 'mode' && subject === '') return say(200, { mode: global });
  if (room === 'mode') {
    const mode = searchParams.get('defaultToGlobal') === 'true' ? inScope : ofSubjects.get(subject);
    if (mode !== undefined) return say(200, { mode });
    return say(404, { error_code: 40409, message: `Subject '${subject}' does not have subject-level mode configured` });
  }
  const pass = (url = request.url): Promise<Response> => {
    const init = { method: request.method ?? 'GET', headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' } };
    return fetch(`${registryUrl}${url}`, body !== '' ? { ...init, body } : init);
  };
  const refusal = (why: string): void => say(422, { error_code: 42205, message: `Subject ${subject} in context . ${why}` });
  const isReadOnly = inScope.startsWith('READONLY');
  if (room === 'config' && request.method === 'PUT' && isReadOnly) return refusal('is in read-only mode');
  if (room === 'subjects' && pathname.endsWith('/versions') && request.method === 'POST' && inScope !== 'READWRITE') {
    const known = (await pass(pathname.replace(/\/versions$/, ''))).ok;
    if (!known) return refusal(isReadOnly ? 'is in read-only mode' : 'is not in read-write mode');
  }
  const passed = await pass();
  response.writeHead(passed.status).end(await passed.text());
}
