import type { ErpConnector } from '@tributary/connector-kit';
import { EmulatorProcess } from '@tributary/local-stack';
import type { EmulatorLedger, ErpUnderTest } from './erp-under-test.js';

/** Makes a connector that speaks to an emulator. @param origin `http://127.0.0.1:<port>`. @param env variables that differ from the usual ones. */
export type ConnectorAt = (origin: string, through: typeof fetch, way: string, env: Readonly<Record<string, string>>) => ErpConnector;

/**
 * Starts the emulator of `emulators/<folder>` with its control surface: `POST reset`, `PUT periods {date, open}`, `GET ledger`.
 * @throws {Error} when it does not listen in time.
 */
export async function emulatedErp(folder: string, connectorAt: ConnectorAt): Promise<ErpUnderTest> {
  const emulator = await EmulatorProcess.start(folder);
  const { origin } = emulator;
  const control = async (method: string, path: string, body?: object): Promise<Response> => {
    const response = await fetch(`${origin}/_control/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${folder}: ${method} /_control/${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const clear = async (): Promise<void> => void (await control('POST', 'reset'));
  return {
    clear,
    reset: async ({ closedPeriods }) => {
      await clear();
      for (const date of closedPeriods) await control('PUT', 'periods', { date, open: false });
    },
    fault: async (action) => {
      await control('PUT', 'faults', { seed: 1, rules: [{ match: { times: 1 }, action }] });
      return async () => {
        const { rules } = (await (await control('GET', 'faults')).json()) as { rules: { acted?: number }[] };
        await control('PUT', 'faults', { seed: 1, rules: [] });
        return rules[0]?.acted === 1;
      };
    },
    connector: (through, way, env) => connectorAt(origin, through, way, env),
    ledger: async () => (await control('GET', 'ledger')).json() as Promise<EmulatorLedger>,
    stop: () => emulator.stop(),
  };
}
