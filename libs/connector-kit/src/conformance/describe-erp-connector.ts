import type { ErpConnectorHarness, Role } from './harness.js';
import { batchCases } from './batch-cases.js';
import { booksCases } from './books-cases.js';
import { describedCases } from './described-cases.js';
import { entryCases } from './entry-cases.js';
import { linedCases } from './lined-cases.js';
import { lookupCases } from './lookup-cases.js';
import { masterCases } from './master-cases.js';
import { outcomeCases } from './outcome-cases.js';
import type { Suite } from './suite.js';

/**
 * The suite that every connector passes, against a server over real HTTP: what it may conclude about a document after each way a call can
 * end (I3), and that all connectors treat money, batches and secrets alike.
 * @param roles the role in the suite of each kind among the connector's capabilities.
 */
export function describeErpConnector(name: string, roles: Readonly<Record<string, Role>>, start: () => Promise<ErpConnectorHarness>): void {
  describe(`${name} is an ERP connector`, () => {
    let harness: ErpConnectorHarness | undefined;
    let serial = 0;
    const kindsOf = (role: Role): string[] => Object.keys(roles).filter((kind) => roles[kind] === role);
    const suite: Suite = {
      masters: kindsOf('master'),
      entries: kindsOf('entry'),
      lined: kindsOf('lined'),
      harness: () => {
        if (!harness) throw new Error('the harness is not started');
        return harness;
      },
      nextId: (kind) => `${kind}_conformance${(serial += 1)}`,
    };
    beforeAll(async () => {
      harness = await start();
    });
    afterAll(async () => {
      await harness?.stop();
    });
    beforeEach(async () => {
      await harness?.clearFaults();
    });

    masterCases(suite);
    describedCases(suite);
    entryCases(suite);
    linedCases(suite);
    booksCases(suite);
    outcomeCases(suite);
    lookupCases(suite);
    batchCases(suite);
  });
}
