import { recorded } from './recorded-results.js';
import { median } from './statistics.js';
import type { BenchResult, Goal, Measure } from './result.js';

/** What the recorded runs came to, as Markdown: made from `results/*.json` and nothing else. */
export function report(results: readonly BenchResult[] = recorded()): string {
  if (results.length === 0) return 'No run is recorded. Run `npm run bench`.\n';
  const goals = results.flatMap(({ rows }) => rows.flatMap(({ goals: list }) => list));
  const sections = results.flatMap((result) =>
    result.rows.map(({ row, says, measures, goals: reached, notes }) =>
      [
        `### ${row}: ${says}`,
        '',
        `Commit ${result.commit}, ${result.date}, ${result.machine}, which also carry broker, database and load.`,
        '',
        ...(reached.length > 0 ? [table(['goal', 'to reach', 'min', 'median', 'max', 'reached'], reached.map(goalRow)), ''] : []),
        ...(measures.length > 0 ? [table(['figure', 'of', 'unit', 'min', 'median', 'max', 'runs'], measures.map(measureRow)), ''] : []),
        ...notes.map((note) => `- ${note}`),
        '',
      ].join('\n'),
    ),
  );
  const profiles = 'Why a goal is missed: [proof/bench/PROFILES.md](../proof/bench/PROFILES.md).';
  return [`${goals.filter(({ reached }) => reached).length} of ${goals.length} goals reached. ${profiles}`, '', ...sections].join('\n');
}

function goalRow({ what, goal, samples, reached }: Goal): string[] {
  return [what, goal, ...spread(samples), reached ? 'yes' : '**no**'];
}

function measureRow({ what, subject, unit, samples }: Measure): string[] {
  return [what, subject, unit, ...spread(samples), String(samples.length)];
}

function spread(samples: readonly number[]): string[] {
  return [Math.min(...samples), median(samples), Math.max(...samples)].map(shown);
}

function shown(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return Math.abs(value) >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
