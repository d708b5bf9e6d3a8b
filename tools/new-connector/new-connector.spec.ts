import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { makeConnector, NoConnectorMadeError } from './make.js';
import { nameProblem, namesOf } from './names.js';
import { registrations } from './register.js';
import { skeletonFiles } from './skeleton.js';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

it.each([
  ['', 'is no name'],
  ['My-Ledger', 'is no name'],
  ['1c', 'is no name'],
  ['a--b', 'is no name'],
  ['a-', 'is no name'],
  ['../evil', 'is no name'],
  ['a/b', 'is no name'],
  ['ledger\n', 'is no name'],
  ['x'.repeat(41), 'is no name'],
  ['registry', 'is reserved'],
  ['kit', 'is reserved'],
  ['delete', 'is reserved'],
  ['prophet21', 'is taken: there are prophet21'],
])('refuses the name %j: it %s', (name, problem) => {
  expect(nameProblem(name, ['prophet21'])).toContain(problem);
});

it('writes nothing for a name that is taken', async () => {
  const before = read('package-lock.json');
  await expect(makeConnector(root, 'prophet21')).rejects.toThrow(NoConnectorMadeError);
  await expect(makeConnector(root, 'shared')).rejects.toThrow('"shared" is taken');
  expect(read('package-lock.json')).toBe(before);
});

it('has all forms of a name', () => {
  expect(namesOf('my-ledger')).toEqual({ kebab: 'my-ledger', pascal: 'MyLedger', camel: 'myLedger', upper: 'MY_LEDGER' });
});

it('leaves no placeholder behind, and marks every assumption', () => {
  const files = skeletonFiles(root, namesOf('my-ledger'));
  for (const [path, text] of files) expect([path, /__\w+__/.exec(`${path}\n${text}`)]).toEqual([path, null]);
  expect(files.get('libs/connectors/my-ledger/src/my-ledger.config.ts')).toContain('MY_LEDGER_URL');
  expect(files.get('docs/reference/my-ledger.md')?.match(/Assumed:/g)).toHaveLength(3);
  expect([...files.keys()].filter((path) => existsSync(join(root, path)))).toEqual([]);
});

it('names a connector in the registry, the shapes, the lock file and the dictionary', () => {
  const changed = registrations(read, namesOf('my-ledger'));
  expect(changed.get('libs/connectors/registry/src/target-registry.ts')).toContain('restTarget, myLedgerTarget]');
  expect(changed.get('libs/connectors/registry/src/shapes.ts')).toContain('...rest, ...myLedger]');
  const lock = JSON.parse(changed.get('package-lock.json') as string) as { packages: Record<string, unknown> };
  expect(lock.packages['node_modules/@tributary/connector-my-ledger']).toEqual({ resolved: 'libs/connectors/my-ledger', link: true });
  // As npm wrote the entry of a connector that is there.
  const existing = JSON.parse(read('package-lock.json')) as { packages: Record<string, unknown> };
  expect(lock.packages['libs/connectors/my-ledger']).toEqual({
    ...(existing.packages['libs/connectors/rest'] as object),
    name: '@tributary/connector-my-ledger',
  });
});

it('says which file has no place to name a connector', () => {
  expect(() => registrations(() => 'nothing', namesOf('my-ledger'))).toThrow('target-registry.ts: no place like');
});
