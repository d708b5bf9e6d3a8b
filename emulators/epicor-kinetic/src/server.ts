import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KineticError } from './answers.js';
import { Calls, control } from './control.js';
import { AccessControl, Licences } from './access.js';
import type { EmulatorConfig } from './emulator.config.js';
import { Faults } from './faults.js';
import { Gateway, send, targetOf } from './gateway.js';
import { seed } from './seed.js';
import { startTaskAgent } from './services/task-agent.js';
import { Store } from './store.js';

/** Largest body taken, bytes. */
const maxBodyBytes = 8 * 1024 * 1024;

/** A started emulator. */
export interface RunningEmulator {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the emulator: `/kinetic/api/v2/odata/...` and `/_control`. */
export async function startEmulator(config: EmulatorConfig): Promise<RunningEmulator> {
  const store = new Store(config.stateDir, config.fsync);
  seed(store, config);
  const access = new AccessControl(config);
  const faults = new Faults();
  const calls = new Calls();
  const licences = new Licences(config, () => access.sessionCount);
  const gateway = new Gateway({ config, store, access, licences, faults, now: Date.now });
  const stopAgent = startTaskAgent(store, config, Date.now);
  const reset = (): void => {
    store.clear();
    seed(store, config);
    faults.set({ seed: 1, rules: [] });
    calls.clear();
    access.endAllSessions();
  };

  const server = createServer((request, response) => {
    void route(request, response).catch((error: unknown) => {
      process.stderr.write(`${JSON.stringify({ level: 'error', url: request.url, error: String(error) })}\n`);
      response.destroy();
    });
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://emulator');
    const path = decodeURIComponent(url.pathname);
    const body = await bodyOf(request);
    if (path.startsWith('/_control/'))
      return control({ store, faults, calls, company: config.company, reset }, request, response, path, body);
    if (/^\/kinetic\/TokenResource\.svc\/?$/.test(path) && request.method === 'POST') {
      try {
        send(response, 200, access.token(request));
      } catch (error) {
        if (!(error instanceof KineticError)) throw error;
        send(response, error.status, error.body());
      }
      return;
    }
    const target = targetOf(path);
    if (!target) {
      send(response, 404, new KineticError('unknownName', 'Resource not found.').body());
      return;
    }
    calls.count(request.method ?? 'GET', target, await gateway.handle(request, response, target, url.searchParams, body));
  }

  await listen(server, config);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      stopAgent();
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
