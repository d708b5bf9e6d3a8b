import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { copyWorkspace } from '@tributary/local-stack';
import { inserted, npmScriptsIn, pathsIn, stepsOf } from './walk.js';

/**
 * Follows every walk of docs/how-to, and docs/how-to-add-an-erp.md, on a copy of the workspace: creates its files, inserts its lines, runs its commands.
 */
const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/how-to');
const addAnErp = '../how-to-add-an-erp.md';
/** Guides that say how something is set up, and change no file of the workspace. */
const guides = [
  'README.md',
  'notifications.md',
  'sign-in.md',
  'sign-in-at-an-erp.md',
  'database-roles.md',
  'erase-a-customer.md',
  'install-on-a-bad-day.md',
];
const walks = [...readdirSync(folder).filter((name) => name.endsWith('.md') && !guides.includes(name)), addAnErp];
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

it('has the five walks', () => {
  const known = ['add-a-field-to-a-mapping.md', 'add-a-page.md', 'add-a-stripe-event-type.md', 'add-an-alert.md', addAnErp];
  expect([...walks].sort()).toEqual(known.sort());
});

it.each(walks)(
  '%s can be followed to the letter, and ends green',
  (name) => {
    const copy = mkdtempSync(join(tmpdir(), 'tributary-how-to-')); // not below .tributary, which Jest ignores
    copyWorkspace(copy, (file) => !/\.(png|svg)$/.test(file));
    const steps = stepsOf(text(name));
    for (const step of steps) {
      if (step.kind === 'create') {
        expect(existsSync(join(copy, step.file))).toBe(false);
        mkdirSync(dirname(join(copy, step.file)), { recursive: true });
        writeFileSync(join(copy, step.file), step.text);
      } else if (step.kind === 'replace') {
        expect(existsSync(join(copy, step.file))).toBe(true);
        writeFileSync(join(copy, step.file), step.text);
      } else if (step.kind === 'insert') {
        writeFileSync(join(copy, step.file), inserted(readFileSync(join(copy, step.file), 'utf8'), step.after, step.text));
      } else {
        const { TRIBUTARY_TESTS: _integration, ...env } = process.env; // the walk's tests are unit tests
        const run = spawnSync(step.command, { cwd: copy, encoding: 'utf8', shell: true, env });
        expect({ command: step.command, status: run.status, output: run.status === 0 ? '' : run.stdout + run.stderr }).toEqual({
          command: step.command,
          status: 0,
          output: '',
        });
      }
    }
    expect(steps.some(({ kind }) => kind === 'insert' || kind === 'replace')).toBe(true);
    expect(steps.some(({ kind }) => kind === 'run')).toBe(true);
    rmSync(copy, { recursive: true, force: true });
  },
  240_000,
);

it.each([
  ...walks.map((name) => `docs/how-to/${name}`),
  'docs/how-to/sign-in.md',
  'docs/how-to/sign-in-at-an-erp.md',
  'docs/how-to/database-roles.md',
  'docs/how-to/notifications.md',
  'docs/how-to/install-on-a-bad-day.md',
  'CONTRIBUTING.md',
])('%s names only paths and commands that exist', (path) => {
  const markdown = readFileSync(join(root, path), 'utf8');
  const created = new Set(
    path.startsWith('docs/how-to') ? stepsOf(markdown).flatMap((step) => (step.kind === 'create' ? [step.file] : [])) : [],
  );
  // What `npm run new:connector` makes is checked by the walk itself, which replaces and runs it.
  const made = path.endsWith('how-to-add-an-erp.md') ? /^(libs\/connectors|assets|docs\/reference)\/tallybook/ : /(?!)/;
  expect(pathsIn(markdown).filter((named) => !created.has(named) && !made.test(named) && !existsSync(join(root, named)))).toEqual([]);
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  expect(npmScriptsIn(markdown).filter((script) => !['install', 'ci'].includes(script) && !Object.hasOwn(scripts, script))).toEqual([]);
});

it('notices a walk that became wrong', () => {
  expect(() => inserted('a\nb', 'c', 'x')).toThrow('no line contains "c"');
  expect(inserted('a\nb\nb', 'b', 'x\n')).toBe('a\nb\nx\nb');
  expect(() => stepsOf('```ts\nx\n```\n')).toThrow('neither create, replace, insert nor sh');
  expect(pathsIn('`libs/nothing/here.ts`')).toEqual(['libs/nothing/here.ts']);
  expect(npmScriptsIn('`npm run nothing:here` and `npm test -- --only x`')).toEqual(['nothing:here', 'test']);
});
