import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, freePorts, startStack, workspaceRoot } from '@tributary/local-stack';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Forwards a port to PostgreSQL, which was unreachable at that port before. */
async function forward(port: number, to: URL): Promise<Server> {
  const server = createServer((inside) => {
    const outside = connect(Number(to.port), to.hostname);
    inside.pipe(outside).pipe(inside);
    for (const socket of [inside, outside]) socket.on('error', () => (inside.destroy(), outside.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect((server.address() as AddressInfo).port).toBe(port);
  return server;
}

it('is alive and says what it waits for while PostgreSQL is away, stops cleanly before it comes, and goes on when it does', async () => {
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot, stdio: 'ignore' });
  const stack = await startStack({ postgres: true });
  const [http = 0, database = 0, nowhere = 0] = await freePorts(3);
  const url = new URL(stack.databaseUrl);
  const logFile = join(mkdtempSync(join(tmpdir(), 'erp-sink-')), 'erp-sink.log');
  const behind = new URL(stack.databaseUrl);
  behind.host = `127.0.0.1:${database}`;
  const sink = (): Promise<Child> =>
    Child.start({
      name: 'erp-sink',
      command: process.execPath,
      args: [join(workspaceRoot, 'services/erp-sink/dist/main.js')],
      cwd: workspaceRoot,
      env: {
        PATH: process.env.PATH,
        HTTP_HOST: '127.0.0.1',
        HTTP_PORT: String(http),
        KAFKA_BROKERS: `127.0.0.1:${nowhere}`,
        SCHEMA_REGISTRY_URL: `http://127.0.0.1:${nowhere}`,
        DATABASE_URL: behind.href,
        ERP_TARGET: 'kinetic-main',
        KINETIC_URL: `http://127.0.0.1:${nowhere}/kinetic`,
        KINETIC_COMPANY: 'EPIC06',
        KINETIC_USER: 'u',
        KINETIC_PASSWORD: 'p',
        KINETIC_API_KEY: 'k',
      },
      logFile,
    });
  const get = async (path: string): Promise<{ status: number; body: string }> => {
    const answer = await fetch(`http://127.0.0.1:${http}${path}`);
    return { status: answer.status, body: await answer.text() };
  };
  const alive = (): Promise<boolean> =>
    get('/live').then(
      ({ status }) => status === 200,
      () => false,
    );
  let server: Server | undefined;
  const children: Child[] = [];
  try {
    for (const comes of [false, true]) {
      const child = await sink();
      children.push(child);
      await child.readyWhen(alive, 20_000);
      await pause(1_500);
      expect(await get('/ready')).toMatchObject({ status: 503, body: expect.stringContaining('waiting for PostgreSQL: ') });
      expect(await get('/postings')).toMatchObject({ status: 503, body: expect.stringContaining('PostgreSQL does not answer') });
      // The ledger is away, too: that is said with its code, and keeps nothing waiting.
      expect(readFileSync(logFile, 'utf8')).toContain('"code":"check.unreachable"');
      if (comes) {
        server = await forward(database, url);
        const up = async (): Promise<boolean> => (await get('/ready')).body.includes('"ledger":{"status":"up"');
        for (const until = Date.now() + 20_000; !(await up()) && Date.now() < until;) await pause(100);
        expect(await up()).toBe(true);
        expect(JSON.parse((await get('/postings')).body)).toEqual({ counts: {}, postings: [] });
      }
      if (!comes) expect(await child.stop(30_000)).toMatchObject({ code: 0 });
    }
  } finally {
    for (const child of children) await child.kill9().catch(() => undefined);
    server?.close();
    await stack.stop();
  }
}, 120_000);
