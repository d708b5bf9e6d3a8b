import { installationCodes } from '@tributary/platform';

/** Renders docs/installation-findings.md. */
export function renderInstallationFindings(): string {
  const intro = `\`npm run -s tributary -- doctor\` looks at an installation ([how to read it](runbooks/installation.md)). Each finding has one of these codes, a sentence that says what was found where, and what to do. What it finds at Stripe has the codes of [checks of targets](target-findings.md). **missing**: something does not work, or will not after the next start; **warning**: worth a look; **ok**: as it should be. The codes never change their meaning.

Each fault is made for real in \`tools/installation/*.int-spec.ts\`: with it the finding is there, without it it is not.`;
  const sections = Object.entries(installationCodes).map(([code, { level, meaning, action }]) =>
    `## \`${code}\`\n\n**${level}**. ${meaning} ${level === 'ok' ? '' : action}`.trimEnd(),
  );
  return `# What the doctor of an installation finds\n\n<!-- Generated from libs/platform/src/installation/installation-codes.ts by \`npm run docs:generate\`. Do not edit. -->\n\n${intro}\n\n${sections.join('\n\n')}\n`;
}
