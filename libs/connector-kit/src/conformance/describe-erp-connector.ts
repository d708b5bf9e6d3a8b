import type { ErpConnectorHarness } from './harness.js';
import { batchCases } from './batch-cases.js';
import { describedCases } from './described-cases.js';
import { customerCases } from './customer-cases.js';
import { lookupCases } from './lookup-cases.js';
import { outcomeCases } from './outcome-cases.js';
import { receiptCases } from './receipt-cases.js';
import type { Suite } from './suite.js';

/**
 * The suite that every connector passes, against a server over real HTTP: what it may claim about a document after each way
 * a call can end (I3), and that money, batches and secrets are treated alike everywhere.
 */
export function describeErpConnector(name: string, start: () => Promise<ErpConnectorHarness>): void {
  describe(`${name} is an ERP connector`, () => {
    let harness: ErpConnectorHarness | undefined;
    let serial = 0;
    const suite: Suite = {
      harness: () => {
        if (!harness) throw new Error('the harness is not started');
        return harness;
      },
      nextId: (prefix) => `${prefix}_conformance${(serial += 1)}`,
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

    customerCases(suite);
    describedCases(suite);
    receiptCases(suite);
    outcomeCases(suite);
    lookupCases(suite);
    batchCases(suite);
  });
}
