/** The part of Jest's JSON report that is read. */
export interface JestResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** What was published and what each reader decoded to the same value; the reader is `undefined` where its language is not on the machine. */
export interface RoundTrip {
  readonly schemas: number;
  readonly recordsPerSchema: number;
  readonly equal: Readonly<Record<string, number | undefined>>;
}

const marks: Readonly<Record<string, string>> = { passed: 'ok    ', pending: 'skipped' };

/** One line per test, the failures with what they say, then the figures. A file of tests that did not run is a failure. */
export function linesOf(results: readonly JestResults[], roundTrip: RoundTrip | undefined): string[] {
  const files = results.flatMap(({ testResults }) => testResults);
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const lines = tests.flatMap(({ fullName, status, failureMessages = [] }) => [
    `${marks[status] ?? 'not ok'} ${fullName}`,
    ...failureMessages.map((message) => `       ${message.slice(0, 2_000)}`),
  ]);
  for (const { name, message } of files.filter(({ assertionResults }) => assertionResults.length === 0))
    lines.push(`not ok ${name} did not run: ${message ?? ''}`);
  const counts = (status: string): number => tests.filter((test) => test.status === status).length;
  const failed =
    tests.length - counts('passed') - counts('pending') + files.filter(({ assertionResults }) => assertionResults.length === 0).length;
  return [...lines, ...roundTripLines(roundTrip), `${counts('passed')} passed, ${failed} failed`];
}

function roundTripLines(roundTrip: RoundTrip | undefined): string[] {
  if (!roundTrip) return ['not ok nothing was published'];
  const { schemas, recordsPerSchema, equal } = roundTrip;
  const all = schemas * recordsPerSchema;
  return Object.entries(equal).map(([reader, count]) =>
    count === undefined
      ? `skipped ${reader}: it is not on this machine`
      : `${count === all ? 'ok    ' : 'not ok'} ${reader}: ${count} of ${all} records equal what was published (${schemas} schemas x ${recordsPerSchema})`,
  );
}

/** Whether every test passed, or could not run for want of a language, and every reader that is there decoded every record. */
export function isProven(results: readonly JestResults[], roundTrip: RoundTrip | undefined): boolean {
  const lines = linesOf(results, roundTrip);
  return (
    roundTrip !== undefined &&
    results.every(({ testResults }) => testResults.length > 0) &&
    !lines.some((line) => line.startsWith('not ok'))
  );
}
