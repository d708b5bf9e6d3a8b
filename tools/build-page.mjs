#!/usr/bin/env node
/**
 * Builds the console's page into `services/console/web/dist` when one of its sources is newer than what was built.
 * `npm start` and `npm test` do it first, so that services and tests that run side by side afterwards find it whole and leave it alone.
 * `node tools/build-page.mjs`
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const web = join(root, 'services', 'console', 'web');
const output = join(web, 'dist', 'index.html');

if (existsSync(join(web, 'index.html')) && !isCurrent()) {
  console.error('- building the console page');
  rmSync(output, { force: true });
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  // What ships, also where a test builds it: in development React draws everything twice.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn', web], { cwd: root, stdio: 'inherit', env });
  process.exitCode = status ?? 1;
}

function isCurrent() {
  if (!existsSync(output)) return false;
  const built = statSync(output).mtimeMs;
  return sources().every((file) => statSync(file).mtimeMs <= built);
}

/** The page's own files, the routes and shapes of the API that it imports, and the versions of its packages. */
function sources() {
  const nested = [join(web, 'src'), join(root, 'services', 'console', 'src'), join(root, 'libs', 'contracts', 'src')].flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((file) => join(folder, file)),
  );
  return [...nested, join(web, 'index.html'), join(web, 'vite.config.ts'), join(root, 'package-lock.json')].filter((file) =>
    existsSync(file),
  );
}
