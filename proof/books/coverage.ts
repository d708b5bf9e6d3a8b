import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { workspaceRoot } from '@tributary/local-stack';
import { cellNames } from './cells.js';
import { compareTrials } from './compare-trials.js';
import { cellTitle } from './results.js';
import type { TargetResult } from './results.js';

/** State of one case in one target: its interface, or why it is not covered. A case is covered when its variants are. */
export function cellState({ cells }: TargetResult, cell: string): string {
  const all = cells.filter(({ golden }) => golden.cell === cell);
  const own = all.find(({ golden }) => golden.variant === undefined);
  if (!own) return 'no golden file';
  const sum = (of: 'failed' | 'runs'): number => all.reduce((count, one) => count + one[of], 0);
  return sum('failed') === 0 ? own.golden.interface : `FAILED: ${sum('failed')} of ${sum('runs')} runs`;
}

/** The trial balances of the targets that have cells, compared. */
export function trialsOf(results: readonly TargetResult[]): ReturnType<typeof compareTrials> {
  return compareTrials(
    new Map(results.flatMap(({ target, cells }) => (cells.length > 0 ? [[target.target, withoutVariants(cells)] as const] : []))),
  );
}

/** A variant is another way to the same books, so its golden file has them; what is compared with other ledgers is the case itself. */
const withoutVariants = (cells: TargetResult['cells']): TargetResult['cells'] => cells.filter(({ golden }) => golden.variant === undefined);

/** `docs/coverage.md` of what was run. A cell is covered when all its runs ended as its golden file says. */
export function coveragePage(results: readonly TargetResult[]): string {
  const names = results.map(({ target }) => target.target);
  const states = cellNames.map((cell) => `| ${cell} | ${results.map((one) => cellState(one, cell)).join(' | ')} |`);
  const { targets, cells, own, differences } = trialsOf(results);
  const trials =
    targets.length < 2
      ? 'One ledger has cells, so there is nothing to compare its trial balances with yet.'
      : `Trial balances by role of ${targets.join(', ')}, over ${cells.length} cases that all of them book: ${differences.length === 0 ? 'equal' : differences.join('; ')}.${own.map((why) => ` Not compared: ${why}`).join('')}`;
  return `# Coverage: what is booked, and where that was shown

<!-- Written by \`npm run proof:books -- --record\` from its runs. Do not edit. -->

Each cell is run from Stripe's event to the general ledger of the emulated ERP over HTTP: plain, and once for each call that writes and each way in which it can go wrong (answer lost after commit, 502 after commit,
not stored, refused once, killed, and what only this ERP does). The expected books are written by hand in \`proof/books/golden\`.

**real**: the ERP's own interface, as its reference says. **configured**: the site names service and fields. **documented**: as a product page says. **held**: an operator gets it, with the name of the interface that is missing.
**no golden file**: nobody has written yet what it should come to. A name in brackets is the same case in another way that a profile or a site may choose.

| cell | ${names.join(' | ')} |
| --- | ${names.map(() => '---').join(' | ')} |
${states.join('\n')}

${trials}

Numbers of a ledger go back into the metadata of the customer and the charge in Stripe (\`assets/stripe\`). The product pages name keys by which a merchant names a customer or an order, and none for that way, so the keys
are ours: \`kinetic_customer_id\`, \`kinetic_receipt_number\`, \`sl_customer_id\`, \`sl_payment_number\`, \`p21_customer_id\`, \`p21_payment_number\`; a site changes them in the mappings, and names its targets in the table \`numbers-back\`.

${results.map(section).join('\n')}`;
}

function section({ target, cells }: TargetResult): string {
  const rows = cells.map(
    ({ golden, golden: { title, interface: kind, source }, runs, failed, writes }) =>
      `| ${cellTitle(golden)} | ${title} | ${failed === 0 ? kind : `**not covered**: ${failed} of ${runs} runs failed`} | ${writes} | ${runs} | ${source} |`,
  );
  const table = `| cell | what happens | interface | calls that write | runs | source of the expected values |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  return `## ${target.target} (${target.erp})\n\n${cells.length > 0 ? table : 'No golden file yet.\n'}`;
}

/** Writes it where it is published, formatted as every document is. */
export async function writeCoverage(page: string): Promise<void> {
  const path = join(workspaceRoot, 'docs/coverage.md');
  writeFileSync(path, await format(page, { ...(await resolveConfig(path)), parser: 'markdown' }));
}
