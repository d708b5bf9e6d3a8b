import { createKineticConnector, loadKineticConfig } from '@tributary/connector-epicor-kinetic';
import type { ErpConnector } from '@tributary/connector-kit';
import type { Golden } from './cell.js';
import { EmulatorProcess } from './emulator-process.js';

/** An account's sum in one currency, as the emulator tells it: numbers of the ERP, not ours. */
export interface LedgerBalance {
  readonly account: string;
  readonly currency: string;
  readonly debit: number;
  readonly credit: number;
}

/** What the emulator says about its general ledger. */
export interface EmulatorLedger {
  readonly trialBalance: readonly LedgerBalance[];
  /** One sentence for each rule that its books break: an entry out of balance, receivables that differ from open documents, ... */
  readonly brokenRules: readonly string[];
}

/** The emulated Kinetic in a process of its own, spoken to over HTTP like the real one. */
export class ErpUnderTest {
  private constructor(private readonly emulator: EmulatorProcess) {}

  /** Starts it on a free port. @throws {Error} when it does not listen in time. */
  static async start(): Promise<ErpUnderTest> {
    return new ErpUnderTest(await EmulatorProcess.start('epicor-kinetic'));
  }

  /** Brings it to what a cell is given. */
  async reset({ given: { erp } }: Golden): Promise<void> {
    await this.clear();
    for (const date of erp.closedPeriods) await this.control('PUT', 'periods', { date, open: false });
  }

  /** Forgets everything; all periods are open. */
  async clear(): Promise<void> {
    await this.control('POST', 'reset');
  }

  /** A connector as erp-sink makes it. @param writes value of KINETIC_WRITES. */
  connector(through: typeof fetch, writes: string): ErpConnector {
    const config = loadKineticConfig({
      KINETIC_URL: `${this.emulator.origin}/kinetic`,
      KINETIC_COMPANY: 'EPIC06',
      KINETIC_USER: 'tributary',
      KINETIC_PASSWORD: 'demo-password',
      KINETIC_API_KEY: 'demo-api-key',
      KINETIC_CALL_TIMEOUT_MS: '10000',
      KINETIC_READ_EFFECT: 'all',
      KINETIC_WRITES: writes,
    });
    return createKineticConnector(config, { fetch: through });
  }

  /** Its general ledger, past the connector. */
  async ledger(): Promise<EmulatorLedger> {
    return (await this.control('GET', 'ledger')).json() as Promise<EmulatorLedger>;
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    await this.emulator.stop();
  }

  private async control(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.emulator.origin}/_control/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${method} /_control/${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
