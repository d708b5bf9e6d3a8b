#!/usr/bin/env node
/**
 * Adds the optional, platform-specific packages to package-lock.json that the registry in use did not serve.
 *
 * npm leaves an optional dependency out of the lock file when its manifest cannot be read, and `npm ci` then refuses the
 * lock file on every machine. The entries added here carry version, os and cpu (read off the package's name), so other
 * platforms install what this lock file could not see. Then every entry without an integrity hash gets the one that the
 * registry publishes. Run it after every `npm install`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const systems = {
  darwin: 'darwin',
  linux: 'linux',
  win32: 'win32',
  android: 'android',
  freebsd: 'freebsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  aix: 'aix',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  wasm32: 'wasm',
};
const processors = {
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  arm: 'arm',
  ppc64: 'ppc64',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loong64',
  wasm32: 'wasm32',
};

let added = 0;
for (const [path, entry] of Object.entries({ ...lock.packages })) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    if (lock.packages[nested] || lock.packages[`node_modules/${name}`]) continue;
    const parts = name.split(/[-/]/);
    const os = parts.find((part) => part in systems);
    const cpu = parts.find((part) => part in processors);
    if (!os && !cpu) {
      console.error(`complete-lockfile: ${name} is missing and its name says no platform; left alone`);
      continue;
    }
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[^0-9]*/, ''),
      ...(cpu ? { cpu: [processors[cpu]] } : {}),
      license: 'SEE LICENSE IN PACKAGE',
      optional: true,
      ...(entry.dev ? { dev: true } : {}),
      ...(os && os in systems && os !== 'wasm32' ? { os: [systems[os]] } : {}),
    };
    added += 1;
  }
}
for (const [path, entry] of Object.entries(lock.packages)) {
  if (!path.includes('node_modules/') || entry.link || entry.integrity) continue;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const hash = integrityOf(`${name}@${entry.version}`);
  if (hash) entry.integrity = hash;
  else console.error(`complete-lockfile: the registry in use has no ${name}@${entry.version}; its entry stays without an integrity hash`);
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`complete-lockfile: ${added} optional platform packages added`);

/** Published hash of a package; undefined when the registry in use does not have it. */
function integrityOf(spec) {
  try {
    return execFileSync('npm', ['view', spec, 'dist.integrity'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
