import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Calls } from './calls.js';
import type { ControlParts } from './control.js';
import { control } from './control.js';
import { Store } from './data/store.js';
import { Clock } from './doors/clock.js';
import { Gateway, sendText } from './doors/gateway.js';
import { doorCallOf, sendJson } from './doors/rest.js';
import { soapCallOf } from './doors/soap.js';
import { swagger, swaggerPage } from './doors/swagger.js';
import { WriterLock } from './doors/writer-lock.js';
import type { EmulatorConfig } from './emulator.config.js';
import { Faults } from './faults.js';
import { seed } from './seed.js';

/** Largest body taken, bytes. */
const maxBodyBytes = 8 * 1024 * 1024;

/** Where the web layer is: the virtual directory may differ per site (docs/reference/dynamics-sl.md section 2.1 [verified]); the older one is there too. */
const bases = /^\/(sl|ctDynamicsSL|ctDynamicsSLAPI|ctapi)(\/.*)$/i;

/** A started emulator. */
export interface RunningEmulator {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the emulator: `/sl/api/...`, `/sl/services/...asmx`, `/sl/swagger` and `/_control`. */
export async function startEmulator(config: EmulatorConfig): Promise<RunningEmulator> {
  const store = new Store(config.stateDir, config.fsync);
  seed(store, config);
  const [faults, calls, clock, lock] = [new Faults(), new Calls(), new Clock(config.clockOffsetMs), new WriterLock(config.lockWaitMs)];
  const gateway = new Gateway({ config, store, faults, lock, clock });
  const reset = (): void => {
    store.clear();
    seed(store, config);
    faults.set({ seed: 1, rules: [] });
    calls.clear();
    clock.set(config.clockOffsetMs);
  };
  const parts = { config, gateway, calls, control: { store, faults, calls, clock, reset } };
  const server = createServer((request, response) => {
    void route(parts, request, response).catch((error: unknown) => {
      process.stderr.write(`${JSON.stringify({ level: 'error', url: request.url, error: String(error) })}\n`);
      response.destroy();
    });
  });
  await listen(server, config);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      store.close();
    },
  };
}

interface RoutingParts {
  readonly config: EmulatorConfig;
  readonly gateway: Gateway;
  readonly calls: Calls;
  readonly control: ControlParts;
}

async function route(
  { config, gateway, calls, control: parts }: RoutingParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://emulator').pathname);
  const body = await bodyOf(request);
  if (path.startsWith('/_control/')) return control(parts, request, response, path, body);
  const [, base = '', rest = ''] = bases.exec(path) ?? [];
  if (config.swagger && /^\/swagger(\/|$)/i.test(rest)) return documentation(rest, `/${base}`, request, response);
  const call = doorCallOf(rest, request, body, config) ?? soapCallOf(rest, request, body, config);
  if (!call) return void sendText(response, 404, 'The resource cannot be found.');
  calls.count(`${call.door} ${call.method} ${call.service}/${call.name}`, await gateway.handle(call, response));
}

function documentation(rest: string, base: string, request: IncomingMessage, response: ServerResponse): void {
  const json = /docs\/v1|\.json$/i.test(rest) || /json/i.test(request.headers.accept ?? '');
  if (json) sendJson(response, 200, swagger(request.headers.host ?? 'localhost', base));
  else sendText(response, 200, swaggerPage(base));
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
