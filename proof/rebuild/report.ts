import { recordedRuns } from './results.js';
import type { Measured, RebuildRun } from './results.js';

/** What the recorded runs came to, as Markdown: made from `results/run-*.json` and nothing else, so the same results make the same text. */
export function report(runs: readonly RebuildRun[] = recordedRuns()): string {
  if (runs.length === 0) return 'No run is recorded. Run `npm run proof:rebuild -- --record`.\n';
  return runs.map(section).join('\n');
}

function section({ commit, date, machine, postings, documents, measured }: RebuildRun): string {
  return [
    `${grouped(postings)} postings, ${grouped(documents)} documents in the ERP; commit ${commit}, ${date}, ${machine}.`,
    '',
    '| rebuilt | records read | seconds | MiB | digest | says |',
    '| --- | ---: | ---: | ---: | --- | --- |',
    ...measured.map(row),
    '',
  ].join('\n');
}

function row({ what, records, resumed, tookMs, maxRssMiB, before, after, says }: Measured): string {
  const digest = before === after ? `equal (${after.slice(0, 12)})` : `**${before.slice(0, 12)} became ${after.slice(0, 12)}**`;
  const read = resumed > 0 ? `${grouped(records)}, ${grouped(resumed)} of them before the kill` : grouped(records);
  return `| ${what} | ${read} | ${(tookMs / 1_000).toFixed(1)} | ${maxRssMiB} | ${digest} | ${says} |`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
