import fc from 'fast-check';
import { understand } from './command-line.mjs';
import { didYouMean } from './did-you-mean.mjs';
import { helpText } from './help-text.mjs';
import { commands } from './table.mjs';
import type { Command } from './table.mjs';

/** Every command and group, as the words that are typed. */
function everyPath(list: readonly Command[] = commands, above: readonly Command[] = []): (readonly Command[])[] {
  return list.flatMap((command) => {
    const path = [...above, command];
    return [path, ...everyPath(command.commands ?? [], path)];
  });
}
const paths = everyPath();
const words = (path: readonly Command[]): string[] => path.map(({ name }) => name);
const leaves = paths.filter((path) => path.at(-1)?.commands === undefined);

describe.each(paths.map((path) => [words(path).join(' '), path] as const))('%s', (_name, path) => {
  const command = path.at(-1) as Command;

  it.each(['--help', '-h'])('shows its help for %s', (option) => {
    expect(understand([...words(path), option])).toEqual({ kind: 'help', text: helpText(path), exitCode: 0 });
  });

  it('is complete: usage, and for a command an example and exit codes', () => {
    expect(helpText(path)).toContain('Usage: npm ');
    if (command.commands) return;
    expect(command.example).toMatch(/^npm /);
    expect(Object.keys(command.exitCodes ?? {})).toEqual(expect.arrayContaining(['0', '2']));
  });

  it('refuses a misspelt command below it, or a misspelt option, and names the nearest one', () => {
    const names = command.commands
      ? command.commands.map(({ name }) => name)
      : Object.keys(command.options ?? {}).map((name) => `--${name}`);
    for (const name of names) {
      const misspelt = `${name.slice(0, 3)}${name[3] === 'x' ? 'y' : 'x'}${name.slice(3)}`;
      const answer = understand([...words(path), misspelt]);
      expect(answer).toEqual({ kind: 'wrong', problem: expect.stringContaining('Did you mean "') });
    }
    expect(understand([...words(path), '--no-such-option-at-all', 'word'])).toMatchObject({ kind: 'wrong' });
  });
});

it.each(leaves.map((path) => [words(path).join(' '), path] as const))('%s accepts its own example', (_name, path) => {
  const example = path.at(-1)?.example ?? '';
  // As a shell splits it, without the quotes; then the words after the npm script and npm's own `--`.
  const typed = [...example.matchAll(/'([^']*)'|"([^"]*)"|(<[^>]*>|\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  const script = typed.filter((word) => !['npm', 'run', '-s', '--'].includes(word));
  expect(understand(script)).toMatchObject({ kind: 'run', path: words(path) });
});

it('never throws, and never runs anything with --help or an unknown option in it', () => {
  const known = fc.constantFrom(...paths.map(words));
  const anything = fc.array(fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('--json', '--', '-y', '--limit', '0', '--help=x', '')));
  fc.assert(
    fc.property(known, anything, (path, more) => {
      const answer = understand([...path, ...more]);
      expect(['run', 'help', 'wrong']).toContain(answer.kind);
    }),
  );
  fc.assert(
    fc.property(known, anything, (path, more) => {
      expect(understand([...path, '--bogus-option', ...more]).kind).not.toBe('run');
      expect(understand([...path, '--help', ...more]).kind).not.toBe('run');
    }),
  );
});

it('lists every command without one, and says what is missing of an option', () => {
  expect(understand([])).toMatchObject({ kind: 'help', exitCode: 2 });
  expect(understand(['--help'])).toMatchObject({ kind: 'help', exitCode: 0, text: expect.stringContaining('npm run reset') });
  expect(understand(['stauts'])).toEqual({
    kind: 'wrong',
    problem: expect.stringMatching(/^There is no command "stauts"\. Did you mean "status"\?/),
  });
  expect(understand(['start', '--without'])).toEqual({ kind: 'wrong', problem: expect.stringMatching(/^--without needs a value/) });
  expect(understand(['tributary', 'dlq', 'show'])).toEqual({ kind: 'wrong', problem: expect.stringMatching(/^<id> is missing/) });
  expect(understand(['stop', 'erp-sink'])).toEqual({ kind: 'wrong', problem: expect.stringMatching(/^"erp-sink" is not expected/) });
  expect(understand(['chaos', '--rounds', 'many'])).toEqual({
    kind: 'wrong',
    problem: expect.stringMatching(/^--rounds: expected a whole number from 1; got "many"/),
  });
});

it('finds a command behind the options of its group, and takes what follows -- as it is', () => {
  expect(understand(['tributary', 'dlq', '--json', '--url', 'http://a', 'list'])).toMatchObject({
    kind: 'run',
    path: ['tributary', 'dlq', 'list'],
    values: { json: [true], url: ['http://a'] },
  });
  expect(understand(['logs', '--', '--odd'])).toMatchObject({ kind: 'run', arguments: ['--odd'] });
  expect(understand(['sim', '--fault=a', '--fault', 'b'])).toMatchObject({ values: { fault: ['a', 'b'] } });
});

it('suggests only what is near', () => {
  expect(didYouMean('strat', ['start', 'stop'])).toBe(' Did you mean "start"?');
  expect(didYouMean('elephant', ['start', 'stop'])).toBe('');
});
