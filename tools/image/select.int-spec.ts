import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { productionPrograms, reachableFiles } from './reachable.js';
import { selectFiles, workspacePackages } from './select.js';

const image = mkdtempSync(join(tmpdir(), 'image-'));
afterAll(() => rmSync(image, { recursive: true, force: true }));

beforeAll(() => {
  selectFiles(image);
  cpSync(join(root, 'package.json'), join(image, 'package.json'));
  cpSync(join(root, 'package-lock.json'), join(image, 'package-lock.json'));
  for (const [name, folder] of workspacePackages()) {
    mkdirSync(join(image, folder), { recursive: true });
    cpSync(join(root, folder, 'package.json'), join(image, folder, 'package.json'));
    mkdirSync(dirname(join(image, 'node_modules', name)), { recursive: true });
    symlinkSync(join(image, folder), join(image, 'node_modules', name));
  }
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@tributary' && !name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(image, 'node_modules', name));
});

it('holds no emulator, no proof, no test and no tool but the one that prepares topics and schemas', () => {
  const files = globSync('**/*.js', { cwd: image, exclude: (path) => path.includes('node_modules') });
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => /^(?:emulators|proof|libs\/local-stack)\/|testing\/|conformance\/|spec\.js$/.test(file))).toEqual([]);
  expect(new Set(files.filter((file) => file.startsWith('tools/')).map((file) => dirname(file)))).toEqual(
    new Set(['tools/dist/stack', 'tools/dist/contracts']),
  );
});

it.each(productionPrograms.filter((program) => program.endsWith('main.js') && !/\/(rebuild|audit)\//.test(program)))(
  '%s finds all that it imports, and asks for its configuration',
  (program) => {
    const run = spawnSync(process.execPath, [join(image, program)], { encoding: 'utf8', env: { HTTP_PORT: 'none' }, timeout: 60_000 });
    expect(run.stderr).toContain('the configuration is not usable');
    expect(run.status).toBe(78);
  },
  90_000,
);

it('the command that verifies the audit trail finds all that it imports, and asks what to do', () => {
  const run = spawnSync(process.execPath, [join(image, 'services/recon/dist/audit/main.js')], { encoding: 'utf8', timeout: 60_000 });
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('Verifies the audit trail')]);
}, 90_000);

it('holds the files that programs read while they run', () => {
  expect(globSync('libs/connectors/rest/services/*.yaml', { cwd: image })).not.toEqual([]);
  expect(globSync('assets/**/*.yaml', { cwd: image }).length).toBeGreaterThan(10);
  const relative = reachableFiles(root, productionPrograms, workspacePackages()).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/new URL\(['"](\.[^'"]+)['"], import\.meta\.url\)/g)].map((match) =>
      join(image, dirname(file), match[1] as string),
    ),
  );
  expect(relative.length).toBeGreaterThan(0);
  expect(relative.filter((path) => !existsSync(path))).toEqual([]);
});

it('says which file is imported and not built', () => {
  expect(() => reachableFiles(root, ['services/ingest/dist/nowhere.js'], new Map())).toThrow(
    'services/ingest/dist/nowhere.js is imported and not built',
  );
});
