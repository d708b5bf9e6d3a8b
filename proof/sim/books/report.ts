import { readResult, resultPath } from '../stage.js';
import type { BooksHunts, BooksTally } from './commands.js';

const whole = (value: number): string => value.toLocaleString('en-US');
const counts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${whole(count)}`)
    .join(', ');

/** The recorded results of the books as Markdown; names results that are missing. */
export function booksReport(): string {
  const tally = readResult<BooksTally>(resultPath('books'));
  const hunts = readResult<BooksHunts>(resultPath('books-mutants'));
  return [tallyPart(tally), huntsPart(hunts)].join('\n\n');
}

function tallyPart(tally: BooksTally | undefined): string {
  if (!tally) return 'No seeds of the books are recorded: `npm run sim -- --books --seeds 10000 --name books`.';
  const { seeds, violations, requests, ends, struck, cpuMs, commit, date, machine } = tally;
  return [
    `**Books: ${whole(seeds)} seeds**, ${whole(violations.length)} violations of I2, I3 and I11 to I14 (${whole(requests)} requests: ${counts(ends)}; ${(cpuMs / seeds).toFixed(1)} ms of CPU per seed; commit ${commit}, ${date}, ${machine}).`,
    `Faults that struck: ${counts(struck)}.`,
    ...violations.slice(0, 20).map(({ seed, text }) => `- seed ${seed}: ${text}`),
  ].join('\n');
}

function huntsPart(result: BooksHunts | undefined): string {
  if (!result) return 'No mutants of the books are recorded: `npm run sim -- --books --mutants --name books-mutants`.';
  const { hunts, commit, date } = result;
  return [
    `**${hunts.filter(({ caught }) => caught).length} of ${hunts.length} planted bugs of the books caught** (commit ${commit}, ${date}).`,
    '',
    '| planted bug | what it does | caught by |',
    '| --- | --- | --- |',
    ...hunts.map(({ name, bug, caught }) => `| ${name} | ${bug} | ${caught ? `seed ${caught.seed}: ${caught.text}` : '**not caught**'} |`),
  ].join('\n');
}
