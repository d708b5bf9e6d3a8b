import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessControl, SessionPool } from './access.js';
import { Calls, control } from './control.js';
import type { EmulatorConfig } from './emulator.config.js';
import { Faults } from './faults.js';
import { Gateway } from './gateway.js';
import { seed } from './seed.js';
import { Store } from './store.js';
import { startAsyncRunner } from './transaction/async.js';

/** Largest body taken, bytes. */
const maxBodyBytes = 8 * 1024 * 1024;

/** A started emulator. */
export interface RunningEmulator {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the emulator: the middleware with its UI server and OData service, and `/_control`. */
export async function startEmulator(config: EmulatorConfig): Promise<RunningEmulator> {
  const store = new Store(config.stateDir, config.fsync);
  seed(store, config, Date.now());
  const access = new AccessControl(config, Date.now);
  const [faults, calls, pool] = [new Faults(), new Calls(), new SessionPool(config.writers)];
  const gateway = new Gateway({ config, store, access, pool, faults, now: Date.now });
  const stopAsync = startAsyncRunner(store, config, Date.now);
  const reset = (): void => {
    store.clear();
    seed(store, config, Date.now());
    faults.set({ seed: 1, rules: [] });
    calls.clear();
  };
  const parts = {
    ...{ store, faults, calls, company: config.company, reset },
    sessions: () => access.sessions,
    expireTokens: () => access.expireAll(),
  };

  const server = createServer((request, response) => {
    void route(request, response).catch((error: unknown) => {
      process.stderr.write(`${JSON.stringify({ level: 'error', url: request.url, error: String(error) })}\n`);
      response.destroy();
    });
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://emulator');
    const body = await bodyOf(request);
    if (url.pathname.startsWith('/_control/')) return control(parts, request.method ?? 'GET', response, url.pathname, body);
    calls.count(...(await gateway.handle({ request, response, url, body })));
  }

  await listen(server, config);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      stopAsync();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      store.close();
    },
  };
}

function listen(server: Server, config: EmulatorConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, () => resolve());
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error(`body of more than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
