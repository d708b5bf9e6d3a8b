import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { workspaceRoot } from '@tributary/local-stack';
import type { Golden } from './cell.js';

/** What the runs of one cell came to. */
export interface CellResult {
  readonly golden: Golden;
  readonly runs: number;
  readonly failed: number;
  /** Calls that write, in the plain run. */
  readonly writes: number;
}

/** `docs/coverage.md` of what was run. A cell is covered when all its runs ended as its golden file says. */
export function coveragePage(erp: string, results: readonly CellResult[]): string {
  const rows = results.map(
    ({ golden: { cell, title, interface: kind, source }, runs, failed, writes }) =>
      `| ${cell} | ${title} | ${failed === 0 ? kind : `**not covered**: ${failed} of ${runs} runs failed`} | ${writes} | ${runs} | ${source} |`,
  );
  return `# Coverage: what is booked, and where that was shown

<!-- Written by \`npm run proof:books -- --record\` from its runs. Do not edit. -->

Each cell is run from Stripe's event to the general ledger of the emulated ERP over HTTP: plain, and once for each call that writes and each way in which it can go wrong (answer lost after commit, 502 after commit,
not stored, refused once, killed). The expected books are written by hand in \`proof/books/golden\`. **real**: the ERP's own interface, as its reference says.

## ${erp}

| cell | what happens | interface | calls that write | runs | source of the expected values |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** Writes it where it is published, formatted as every document is. */
export async function writeCoverage(page: string): Promise<void> {
  const path = join(workspaceRoot, 'docs/coverage.md');
  writeFileSync(path, await format(page, { ...(await resolveConfig(path)), parser: 'markdown' }));
}
