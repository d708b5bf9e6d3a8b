import { appendFileSync } from 'node:fs';
import type { ConnectorDeclaration } from '../declaration.js';
import type { ErpConnectorHarness } from '../harness.js';
import { caughtBy, mutantsFor } from './run-mutant.js';

/** Least share of seeded bugs that the cases have to notice. */
export const leastCaught = 0.9;
const leastMutants = 20;
const longestRunMs = 300_000;

/**
 * Seeds bugs into a connector, and demands that the cases of the suite notice nearly all of them. With CONNECTOR_PROOF_REPORT one line of JSON
 * about the connector is added to that file.
 */
export function describeMutants(name: string, declaration: ConnectorDeclaration, start: () => Promise<ErpConnectorHarness>): void {
  describe(`bugs seeded into ${name}`, () => {
    let harness: ErpConnectorHarness | undefined;
    beforeAll(async () => void (harness = await start()));
    afterAll(async () => harness?.stop());

    it(
      'are noticed by the cases of the suite',
      async () => {
        if (!harness) throw new Error('the harness is not started');
        const mutants = mutantsFor(declaration);
        const survivors: string[] = [];
        for (const mutant of mutants)
          if ((await caughtBy(mutant, declaration, harness)) === undefined)
            survivors.push(`${mutant.name} (${mutant.capabilities.join(', ')})`);
        const report = { name, mutants: mutants.length, caught: mutants.length - survivors.length, survivors };
        const file = process.env.CONNECTOR_PROOF_REPORT;
        if (file) appendFileSync(file, `${JSON.stringify(report)}\n`);
        expect(mutants.length).toBeGreaterThanOrEqual(leastMutants);
        // The survivors are named where the share is too small.
        expect({ enough: report.caught / report.mutants >= leastCaught, survivors }).toEqual({ enough: true, survivors });
      },
      longestRunMs,
    );
  });
}
