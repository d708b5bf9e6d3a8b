import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../contracts/workspace.js';

const promise = z.strictObject({
  id: z.string(),
  ledger: z.enum(['Kinetic', 'Prophet 21', 'Dynamics SL']),
  promise: z.string().min(1),
  /** Names of tests above. */
  tests: z.array(z.string()).default([]),
  /** `<case> in <ERP>`: a case of the books with its golden file. */
  cases: z.array(z.string()).default([]),
  /** What is not there yet. */
  missing: z.string().optional(),
});
const file = z.strictObject({
  tests: z.record(z.string(), z.strictObject({ file: z.string(), test: z.string().min(1) })),
  promises: z.array(promise),
});

/** tools/docs/promises.yaml. */
export type Promises = z.infer<typeof file>;
type Read = (path: string) => string | undefined;

/** @throws {Error} naming the place of what does not fit. */
export function readPromises(text: string): Promises {
  return file.parse(parse(text));
}

/** What is wrong with the rows: a test or a case that is not there, a row that shows nothing and misses nothing. One sentence each. */
export function wrongPromises({ tests, promises }: Promises, read: Read): string[] {
  const gone = Object.entries(tests).flatMap(([name, { file: path, test }]) =>
    hasTest(read(path), test) ? [] : [`${name}: ${path} has no test "${test}"`],
  );
  const used = new Set(promises.flatMap((row) => row.tests));
  const unused = Object.keys(tests).flatMap((name) => (used.has(name) ? [] : [`${name} shows nothing`]));
  const rows = promises.flatMap((row) => [
    ...row.tests.flatMap((name) => (tests[name] ? [] : [`${row.id}: there is no test ${name} in the list`])),
    ...row.cases.flatMap((name) => (caseState(name, read) === undefined ? [`${row.id}: there is no golden file of ${name}`] : [])),
    ...(row.tests.length + row.cases.length === 0 && row.missing === undefined
      ? [`${row.id}: nothing shows it, and nothing is missing`]
      : []),
  ]);
  return [...gone, ...unused, ...rows];
}

/** Interface of a case as its golden file has it: `real`, `configured`, ...; undefined without a golden file. */
function caseState(name: string, read: Read): string | undefined {
  const [cell, erp] = name.split(' in ');
  const golden = read(goldenPath(cell ?? '', erp ?? ''));
  return golden === undefined ? undefined : /^interface: (.+)$/m.exec(golden)?.[1];
}

const goldenPath = (cell: string, erp: string): string => `proof/books/golden/${cell}/${erp}.yaml`;

function hasTest(source: string | undefined, test: string): boolean {
  return ["'", '"', '`'].some((quote) => source?.includes(`${quote}${test}${quote}`));
}

/** docs/promises.md. @throws {Error} listing every row that is wrong. */
export function renderPromises(): string {
  const promises = readPromises(readFileSync(join(root, 'tools/docs/promises.yaml'), 'utf8'));
  const read: Read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);
  const wrong = wrongPromises(promises, read);
  if (wrong.length > 0) throw new Error(`tools/docs/promises.yaml: ${wrong.join('; ')}`);
  return page(promises, read);
}

function page({ tests, promises }: Promises, read: Read): string {
  const ledgers = [...new Set(promises.map(({ ledger }) => ledger))];
  const counts = ledgers.map((ledger) => {
    const states = promises.filter((row) => row.ledger === ledger).map(stateOf);
    const of = (state: string): number => states.filter((one) => one === state).length;
    return `| ${ledger} | ${of('kept')} | ${of('in part')} | ${of('not yet')} | ${states.length} |`;
  });
  const sections = ledgers.map((ledger) => {
    const rows = promises
      .filter((row) => row.ledger === ledger)
      .map(
        (row) =>
          `| ${row.id} | ${cellText(row.promise)} | ${stateOf(row)} | ${shownBy(row, tests, read)} | ${cellText(row.missing ?? '')} |`,
      );
    return `## ${ledger}\n\n| id | promise | state | shown by | what is missing |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Promises: what the product is to do, and what shows it

<!-- Generated from tools/docs/promises.yaml by \`npm run docs:generate\`. Do not edit. -->

**kept**: a test or a case of the books shows it. **in part**: something of it is shown, and something is missing. **not yet**: nothing shows it.
A test that is renamed or removed, or a case without a golden file, stops the generation of this page.

| ledger | kept | in part | not yet | all |
| --- | --- | --- | --- | --- |
${counts.join('\n')}

${sections.join('\n')}`;
}

function stateOf({ tests, cases, missing }: Promises['promises'][number]): 'kept' | 'in part' | 'not yet' {
  if (tests.length + cases.length === 0) return 'not yet';
  return missing === undefined ? 'kept' : 'in part';
}

function shownBy({ tests: names, cases }: Promises['promises'][number], tests: Promises['tests'], read: Read): string {
  const byTests = names.flatMap((name) => (tests[name] ? [`[${cellText(tests[name].test)}](../${tests[name].file})`] : []));
  const byCases = cases.map((name) => {
    const [cell = '', erp = ''] = name.split(' in ');
    return `[${name}](../${goldenPath(cell, erp)}) (${caseState(name, read) ?? ''})`;
  });
  return [...byTests, ...byCases].join('; ');
}

const cellText = (text: string): string => text.replaceAll('|', '\\|');
