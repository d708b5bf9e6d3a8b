import type { IncomingMessage, ServerResponse } from 'node:http';
import { Calls, exchangeCredentials, serve } from '@tributary/emulator-kit';
import type { CredentialsChange, RunningServer } from '@tributary/emulator-kit';
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

/** Where the web layer is: the virtual directory may differ per site (docs/reference/dynamics-sl.md section 2.1 [verified]); the older one is there too. */
const bases = /^\/(sl|ctDynamicsSL|ctDynamicsSLAPI|ctapi)(\/.*)$/i;

/** Starts the emulator: `/sl/api/...`, `/sl/services/...asmx`, `/sl/swagger` and `/_control`. */
export async function startEmulator(config: EmulatorConfig): Promise<RunningServer> {
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
  const exchange = (change: CredentialsChange): void => exchangeCredentials(config, change);
  const parts = { config, gateway, calls, control: { store, faults, calls, clock, exchange, reset } };
  return serve(config, (request, response, body) => route(parts, request, response, body), { after: () => store.close() });
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
  body: string,
): Promise<void> {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://emulator').pathname);
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
