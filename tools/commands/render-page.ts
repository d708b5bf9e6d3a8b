import { helpText } from '#commands/help-text.mjs';
import { commands } from '#commands/table.mjs';
import type { Command } from '#commands/table.mjs';

/** docs/commands.md: every command with its own help. The same table gives the help and the check of the command line. */
export function renderCommands(): string {
  const rows = commands.map(({ run, name, summary }) => `| [\`${(run ?? name).replace(/ --$/, '')}\`](#${anchor(name)}) | ${summary} |`);
  return [
    '# Commands',
    '<!-- Generated from tools/commands/table.mjs by `npm run docs:generate`. Do not edit. -->',
    'Every command shows its help with `-- --help` and does nothing else then. An unknown command or option ends with exit code 2, the nearest known word, and no effect.',
    `| command | what it does |\n| --- | --- |\n${rows.join('\n')}`,
    ...commands.flatMap((command) => section([command])),
    '## Checks of a developer',
    'These hand their options to the tool behind them: `npm run typecheck` (TypeScript), `npm run lint` (ESLint through nx), `npm run format`, `npm run format:check` (Prettier), `npm run jest -- <paths>` (Jest).',
  ].join('\n\n');
}

function section(path: readonly Command[]): string[] {
  const command = path.at(-1) as Command;
  const title = `${'#'.repeat(Math.min(4, path.length + 1))} ${path.map(({ name }) => name).join(' ')}`;
  return [title, `\`\`\`\n${helpText(path)}\n\`\`\``, ...(command.commands ?? []).flatMap((below) => section([...path, below]))];
}

const anchor = (name: string): string => name.replaceAll(':', '');
