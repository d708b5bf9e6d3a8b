import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { understand } from '#commands/command-line.mjs';
import { root } from '../contracts/workspace.js';

/** npm scripts that hand their options to the tool behind them. */
const passedOn = ['ci', 'install', 'jest', 'lint', 'typecheck', 'format', 'format:check', 'commands'];

/**
 * Commands of this project in a page: in inline code, and in lines of code blocks; without comments. A name that is a link to its help, as in
 * the index of docs/commands.md, is no command line: it may need arguments.
 */
function commandsIn(page: string): string[] {
  const inline = [...page.matchAll(/(?<!\[)`(npm [^`]+)`/g)].map(([, command = '']) => command);
  const lines = page.split('\n').flatMap((line) => /^ {4}(npm .+)$/.exec(line)?.[1] ?? []);
  return [...inline, ...lines].map((command) =>
    command
      .replace(/\s+#.*$/, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/** What the shell makes of it: words, without the npm part. */
function wordsOf(command: string): string[] {
  const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(<[^>]*>|\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  const [, first = '', ...rest] = words;
  const script = first === 'run' ? rest : [first, ...rest];
  const named = script.filter((word) => word !== '-s');
  const dashes = named.indexOf('--');
  return dashes === -1 ? named : [...named.slice(0, dashes), ...named.slice(dashes + 1)];
}

const pages = globSync(['README.md', 'CONTRIBUTING.md', 'assets/README.md', 'docs/*.md', 'docs/runbooks/*.md', 'tools/README.md'], {
  cwd: root,
}).sort();
const documented = pages.flatMap((page) => commandsIn(readFileSync(join(root, page), 'utf8')).map((command) => [page, command] as const));

it('finds the commands of the documentation', () => {
  expect(documented.length).toBeGreaterThan(30);
});

it('every documented command is one that the project understands', () => {
  const wrong = documented.flatMap(([page, command]) => {
    const words = wordsOf(command);
    if (passedOn.includes(words[0] ?? '') || command.includes('...')) return [];
    const understood = understand(words);
    return understood.kind === 'wrong' ? [`${page}: ${command}: ${understood.problem}`] : [];
  });
  expect(wrong).toEqual([]);
});

/** Each command of README.md: the test that runs it, or why none does. */
const executed: Readonly<Record<string, string>> = {
  'npm start': 'tools/stack/run.int-spec.ts',
  'npm start -- --detach': 'tools/stack/cli.int-spec.ts',
  'npm run -s sign-in': 'tools/stack/identity.int-spec.ts',
  'npm run -s tributary -- identity keys keys': 'tools/identity/keys-command.spec.ts',
  'npm run demo': 'tools/stack/demo-command.int-spec.ts',
  'npm run demo -- --scenario payout-week': 'tools/stack/demo-command.int-spec.ts',
  'npm run doctor': 'tools/doctor/doctor.spec.ts',
  'npm run -s status -- --json': 'tools/stack/cli.int-spec.ts',
  'npm run logs erp-sink': 'tools/stack/logs.spec.ts',
  'npm run logs -- --payment <id> --pretty': 'tools/stack/logs.spec.ts',
  'npm run stop': 'tools/stack/cli.int-spec.ts',
  'npm run reset': 'tools/stack/cli.int-spec.ts',
  'npm run -s check:targets -- --assets <folder>': 'tools/targets/check-targets.int-spec.ts',
  'npm run -s tributary -- assets check <folder>': 'tools/assets/command.int-spec.ts',
  'npm run -s tributary -- today': 'tools/reads/commands.spec.ts',
  'npm run -s tributary -- dlq causes': 'tools/dlq/dlq.int-spec.ts',
  'npm run -s tributary -- dlq --help': 'tools/commands/commands.int-spec.ts',
  'npm run -s tributary -- calls kinetic-main/cash-receipt/<id>': 'tools/calls/command.spec.ts',
  'npm run -s tributary -- rebuild ledger --target kinetic-main': 'tools/rebuild/rebuild.int-spec.ts',
  'npm start -- --no-demo --without emulator-stripe,emulator-epicor-kinetic --assets <folder>':
    'not run: it needs a real Kinetic. tools/stack/settings.spec.ts checks what it gives the services',
  'npm test': 'not run: it runs this test',
  'npm run sim': 'not run: shows its help; the simulation itself is a step of npm test',
  'npm run chaos -- --rounds 5': 'not run: takes minutes; recorded in docs/proof.md',
  'npm run proof:books': 'proof/books/books.int-spec.ts',
  'npm run proof:contracts': 'proof/contracts/report.spec.ts',
  'npm run proof:dashboards': 'proof/dashboards/dashboards.spec.ts',
  'npm run proof:dashboards -- --pictures':
    'not run: it needs a Prometheus and minutes; its queries and drawing are proof/dashboards/dashboards.spec.ts',
  'npm run proof:console': 'proof/console/console.int-spec.ts',
  'npm run proof:connectors': 'proof/connectors/report.spec.ts',
  'npm run proof:alerts': 'proof/alerts/alerts.spec.ts',
  'npm run proof:security': 'proof/security/holes.int-spec.ts',
  'npm run proof:helm': 'not run: it needs a Kubernetes; its rendering is proof/helm/chart.int-spec.ts',
  'npm run bench -- --quick': 'not run: takes minutes; recorded in docs/proof.md',
};

it('every command of README.md is run by a test, or is listed with the reason why not', () => {
  const commands = commandsIn(readFileSync(join(root, 'README.md'), 'utf8'));
  expect(commands.filter((command) => !Object.hasOwn(executed, command))).toEqual([]);
  const gone = Object.entries(executed).filter(
    ([command, by]) => !commands.includes(command) || (!by.startsWith('not run: ') && !existsSync(join(root, by))),
  );
  expect(gone).toEqual([]);
});

it('sees a command that does not exist', () => {
  expect(commandsIn('Use `npm run stats` or\n\n    npm start -- --detatch   # behind\n')).toEqual([
    'npm run stats',
    'npm start -- --detatch',
  ]);
  expect(understand(wordsOf('npm run stats')).kind).toBe('wrong');
  expect(understand(wordsOf('npm start -- --detatch')).kind).toBe('wrong');
});
