import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A case as the tests name it. */
export interface ConformanceCase {
  readonly name: string;
  /** Of the files that run it on a real broker or database; else in memory only. */
  readonly onBroker: boolean;
  readonly inMemory: boolean;
  /** Only with TRIBUTARY_TESTS_SLOW=1. */
  readonly slow: boolean;
}
export interface ConformanceTheme {
  readonly title: string;
  readonly file: string;
  readonly cases: readonly ConformanceCase[];
}

/** Which file has which theme, in the order of the list. `both`: in memory and on Kafka. */
const themes: readonly { file: string; title: string; runs: 'both' | 'broker' }[] = [
  { file: 'src/conformance/delivery.ts', title: 'Delivery: what a handler gets and what becomes of what it returns', runs: 'both' },
  { file: 'src/conformance/ordering.ts', title: 'Order: one key in order, others beside it', runs: 'both' },
  { file: 'src/conformance/failures.ts', title: 'Failures: tried again within bounds, or a dead letter', runs: 'both' },
  { file: 'src/conformance/poison.ts', title: 'Poison: records that are none of ours', runs: 'both' },
  { file: 'src/conformance/hostile-data.ts', title: 'Hostile data: nothing in a record stops the group', runs: 'both' },
  { file: 'src/conformance/offsets.ts', title: 'Offsets: finished means finished', runs: 'both' },
  { file: 'src/conformance/targets.ts', title: 'Targets that are down', runs: 'both' },
  { file: 'src/conformance/stopping.ts', title: 'Stopping', runs: 'both' },
  { file: 'src/conformance/tracing.ts', title: 'Tracing', runs: 'both' },
  { file: 'src/conformance/ladder-parking.ts', title: 'The ladder: sequences that wait behind their head', runs: 'both' },
  { file: 'src/conformance/ladder-rungs.ts', title: 'The ladder: delay topics and dead letters', runs: 'both' },
  { file: 'src/conformance/ladder-orders.ts', title: 'The ladder: orders of a person', runs: 'both' },
  { file: 'src/conformance/ladder-hostile-records.ts', title: 'The ladder: hostile records', runs: 'both' },
  { file: 'test/faults/producer-faults.int-spec.ts', title: 'The producer under faults', runs: 'broker' },
  { file: 'test/faults/consumer-faults.int-spec.ts', title: 'The consumer under faults', runs: 'broker' },
  { file: 'test/faults/membership-faults.int-spec.ts', title: 'Membership under faults', runs: 'broker' },
  { file: 'test/faults/hole-faults.int-spec.ts', title: 'Logs with holes', runs: 'broker' },
  { file: 'test/faults/broker-faults.int-spec.ts', title: 'A cluster under faults', runs: 'broker' },
  { file: 'test/faults/token-faults.int-spec.ts', title: 'Tokens that run out', runs: 'broker' },
  {
    file: 'src/conformance/nest-server-kafka.int-spec.ts',
    title: "Nest's own ServerKafka (red) beside this transport (green)",
    runs: 'broker',
  },
];
/** Names of files that have to be in the list; another one is an oversight. */
const listed = /(-faults\.int-spec|nest-server-kafka\.int-spec)\.ts$/;

const quoted = String.raw`(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")`;
const plain = new RegExp(String.raw`^\s*(it|slow)\(\s*${quoted}`, 'gm');
const each = new RegExp(String.raw`^\s*it\.each\(\[\n([\s\S]*?)\n\s*\]\)\(\s*${quoted}`, 'gm');
const row = new RegExp(String.raw`^\s*\[\s*${quoted}`, 'gm');

/** The names of the cases in a test file, in the order in which they stand there. `it.each` gives one for every row. */
export function casesOf(source: string): { name: string; slow: boolean }[] {
  const found: { at: number; name: string; slow: boolean }[] = [];
  for (const match of source.matchAll(plain))
    found.push({ at: match.index, name: textOf(match[2] ?? match[3]), slow: match[1] === 'slow' });
  for (const match of source.matchAll(each)) {
    const name = textOf(match[2] ?? match[3]);
    for (const [n, first] of [...(match[1] ?? '').matchAll(row)].entries())
      found.push({ at: match.index + n / 1_000, name: name.replace('%s', textOf(first[1] ?? first[2])), slow: false });
  }
  return found.sort((a, b) => a.at - b.at).map(({ name, slow }) => ({ name, slow }));
}

/** Every conformance case by theme, from the test files below `project` (libs/messaging). @throws when a file is not listed. */
export function conformanceThemes(project: string): ConformanceTheme[] {
  const known = new Set(themes.map(({ file }) => file));
  const forgotten = ['test/faults', 'src/conformance'].flatMap((folder) =>
    readdirSync(join(project, folder))
      .map((name) => `${folder}/${name}`)
      .filter((file) => listed.test(file) && !known.has(file)),
  );
  if (forgotten.length > 0)
    throw new Error(`listing conformance cases: ${forgotten.join(', ')} is in no theme; add it to src/conformance/list.ts`);
  return themes.map(({ file, title, runs }) => ({
    file,
    title,
    cases: casesOf(readFileSync(join(project, file), 'utf8')).map((one) => ({ ...one, onBroker: true, inMemory: runs === 'both' })),
  }));
}

/** The list as Markdown, the same for the same test files. */
export function conformanceList(project: string): string {
  const all = conformanceThemes(project);
  const total = all.reduce((sum, { cases }) => sum + cases.length, 0);
  const both = all.reduce((sum, { cases }) => sum + cases.filter(({ inMemory }) => inMemory).length, 0);
  return [
    '# What the transport has to show',
    '',
    `${total} cases, each named after what it guards: ${both} run in memory and on a real broker, ${total - both} need a broker that is ill-treated.`,
    'Case numbers are those of `docs/reference/kafkajs.md` section 13; names of repositories and numbers behind `#` are reports of what went',
    'wrong elsewhere. Generated from the test files; `src/conformance/list.spec.ts` fails when it is stale, and writes it anew with',
    '`UPDATE_CONFORMANCE=1 npm run jest -- libs/messaging/src/conformance/list`.',
    '',
    '```sh',
    'npm run jest -- libs/messaging                                  # in memory',
    'TRIBUTARY_TESTS=integration npm run jest -- libs/messaging      # on brokers',
    'TRIBUTARY_TESTS_SLOW=1 TRIBUTARY_TESTS=integration npm run jest -- libs/messaging/test/faults/broker-faults',
    '```',
    ...all.flatMap(({ title, file, cases }) => [
      '',
      `## ${title}`,
      '',
      `\`${file}\`, ${cases.length} cases`,
      '',
      ...cases.map(({ name, slow }) => `- ${name}${slow ? ' (slow)' : ''}`),
    ]),
    '',
  ].join('\n');
}

function textOf(literal: string | undefined): string {
  return (literal ?? '').replaceAll(/\\(.)/g, '$1');
}
