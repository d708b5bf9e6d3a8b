import { commands } from './table.mjs';

/** Help texts, made from the table of commands. Runs on bare Node 20. Types: help-text.d.mts. */

/** The command that shows the help of a path. */
export function helpCommand(path) {
  if (path.length === 0) return 'npm run commands';
  return `${typed(path, true)} --help`;
}

/** How a command is typed, e.g. `npm run -s tributary -- dlq show`. With `withOptions`, npm's own `--` is added where it is missing. */
function typed(path, withOptions) {
  const [top, ...below] = path;
  const dashes = withOptions && !top.run.endsWith(' --') ? ' --' : '';
  return [top.run + dashes, ...below.map(({ name }) => name)].join(' ');
}

/** @param {readonly import('./table.d.mts').Command[]} path from the top; empty: the list of all commands */
export function helpText(path) {
  if (path.length === 0) return overview();
  const command = path[path.length - 1];
  const lines = [command.summary, ...(command.details ?? []), '', `Usage: ${usage(path)}`];
  if (command.commands) lines.push('', 'Commands:', ...commandLines(command.commands, ''));
  if (command.arguments) lines.push('', `  <${command.arguments.name}>  ${command.arguments.summary}`);
  const options = Object.entries(command.options ?? {});
  if (!command.commands)
    lines.push('', 'Options:', ...columns([...options.map(optionRow), ['--help, -h', 'show this help and do nothing else']]));
  if (command.example) lines.push('', `Example: ${command.example}`);
  const codes = Object.entries(command.exitCodes ?? {});
  if (codes.length > 0) lines.push('', `Exit codes: ${codes.map(([code, meaning]) => `${code} ${meaning}`).join('; ')}.`);
  return lines.join('\n');
}

function usage(path) {
  const command = path[path.length - 1];
  if (command.commands) return `${typed(path, true)} <command>`;
  const options = Object.keys(command.options ?? {}).length > 0;
  const words = command.arguments ? ` ${argumentsUsage(command.arguments)}` : '';
  const [top] = path;
  // npm hands over words without `--`, but keeps options to itself.
  const dashes = options && !top.run.endsWith(' --') ? ' [-- options]' : options ? ' [options]' : '';
  return `${typed(path, false)}${words}${dashes}`;
}

function argumentsUsage({ name, min, max }) {
  const word = `<${name}${max === 1 ? '' : ' ...'}>`;
  return min === 0 ? `[${word}]` : word;
}

function optionRow([name, { short, value, choices, summary }]) {
  const written = `--${name}${short ? `, -${short}` : ''}${value ? ` <${value}>` : ''}`;
  return [written, choices && !value.includes('|') ? `${summary}: ${choices.join(', ')}` : summary];
}

function commandLines(list, indent) {
  return columns(list.map((command) => [indent + command.name, command.summary]));
}

const widestFirstColumn = 28;

function columns(rows) {
  const width = Math.min(widestFirstColumn, Math.max(...rows.map(([first]) => first.length)));
  return rows.flatMap(([first, second]) =>
    first.length > width ? [`  ${first}`, `  ${' '.repeat(width)}  ${second}`] : [`  ${first.padEnd(width)}  ${second}`],
  );
}

function overview() {
  return [
    'Commands of this project. Each shows its own help: add `-- --help`.',
    '',
    ...columns(commands.map((command) => [command.run.replace(/ --$/, ''), command.summary])),
    '',
    'All of them with their options: docs/commands.md',
  ].join('\n');
}
