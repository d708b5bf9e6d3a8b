import { findingCodes } from '@tributary/connector-kit';

/** Renders docs/target-findings.md. */
export function renderFindings(): string {
  const rows = Object.entries(findingCodes).map(
    ([code, { level, meaning, action }]) => `| \`${code}\` | ${level} | ${meaning} | ${action} |`,
  );
  const intro =
    '`npm run -s check:targets` looks at Stripe and at every ledger of the configuration; erp-sink looks at its ledgers when it starts, daily, and when somebody tests the connection in the room Targets, and writes what is missing to its log. Each finding has one of these codes, a sentence that names what was found where, and what to do. **missing**: postings would fail; **warning**: worth a look; **unknown**: the ledger gives no way to know, and the sentence says why; **ok**: as it should be. The codes never change their meaning.';
  return `# What a check of a target finds\n\n<!-- Generated from libs/connector-kit/src/findings by \`npm run docs:generate\`. Do not edit. -->\n\n${intro}\n\nWhich answer of which ledger gives which finding is tried, row by row, in \`tools/targets/findings.int-spec.ts\`.\n\n| code | level | what it means | what to do |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}
