/** The part of Jest's JSON report that is read. */
export interface JestReport {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}

/** What the run of the seeded bugs of one connector says. */
export interface MutantReport {
  readonly name: string;
  readonly mutants: number;
  readonly caught: number;
  readonly survivors: readonly string[];
}

/** One connector of the proof. */
export interface ConnectorRow {
  readonly connector: string;
  readonly passed: number;
  readonly cases: number;
  readonly caught: number;
  readonly mutants: number;
  readonly survivors: readonly string[];
}

/** Least share of seeded bugs that has to be noticed. */
const leastCaught = 0.9;

/** One row per connector that has a conformance suite. A connector whose bugs were not seeded has none, which is not enough. */
export function rowsOf(jest: JestReport, mutants: readonly MutantReport[]): readonly ConnectorRow[] {
  return jest.testResults
    .flatMap(({ name, assertionResults }) => {
      const connector = /libs\/connectors\/([^/]+)\/test\/conformance\./.exec(name.replaceAll('\\', '/'))?.[1];
      if (connector === undefined) return [];
      const seeded = mutants.find((one) => one.name === connector);
      const passed = assertionResults.filter(({ status }) => status === 'passed').length;
      const { caught = 0, survivors = [] } = seeded ?? {};
      return [{ connector, passed, cases: assertionResults.length, caught, mutants: seeded?.mutants ?? 0, survivors }];
    })
    .sort((a, b) => a.connector.localeCompare(b.connector));
}

/** Whether all cases passed and enough bugs were noticed. */
export const isProven = ({ passed, cases, caught, mutants }: ConnectorRow): boolean =>
  cases > 0 && passed === cases && mutants > 0 && caught / mutants >= leastCaught;

/** A row in words. */
export function rowText(row: ConnectorRow): string {
  const { connector, passed, cases, caught, mutants, survivors } = row;
  const line = `${isProven(row) ? 'ok    ' : 'FAILED'} ${connector.padEnd(16)} cases ${passed} of ${cases} passed, seeded bugs ${caught} of ${mutants} noticed`;
  return [line, ...survivors.map((name) => `         survived: ${name}`)].join('\n');
}
