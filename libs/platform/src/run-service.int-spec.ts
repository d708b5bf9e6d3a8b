import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '@tributary/local-stack';

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

  async url(): Promise<string> {
    return (await this.says(/"url":"([^"]+)"/))[1] as string;
  }
}

/** @param members source of further members of ServiceOptions. */
function start(members: string, env: Record<string, string> = {}): Service {
  const script = `
    import { commonEnvironment, ConfigurationError, HealthModule, loadConfig, runService, databaseEnvironment } from '${platform}';
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
  const service = start(`configuration: { HTTP_PORT: 0 }, onDrained: async () => console.log('everything is closed')`);
  const answer = await fetch(`${await service.url()}/live`);
  expect(answer.status).toBe(200);
  await service.says(/x is started/);
  service.signal('SIGTERM');
  expect(await service.exitCode()).toBe(0);
  expect(service.output).toMatch(/SIGTERM: draining[\s\S]*everything is closed[\s\S]*drained/);
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
  const service = start(`configuration: loadConfig(commonEnvironment.extend(databaseEnvironment.shape), process.env)`, {
    HTTP_PORT: 'many',
    LOG_LEVEL: 'loud',
  });
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
