import { capabilities, needsOf } from './capability.js';
import type { Capability } from './capability.js';
import type { ConnectorDeclaration } from './declaration.js';
import { declarationProblems } from './declaration.js';
import type { ErpConnectorHarness } from './harness.js';
import { planOf } from './plan.js';
import type { Suite } from './suite.js';

/**
 * The suite that every connector passes, against a server over real HTTP: what it may conclude about a document after each way a call can
 * end (I3), and that all connectors treat money, batches and secrets alike. The cases of the declared capabilities run, by capability.
 */
export function describeErpConnector(name: string, declaration: ConnectorDeclaration, start: () => Promise<ErpConnectorHarness>): void {
  describe(`${name} is an ERP connector`, () => {
    let harness: ErpConnectorHarness | undefined;
    const suite = suiteOf(declaration, () => harness);
    beforeAll(async () => {
      harness = await start();
      const problems = declarationProblems(declaration, harness.connector(), harness);
      if (problems.length > 0) throw new Error(`${name} declares what it does not have:\n${problems.join('\n')}`);
    });
    afterAll(async () => {
      await harness?.stop();
    });
    beforeEach(async () => {
      await harness?.clearFaults();
    });
    const plan = planOf(declaration);
    for (const capability of Object.keys(capabilities) as Capability[]) {
      const cases = plan.filter((one) => one.capability === capability);
      if (cases.length === 0) continue;
      describe(`${capability}: ${needsOf(capability).text}`, () => {
        for (const one of cases) it(one.title, () => one.run(suite));
      });
    }
  });
}

/** Counts source ids, over all suites of a process: a case that runs again must not meet what it left in the ERP. */
let serial = 0;

/** What the cases share, over a harness that is started later. */
export function suiteOf(declaration: ConnectorDeclaration, harness: () => ErpConnectorHarness | undefined): Suite {
  return {
    declaration,
    harness() {
      const started = harness();
      if (!started) throw new Error('the harness is not started');
      return started;
    },
    nextId: (kind) => `${kind}_conformance${(serial += 1)}`,
  };
}
