import { commands } from './table.mjs';

/**
 * Reads a command line by the table of commands, before anything is done: what is to run, or the help, or what is wrong with it.
 * Runs on bare Node 20 with nothing installed. Types: command-line.d.mts.
 */

const isHelp = (word) => word === '--help' || word === '-h';

/**
 * @param {readonly string[]} args command words, ids and options, e.g. `['tributary', 'dlq', 'show', 'x', '--json']`
 * @returns {import('./command-line.d.mts').Understood}
 */
export function understand(args) {
  const path = [];
  let group = { name: '', summary: '', commands };
  let rest = [...args];
  while (group.commands) {
    const at = firstWord(rest, group);
    const word = at === -1 ? undefined : rest[at];
    if (word === undefined || word === 'help') return asksForHelp(rest, word) ? help(path, 0) : help(path, 2);
    const next = group.commands.find(({ name }) => name === word);
    if (!next) return wrong(path, unknownWord(path, word, group.commands));
    rest = [...rest.slice(0, at), ...rest.slice(at + 1)];
    path.push(next);
    group = next;
  }
  return understandOptions(path, rest);
}

function asksForHelp(rest, word) {
  return word === 'help' || rest.some(isHelp);
}

/** Index of the first word that is neither an option nor the value of one; options of the commands below count. */
function firstWord(words, group) {
  const options = optionsBelow(group);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (!word.startsWith('-') || word === '-') return index;
    const option = word.startsWith('--') ? options[word.slice(2)] : undefined;
    if (option?.value && !word.includes('=')) index += 1;
  }
  return -1;
}

function optionsBelow(command) {
  const below = (command.commands ?? []).map(optionsBelow);
  return Object.assign({}, ...below, command.options ?? {});
}

function understandOptions(path, words) {
  const command = path[path.length - 1];
  if (beforeTerminator(words).some(isHelp)) return help(path, 0);
  const values = {};
  const given = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === '--') {
      given.push(...words.slice(index + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      given.push(word);
      continue;
    }
    const { name, attached } = nameOf(word, command.options ?? {});
    const option = Object.hasOwn(command.options ?? {}, name) ? command.options[name] : undefined;
    if (!option) return wrong(path, unknownOption(path, word));
    if (!option.value && attached !== undefined) return wrong(path, `--${name} takes no value; "${attached}" was given.`);
    const value = option.value ? (attached ?? words[(index += 1)]) : true;
    const problem = option.value && valueProblem(name, option, value, attached);
    if (problem) return wrong(path, problem);
    values[name] = [...(values[name] ?? []), value];
  }
  const problem = argumentsProblem(command, given);
  return problem ? wrong(path, problem) : { kind: 'run', command, path: path.map(({ name }) => name), values, arguments: given };
}

function beforeTerminator(words) {
  const at = words.indexOf('--');
  return at === -1 ? words : words.slice(0, at);
}

function nameOf(word, options) {
  if (!word.startsWith('--')) {
    const long = Object.entries(options).find(([, { short }]) => short === word.slice(1));
    return { name: long ? long[0] : word, attached: undefined };
  }
  const at = word.indexOf('=');
  return at === -1 ? { name: word.slice(2), attached: undefined } : { name: word.slice(2, at), attached: word.slice(at + 1) };
}

function valueProblem(name, option, value, attached) {
  if (value === undefined || value === '' || (attached === undefined && value.startsWith('--')))
    return `--${name} needs a value: --${name} <${option.value}>.`;
  if (option.type === 'count' && !/^[1-9]\d{0,14}$/.test(value)) return `--${name}: expected a whole number from 1; got "${value}".`;
  if (option.type === 'number' && !(/^\d+(\.\d+)?$/.test(value) && Number(value) > 0))
    return `--${name}: expected a number above 0; got "${value}".`;
  if (option.choices && !option.choices.includes(value))
    return `--${name}: expected one of ${option.choices.join(', ')}; got "${value}".${didYouMean(value, option.choices)}`;
  return undefined;
}

function argumentsProblem({ arguments: expected }, given) {
  const most = expected ? (expected.max ?? Infinity) : 0;
  if (given.length > most) {
    const surplus = given.slice(most).map((word) => `"${word}"`);
    return most === 0
      ? `${surplus[0]} is not expected: it takes options only.`
      : `${surplus[0]} is not expected: it takes ${most === 1 ? 'one' : `at most ${most}`} <${expected.name}>.`;
  }
  if (expected && given.length < expected.min) return `<${expected.name}> is missing: ${expected.summary}.`;
  return undefined;
}

function unknownWord(path, word, among) {
  const names = among.map(({ name }) => name);
  const where = path.length === 0 ? 'There is no command' : `"${path.map(({ name }) => name).join(' ')}" has no command`;
  return `${where} "${word}".${didYouMean(word, names)} There are: ${names.join(', ')}.`;
}

function unknownOption(path, word) {
  const options = path[path.length - 1].options ?? {};
  const names = Object.keys(options).map((name) => `--${name}`);
  const known = names.length === 0 ? 'It takes no options.' : `There are: ${names.join(', ')}.`;
  return `There is no option "${word.split('=')[0]}".${didYouMean(word.split('=')[0], names)} ${known}`;
}

function wrong(path, problem) {
  return { kind: 'wrong', problem: `${problem}\nHelp: ${helpCommand(path)}` };
}

function helpCommand(path) {
  if (path.length === 0) return 'npm run commands';
  return `${typed(path, true)} --help`;
}

function help(path, exitCode) {
  return { kind: 'help', text: helpText(path), exitCode };
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

/** ` Did you mean "x"?` for the nearest name that differs by few letters; else nothing. */
export function didYouMean(word, names) {
  const plain = (name) => name.toLowerCase().replace(/^-+/, '');
  const near = names
    .map((name) => ({ name, distance: editDistance(plain(word), plain(name)) }))
    .filter(({ name, distance }) => distance <= Math.max(2, Math.floor(plain(name).length / 3)) && distance < plain(name).length)
    .sort((a, b) => a.distance - b.distance)[0];
  return near ? ` Did you mean "${near.name}"?` : '';
}

const longestCompared = 64;

/** Letters to insert, remove, replace or swap with their neighbour (optimal string alignment). */
function editDistance(first, second) {
  const a = first.slice(0, longestCompared);
  const b = second.slice(0, longestCompared);
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array(b.length).fill(0)]);
  for (let j = 1; j <= b.length; j += 1) rows[0][j] = j;
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  return rows[a.length][b.length];
}
