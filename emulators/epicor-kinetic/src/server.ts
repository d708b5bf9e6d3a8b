import type { IncomingMessage, ServerResponse } from 'node:http';
import { Calls, exchangeCredentials, serve } from '@tributary/emulator-kit';
import type { CredentialsChange, RunningServer } from '@tributary/emulator-kit';
import { KineticError } from './answers.js';
import { control } from './control.js';
import { AccessControl, Licences } from './access.js';
import type { EmulatorConfig } from './emulator.config.js';
import { Faults } from './faults.js';
import { Gateway, send, targetOf } from './gateway.js';
import { seed } from './seed.js';
import { startTaskAgent } from './services/task-agent.js';
import { Store } from './store.js';

/** Starts the emulator: `/kinetic/api/v2/odata/...` and `/_control`. */
export async function startEmulator(config: EmulatorConfig): Promise<RunningServer> {
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

  const exchange = (change: CredentialsChange): void => exchangeCredentials(config, change);

  async function route(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://emulator');
    const path = decodeURIComponent(url.pathname);
    if (path.startsWith('/_control/'))
      return control({ store, faults, calls, company: config.company, exchange, reset }, request, response, path, body);
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
    calls.count(
      `${request.method ?? 'GET'} ${target.service}/${target.operation}`,
      await gateway.handle(request, response, target, url.searchParams, body),
    );
  }

  return serve(config, route, { before: stopAgent, after: () => store.close() });
}
