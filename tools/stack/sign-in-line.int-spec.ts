import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLocalIdentity } from '@tributary/local-stack';
import { defaultPorts } from '#doctor/ports.mjs';
import { foldersOf } from './settings.js';
import { signInLine } from './sign-in-line.js';

let folder: string;
let server: Server;
let asked: { url?: string; method?: string; authorization?: string }[];
let answer: { status: number; body: string };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sign-in-'));
  asked = [];
  server = createServer(({ url, method, headers: { authorization } }, response) => {
    asked.push({ url, method, authorization } as (typeof asked)[number]);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const port = (): number => (server.address() as AddressInfo).port;
const line = (): Promise<string | undefined> =>
  signInLine({ ports: { ...defaultPorts, console: port() }, folders: foldersOf(folder, { TRIBUTARY_STATE_DIR: folder }) });

it('is a link of the console, asked for with the token of the stack', async () => {
  makeLocalIdentity(join(folder, 'identity'));
  answer = { status: 201, body: '{"code":"c0de","expiresAt":"2026-11-28T12:15:00.000Z"}' };
  expect(await line()).toMatch(`Sign in: http://127.0.0.1:${port()}/sign-in/link#c0de `);
  const token = readFileSync(join(folder, 'identity', 'token'), 'utf8').trim();
  expect(asked).toEqual([{ url: '/identity/people/me/sign-in-link', method: 'POST', authorization: `Bearer ${token}` }]);
});

it('is none where the console knows no sign-in', async () => {
  answer = { status: 404, body: '{"error":"Not Found","message":"Cannot POST"}' };
  expect(await line()).toBeUndefined();
});

it('says what the console refuses', async () => {
  answer = { status: 401, body: '{"error":"identity.withdrawn","message":"The token was withdrawn."}' };
  expect(await line()).toBe('No link for signing in: The token was withdrawn.   (npm run -s sign-in tries again)');
});
