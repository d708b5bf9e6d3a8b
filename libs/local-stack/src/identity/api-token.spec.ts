import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiToken, identityFolder, tokenFileName } from './api-token.js';
import { callApi } from './call-api.js';

let state: string;
let server: Server;
let seen: (string | undefined)[];
const own = 'http://127.0.0.1:4040/counts';

beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), 'token-'));
  seen = [];
  server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(request.url === '/away' ? 302 : 200, { location: '/elsewhere' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(state, { recursive: true, force: true });
});

const file = (name: string, content: string): string => {
  writeFileSync(join(state, name), content);
  return join(state, name);
};

function madeByStart(token: string): void {
  mkdirSync(identityFolder(state), { recursive: true });
  file(`identity/${tokenFileName}`, `${token}\n`);
}

it('takes what is given, then the file that is named, then the token of the stack', () => {
  madeByStart('of-the-stack');
  const named = file('named', 'of-the-file\n');
  const env = { TRIBUTARY_STATE_DIR: state };
  expect(apiToken(own, { ...env, TRIBUTARY_TOKEN: 'given', TRIBUTARY_TOKEN_FILE: named })).toBe('given');
  expect(apiToken(own, { ...env, TRIBUTARY_TOKEN: '', TRIBUTARY_TOKEN_FILE: named })).toBe('of-the-file');
  expect(apiToken(own, env)).toBe('of-the-stack');
});

it.each(['http://recon.example.test:4040/counts', 'http://127.0.0.1.example.test/counts', 'not an address'])(
  'sends the token of the stack to this machine only, not to %s',
  (url) => {
    madeByStart('of-the-stack');
    expect(apiToken(url, { TRIBUTARY_STATE_DIR: state })).toBeUndefined();
    expect(apiToken(url, { TRIBUTARY_STATE_DIR: state, TRIBUTARY_TOKEN: 'given' })).toBe('given');
  },
);

it.each([
  ['is not there', 'cannot be read'],
  ['is empty', 'is empty'],
])('says so when the file that is named %s', (what, said) => {
  const named = what === 'is empty' ? file('empty', ' \n') : join(state, 'absent');
  expect(() => apiToken(own, { TRIBUTARY_TOKEN_FILE: named })).toThrow(said);
});

it('calls with the token, keeps the other headers, and follows no redirect', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect((await callApi(url, {}, { TRIBUTARY_STATE_DIR: state })).status).toBe(200);
  expect((await callApi(`${url}/away`, { headers: { accept: '*/*' } }, { TRIBUTARY_TOKEN: 'given' })).status).toBe(302);
  expect(seen).toEqual([undefined, 'Bearer given']);
});
