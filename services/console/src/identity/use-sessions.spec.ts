import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSomebodys } from './use-sessions.js';

const root = join(import.meta.dirname, '..');
const controllers = globSync('**/*.controller.ts', { cwd: root }).flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^@Controller\('([^']*)'\)/gm)].map(([, path = '']) => path),
);

it('finds out who asks, for the path of every controller', () => {
  expect(controllers.length).toBeGreaterThan(10);
  expect(controllers.filter((path) => !isSomebodys(`/${path}`) || !isSomebodys(`/${path}/x`) || !isSomebodys(`/${path}?x=1`))).toEqual([]);
});

it.each(['/', '/payments', '/assets/index.js', '/settings', '/apis', '/ready'])('asks nobody who they are for %s', (path) => {
  expect(isSomebodys(path)).toBe(false);
});
