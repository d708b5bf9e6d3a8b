import type { Capability } from './capability.js';
import { capabilities, needsOf } from './capability.js';
import { casesOf } from './cases/index.js';

/** The cases of the suite as a Markdown table, as the README shows it. */
export function caseTable(): string {
  const rows = (Object.keys(capabilities) as Capability[]).flatMap((capability) =>
    casesOf[capability].map(({ title, roles }, index) => {
      const what = index === 0 ? `**${capability}**: ${needsOf(capability).text}` : '';
      return `| ${what} | ${roles?.join(', ') ?? 'connector'} | ${title} |`;
    }),
  );
  return ['| capability | runs for | case |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Number of named cases. A case that runs for several kinds counts once. */
export const caseCount = (): number => Object.values(casesOf).reduce((sum, cases) => sum + cases.length, 0);
