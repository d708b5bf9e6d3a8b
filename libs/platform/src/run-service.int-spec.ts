import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { generateKeys, readSigningKey, signToken } from '@tributary/identity';
import type { SigningKey } from '@tributary/identity';
import { freePorts, workspaceRoot } from '@tributary/local-stack';

/** Services as processes of their own, from the compiled library: exit codes and signals cannot be tried within jest. */
const platform = pathToFileURL(`${workspaceRoot}/libs/platform/dist/index.js`).href;
let children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
});

class Service {
  output = '';
  private readonly exited: Promise<number | null>;

  constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (this.output += String(chunk)));
    this.exited = new Promise((resolve) => child.once('close', (code) => resolve(code)));
  }

  exitCode(): Promise<number | null> {
    return this.exited;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Waits until a line of the log matches. @returns the match. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match) return match;
      if (this.child.exitCode !== null) throw new Error(`the service ended with ${this.child.exitCode}:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** When a line of JSON was written, by its own time: the log and `console.log` need not arrive in the order of their writing. */
  timeOf(message: string): string {
    const line = this.output.split('\n').find((text) => text.includes(`"msg":${JSON.stringify(message)}`));
    if (line === undefined) throw new Error(`no line says ${message}:\n${this.output}`);
    return (JSON.parse(line) as { time: string }).time;
  }

  async url(): Promise<string> {
    return (await this.says(/"url":"([^"]+)"/))[1] as string;
  }
}

/**
 * @param members source of further members of ServiceOptions.
 * @param declarations source before them.
 */
function start(members: string, env: Record<string, string> = {}, declarations = ''): Service {
  const script = `
    import { commonEnvironment, ConfigurationError, HealthModule, listenOn, loadConfig, requiringSecrets, runService, databaseEnvironment } from '${platform}';
    ${declarations}
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    let missing = 'not prepared';
    class Root {}
    const root = (...controllers) => ({ module: Root, controllers, imports: [HealthModule.registerAsync({ inject: [], useFactory: () => ({ ready: [{ name: 'store', check: () => missing }] }) })] });
    await runService(() => ({ name: 'x', http: { host: '127.0.0.1', port: 0, allowedHosts: [] }, module: () => root(), ${members} }));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: workspaceRoot,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return new Service(child);
}

it('starts, listens, drains on SIGTERM and exits with 0', async () => {
  const service = start(
    `configuration: { HTTP_PORT: 0 }, onDrained: async () => console.log(JSON.stringify({ time: new Date().toISOString(), msg: 'everything is closed' }))`,
  );
  const answer = await fetch(`${await service.url()}/live`);
  expect(answer.status).toBe(200);
  await service.says(/x is started/);
  service.signal('SIGTERM');
  expect(await service.exitCode()).toBe(0);
  const last = ['SIGTERM: draining', 'everything is closed', 'drained'].map((message) => service.timeOf(message));
  expect(last).toEqual(last.toSorted());
});

it('refuses what a page of another site can make a browser send, before it is read', async () => {
  const service = start(`
    http: { host: '127.0.0.1', port: 0, allowedHosts: ['tributary.shop.example'] },
    prepare: (app) => app.getHttpAdapter().post('/orders', (request, reply) => reply.send('ordered'))`);
  const url = await service.url();
  const answer = async (method: string, path: string, headers: Record<string, string>): Promise<[number | undefined, string]> =>
    new Promise((resolve, reject) => {
      const asked = request(`${url}${path}`, { method, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.once('end', () => resolve([response.statusCode, text]));
      });
      asked.once('error', reject);
      asked.end(method === 'POST' ? '{}' : undefined);
    });
  const json = { 'content-type': 'application/json' };
  expect(await answer('POST', '/orders', json)).toEqual([200, 'ordered']);
  expect(await answer('POST', '/orders', { ...json, host: 'tributary.shop.example' })).toEqual([200, 'ordered']);
  expect(await answer('GET', '/live', { host: 'rebound.example' })).toEqual([421, expect.stringContaining('http.host-unknown')]);
  expect(await answer('POST', '/orders', { ...json, origin: 'https://evil.example' })).toEqual([
    403,
    expect.stringContaining('http.origin-foreign'),
  ]);
  expect(await answer('POST', '/orders', { 'content-type': 'text/plain' })).toEqual([
    415,
    expect.stringContaining('http.type-unsupported'),
  ]);
});

it('lists every bad variable on stderr, without values of secrets, and exits with 78', async () => {
  const service = start(
    `configuration: loadConfig(requiringSecrets(commonEnvironment.extend(databaseEnvironment.shape), 'DATABASE_URL'), process.env)`,
    {
      HTTP_PORT: 'many',
      LOG_LEVEL: 'loud',
    },
  );
  expect(await service.exitCode()).toBe(78);
  for (const name of ['HTTP_PORT', 'LOG_LEVEL', 'DATABASE_URL']) expect(service.output).toContain(name);
  expect(service.output).not.toMatch(/\n {4}at /); // no stack trace for a typing error
});

it('exits with 1 when it cannot be put together, and hides secrets of the error', async () => {
  const service = start(`module: () => { throw new Error('connecting postgres://u:pa55word@db/x'); }`);
  expect(await service.exitCode()).toBe(1);
  expect(service.output).toContain('x could not start: connecting postgres://u:[secret]@db/x');
  expect(service.output).not.toContain('pa55word');
});

it('exits with 1 when its port is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const service = start(`http: { host: '127.0.0.1', port: ${port}, allowedHosts: [] }`);
  expect(await service.exitCode()).toBe(1);
  expect(service.output).toContain('EADDRINUSE');
  other.close();
});

it('is alive but not ready while it prepares, and takes messages only afterwards', async () => {
  const service = start(`
    transports: () => [{ listen: (done) => { console.log('listening to messages'); done(); }, close: () => console.log('no more messages'), on() {}, unwrap() {}, setTransportId() {} }],
    beforeTransports: async () => { while (!process.env.READY) await new Promise((resolve) => process.once('SIGUSR2', resolve)).then(() => { process.env.READY = '1'; }); missing = undefined; }`);
  const url = await service.url();
  expect((await fetch(`${url}/live`)).status).toBe(200);
  const ready = await fetch(`${url}/ready`);
  expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('not prepared')]);
  expect(service.output).not.toContain('listening to messages');
  service.signal('SIGUSR2');
  await service.says(/listening to messages/);
  expect((await fetch(`${url}/ready`)).status).toBe(200);
  service.signal('SIGTERM');
  expect(await service.exitCode()).toBe(0);
  expect(service.output).toContain('no more messages');
});

it('stops at once, with 0, when it is told to while it still prepares', async () => {
  const service = start(
    `beforeTransports: (app, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('given up'))))`,
  );
  await service.url();
  service.signal('SIGINT');
  expect(await service.exitCode()).toBe(0);
  expect(service.output).not.toContain('could not start');
});

it('answers requests that are open before it ends', async () => {
  const service = start(
    `prepare: (app) => app.getHttpAdapter().get('/slow', async (request, reply) => { console.log('slow begins'); await sleep(400); reply.send('done'); })`,
  );
  const url = await service.url();
  const slow = fetch(`${url}/slow`).then((answer) => answer.text());
  await service.says(/slow begins/);
  service.signal('SIGTERM');
  expect(await slow).toBe('done');
  expect(await service.exitCode()).toBe(0);
});

it('does not wait for a client that keeps its connection after a streamed answer', async () => {
  const service = start(
    `prepare: (app) => app.getHttpAdapter().get('/stream', async (request, reply) => { reply.hijack(); reply.raw.write('first'); console.log('stream begins'); await sleep(300); reply.raw.end('last'); })`,
  );
  const stream = fetch(`${await service.url()}/stream`).then((answer) => answer.text());
  await service.says(/stream begins/);
  service.signal('SIGTERM');
  expect(await stream).toBe('firstlast');
  expect(await service.exitCode()).toBe(0);
});

it('exits with 2 when the graceful shutdown takes too long', async () => {
  const service = start(`drainDeadlineMs: 100, onDrained: () => sleep(60_000)`);
  await service.says(/x is started/);
  service.signal('SIGTERM');
  expect(await service.exitCode()).toBe(2);
  expect(service.output).toContain('graceful shutdown exceeded 100 ms; exiting');
});

it('exits with 2 when closing fails', async () => {
  const service = start(`onDrained: async () => { throw new Error('the broker is gone'); }`);
  await service.says(/x is started/);
  service.signal('SIGTERM');
  expect(await service.exitCode()).toBe(2);
  expect(service.output).toContain('the broker is gone');
});

it('serves nobody but this machine while no identity is configured, and exits with 78', async () => {
  const service = start(`http: { host: '0.0.0.0', port: 0, allowedHosts: [] }`);
  expect(await service.exitCode()).toBe(78);
  expect(service.output).toMatch(/HTTP_HOST is 0\.0\.0\.0, and nobody who calls can be known: set IDENTITY_JWKS/);
});

describe('with identity', () => {
  const routes = `
    import { Controller, Get } from '@nestjs/common';
    import { RequirePermission } from '${platform}';
    class Things { list() { return 'all of them'; } }
    Reflect.decorate([Controller('things'), RequirePermission('payments.read')], Things);
    Reflect.decorate([Get()], Things.prototype, 'list', Object.getOwnPropertyDescriptor(Things.prototype, 'list'));
    class Open { list() { return 'all of them'; } }
    Reflect.decorate([Controller('open')], Open);
    Reflect.decorate([Get()], Open.prototype, 'list', Object.getOwnPropertyDescriptor(Open.prototype, 'list'));`;
  let publicKeys: string;
  let key: SigningKey;
  beforeAll(async () => {
    const { publicJwk, privateJwk } = await generateKeys('console');
    publicKeys = JSON.stringify({ keys: [publicJwk] });
    key = await readSigningKey(JSON.stringify(privateJwk));
  });

  it('asks every caller who they are, at any address', async () => {
    const service = start(
      `http: { host: '0.0.0.0', port: 0, allowedHosts: [] }, identity: { IDENTITY_JWKS: process.env.KEYS }, module: () => root(Things)`,
      { KEYS: publicKeys },
      routes,
    );
    const url = (await service.url()).replace('[::]', '127.0.0.1').replace('0.0.0.0', '127.0.0.1');
    const status = async (headers: Record<string, string> = {}): Promise<number> => (await fetch(`${url}/things`, { headers })).status;
    const grants = [{ role: 'viewer', target: '*' }] as const;
    const token = await signToken(
      key,
      { subject: 'person:1', name: 'Ada', grants },
      { tokenId: 'token-0001', lifetimeS: 60, now: new Date() },
    );
    expect([await status(), await status({ authorization: `Bearer ${token}` }), await status({ authorization: 'Bearer a.b.c' })]).toEqual([
      401, 200, 401,
    ]);
  });

  it('does not start with a route that says of nobody that they may call it', async () => {
    const service = start(`identity: { IDENTITY_JWKS: process.env.KEYS }, module: () => root(Things, Open)`, { KEYS: publicKeys }, routes);
    expect(await service.exitCode()).toBe(1);
    expect(service.output).toContain('routes without @RequirePermission or @Public:\\n  GET /open (Open.list)');
  });

  it('exits with 78 for keys that are none, and quotes none of them', async () => {
    const service = start(`identity: { IDENTITY_JWKS: 'canary' }`);
    expect(await service.exitCode()).toBe(78);
    expect(service.output).toContain('IDENTITY_JWKS is not usable');
    expect(service.output).not.toContain('canary');
  });
});

it('serves health and metrics on a port of their own, and no longer beside everything else', async () => {
  const [port = 0] = await freePorts(1);
  const service = start(
    `http: { host: '127.0.0.1', port: 0, allowedHosts: [], health: { host: '127.0.0.1', port: Number(process.env.PORT) } }`,
    { PORT: String(port) },
  );
  const url = await service.url();
  const apart = async (path: string, method = 'GET'): Promise<[number, string]> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return [answer.status, await answer.text()];
  };
  for (const path of ['/live', '/ready', '/startup', '/metrics', '/metrics/']) expect((await fetch(`${url}${path}`)).status).toBe(404);
  expect(await apart('/live')).toEqual([200, expect.stringContaining('"status":"ok"')]);
  expect(await apart('/ready')).toEqual([503, expect.stringContaining('not prepared')]);
  expect(await apart('/startup')).toEqual([503, expect.stringContaining('not prepared')]);
  expect(await apart('/metrics?x=1')).toEqual([200, expect.stringContaining('process_cpu_seconds_total')]);
  expect((await apart('/things'))[0]).toBe(404);
  expect((await apart('/live', 'POST'))[0]).toBe(404);
  expect(await apart('/metrics', 'HEAD')).toEqual([200, '']);
  service.signal('SIGTERM');
  expect(await service.exitCode()).toBe(0);
});

it('says in every answer that no other type is guessed, nothing is stored, and over https that it stays so', async () => {
  const service = start(`http: { host: '127.0.0.1', port: 0, overTls: true, allowedHosts: [] }`);
  const url = await service.url();
  for (const path of ['/live', '/nothing', '/metrics']) {
    const { headers } = await fetch(`${url}${path}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
    expect(headers.get('cache-control')).toMatch(/no-store/);
  }
});

it('serves its API over TLS with the certificates of its variables, and health plain on its own port', async () => {
  const certificates = `${workspaceRoot}/libs/platform/src/testing/certificates/services`;
  const [port = 0] = await freePorts(1);
  const service = start(`http: { ...listenOn(loadConfig(commonEnvironment, process.env)), allowedHosts: [] }`, {
    HTTP_PORT: '0',
    HEALTH_PORT: String(port),
    HTTP_TLS_CERT_FILE: `${certificates}/expired.pem`,
    HTTP_TLS_KEY_FILE: `${certificates}/expired.key.pem`,
  });
  expect(await service.url()).toMatch(/^https:/);
  await service.says(/the certificate of HTTP_TLS_CERT_FILE expired at 2021-01-01/);
  expect((await fetch(`http://127.0.0.1:${port}/live`)).status).toBe(200);
});

it('exits with 78 for certificates that cannot be used', async () => {
  const service = start(`http: { ...listenOn(loadConfig(commonEnvironment, process.env)), allowedHosts: [] }`, {
    HTTP_PORT: '0',
    HTTP_TLS_CERT_FILE: '/nowhere/tls.crt',
    HTTP_TLS_KEY_FILE: '/nowhere/tls.key',
  });
  expect(await service.exitCode()).toBe(78);
  expect(service.output).toContain('/nowhere/tls.crt: cannot be read');
});
