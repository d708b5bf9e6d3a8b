import { didYouMean } from './did-you-mean.mjs';
import { helpCommand, helpText } from './help-text.mjs';
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

function help(path, exitCode) {
  return { kind: 'help', text: helpText(path), exitCode };
}

/** Says on the terminal what a command line that runs nothing asks for: help, or what is wrong. @returns its exit code. */
export function answerWithoutRunning(understood) {
  if (understood.kind === 'help') {
    console.log(understood.text);
    return understood.exitCode;
  }
  console.error(understood.problem);
  return 2;
}
