import type { IncomingMessage, ServerResponse } from 'node:http';
import { Calls, exchangeCredentials, serve } from '@tributary/emulator-kit';
import type { CredentialsChange, RunningServer } from '@tributary/emulator-kit';
import { AccessControl, SessionPool } from './access.js';
import { control } from './control.js';
import type { EmulatorConfig } from './emulator.config.js';
import { Faults } from './faults.js';
import { Gateway } from './gateway.js';
import { seed } from './seed.js';
import { Store } from './store.js';
import { startAsyncRunner } from './transaction/async.js';

/** Starts the emulator: the middleware with its UI server and OData service, and `/_control`. */
export async function startEmulator(config: EmulatorConfig): Promise<RunningServer> {
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
    exchange: (change: CredentialsChange) => exchangeCredentials(config, change),
  };

  async function route(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://emulator');
    if (url.pathname.startsWith('/_control/')) return control(parts, request.method ?? 'GET', response, url.pathname, body);
    calls.count(...(await gateway.handle({ request, response, url, body })));
  }

  return serve(config, route, { before: stopAsync, after: () => store.close() });
}
