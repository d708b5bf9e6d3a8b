import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ConfigurationError } from './configuration-error.js';
import { demoSecrets, refuseDemoSecrets } from './demo-secrets.js';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'demo-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const production = [{ NODE_ENV: 'production' }, { TRIBUTARY_ENVIRONMENT: 'prod' }];
/** A name of a variable that is no file, and no variable that says whether this is production. */
const variable = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}_(?:PASSWORD|KEY|URL|ENDPOINTS)$/);

it('PROPERTY: in production every variable that holds a secret of the demo is refused by its name', () => {
  fc.assert(
    fc.property(variable, fc.constantFrom(...demoSecrets), fc.constantFrom(...production), fc.string(), (name, secret, where, around) => {
      const env = { ...where, OTHER: 'own-secret-7f3a', [name]: `${around}${secret}${around}` };
      expect(() => refuseDemoSecrets(env)).toThrow(ConfigurationError);
      expect(() => refuseDemoSecrets(env)).toThrow(`${name} has the public secret of the demo, in production`);
      expect(() => refuseDemoSecrets(env)).not.toThrow('own-secret-7f3a');
      expect(() => refuseDemoSecrets({ [name]: secret })).not.toThrow();
      expect(() => refuseDemoSecrets({ ...env, [name]: 'own' })).not.toThrow();
    }),
  );
});

it('looks into the files that variables name, and leaves those alone that cannot be read', () => {
  const file = join(folder, 'password');
  writeFileSync(file, 'demo-password\n');
  expect(() => refuseDemoSecrets({ NODE_ENV: 'production', SL_PASSWORD_FILE: file })).toThrow('SL_PASSWORD_FILE has the public secret');
  expect(() => refuseDemoSecrets({ NODE_ENV: 'production', SL_PASSWORD_FILE: join(folder, 'none') })).not.toThrow();
});

it('names every variable at once', () => {
  const env = { NODE_ENV: 'production', A_KEY: 'demo-api-key', DATABASE_URL: 'postgresql://tributary:demo-password@db/tributary' };
  expect(() => refuseDemoSecrets(env)).toThrow(/A_KEY[^]*DATABASE_URL/);
});

/** Texts in the sources of the stack and the emulators that look like a secret of the demo. */
const looksLikeOne = /\b(?:demo-[a-z-]*(?:password|key|secret|token)|(?:whsec|sk_test|rk_test)_demo_\w*)/g;

it('knows every secret of the demo that is in the repository', () => {
  const files = execFileSync(
    'git',
    ['ls-files', '.env.demo', 'docker-compose.yml', 'tools/stack', 'emulators/*/src', 'libs/local-stack/src'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
    .split('\n')
    .filter((path) => path !== '');
  const found = new Set(files.flatMap((path) => readFileSync(join(root, path), 'utf8').match(looksLikeOne) ?? []));
  expect([...found].filter((text) => !demoSecrets.some((secret) => text.includes(secret)))).toEqual([]);
  expect(found.size).toBeGreaterThan(5);
});

it('is asked by every service, at the one place where services start', () => {
  expect(readFileSync(join(root, 'libs/platform/src/run-service.ts'), 'utf8')).toContain('refuseDemoSecrets(process.env);');
  const mains = execFileSync('git', ['ls-files', 'services/*/src/main.ts'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  expect(mains).toHaveLength(5);
  for (const main of mains) expect(readFileSync(join(root, main), 'utf8')).toContain('await runService(');
});
