#!/usr/bin/env node
/**
 * The door to every command: `start`, `stop`, `status`, `reset`, `logs`, `doctor`, `test`, `contracts`, `chaos`. Runs on bare Node 20
 * with nothing installed, makes installation and build current, then hands over to `tools/dist` on the Node 24 that npm brought.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { examine, report } from './doctor/doctor.mjs';
import { thisMachine } from './doctor/machine.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const [command = 'start', ...args] = process.argv.slice(2);

/** Commands that change nothing need nothing built, as long as something was built once. */
const stack = (name) => ['tools/dist/stack/cli.js', name];
const commands = {
  start: { examines: true, builds: true, target: stack('start') },
  stop: { target: stack('stop') },
  status: { target: stack('status'), idle: 'status' },
  reset: { target: stack('reset') },
  logs: { target: stack('logs') },
  doctor: {},
  test: { examines: true, builds: true, target: ['tools/dist/test.js'] },
  contracts: { builds: true, target: [`tools/dist/contracts/${args[0] ?? 'generate'}.js`], skipArgs: 1 },
  docs: { builds: true, target: ['tools/dist/docs/generate.js'] },
  tributary: { builds: true, target: ['tools/dist/dlq/cli.js'] },
  sim: { examines: true, builds: true, target: ['proof/dist/sim/cli.js'] },
  chaos: { examines: true, builds: true, target: ['proof/dist/chaos/cli.js'] },
  bench: { examines: true, builds: true, target: ['proof/dist/bench/cli.js'] },
  rebuild: { examines: true, builds: true, target: ['proof/dist/rebuild/cli.js'] },
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(`${command}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  },
);

async function main() {
  const wanted = commands[command];
  if (!wanted) {
    console.error(`There is no command "${command}". There are: ${Object.keys(commands).join(', ')}.`);
    return 2;
  }
  if (command === 'doctor') return doctor({ complete: true });
  if (wanted.examines) {
    const code = await doctor({ complete: false });
    if (code !== 0) return code;
  }
  await makeCurrent(wanted);
  return handOver([...wanted.target, ...args.slice(wanted.skipArgs ?? 0)]);
}

/** Says everything for `npm run doctor`; before another command only what stands in its way. Ports are looked at by `start` itself. */
async function doctor({ complete }) {
  const findings = await examine(thisMachine(root, { withPorts: complete }));
  const bad = findings.filter((finding) => finding.level === 'missing');
  if (complete) console.log(report(findings).join('\n'));
  else if (bad.length > 0) console.error(['This machine cannot run it yet:', ...report(bad)].join('\n'));
  if (complete) console.log(bad.length === 0 ? '\nReady: npm start' : `\n${bad.length} missing`);
  return bad.length === 0 ? 0 : 1;
}

async function makeCurrent({ builds, target }) {
  if (!installed()) {
    if (!builds) throw new Error('nothing is installed here yet. Run `npm start` or `npm ci` first.');
    say('installing packages (npm ci)');
    // Node 20 is too old for some packages, which run on the Node 24 that is being installed: not worth a warning each.
    await must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'installing the packages');
  }
  if (!builds && existsSync(join(root, target[0]))) return;
  await must(node24(), [join(root, 'tools', 'build.mjs')], 'compiling the sources');
  if (builds && command === 'start') await buildWeb();
}

/** Whether node_modules holds what package-lock.json says; npm keeps its own account of what it installed. */
function installed() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const found = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(([path, entry]) => {
      if (!path.includes('node_modules/') || entry.link || entry.optional || entry.devOptional) return true;
      return found[path]?.version === entry.version;
    });
  } catch {
    return false;
  }
}

/** The console's page, when a source is newer than what was built from it. */
async function buildWeb() {
  const web = join(root, 'services', 'console', 'web');
  if (!existsSync(join(web, 'index.html'))) return;
  const output = join(web, 'dist', 'index.html');
  const sources = sourceFiles(web);
  if (existsSync(output) && sources.every((file) => statSync(file).mtimeMs <= statSync(output).mtimeMs)) return;
  say('building the console page');
  rmSync(output, { force: true });
  await must(
    node24(),
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn', web],
    'building the console page',
  );
}

function sourceFiles(folder) {
  const src = join(folder, 'src');
  const nested = existsSync(src) ? readdirSync(src, { recursive: true }).map((file) => join(src, file)) : [];
  return [...nested, join(folder, 'index.html'), join(folder, 'vite.config.ts')].filter((file) => existsSync(file));
}

/** Node 24 from the packages; the one that runs this when npm could not bring it. */
function node24() {
  const own = join(root, 'node_modules', 'node', 'bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

function say(text) {
  console.log(`- ${text}`);
}

async function must(program, programArgs, doing) {
  const code = await run(program, programArgs);
  if (code !== 0) throw new Error(`${doing} ended with code ${code}; what is above says why.`);
}

function handOver(programArgs) {
  return run(node24(), ['--enable-source-maps', join(root, programArgs[0]), ...programArgs.slice(1)]);
}

/** Runs a program in this terminal. Ctrl-C reaches it directly, so this process only waits; a SIGTERM is passed on. */
function run(program, programArgs) {
  return new Promise((resolve, reject) => {
    const bin = join(root, 'node_modules', '.bin');
    const child = spawn(program, programArgs, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PATH: `${bin}:${process.env.PATH ?? ''}` },
    });
    const wait = () => undefined;
    const pass = () => child.kill('SIGTERM');
    process.on('SIGINT', wait).on('SIGTERM', pass);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', pass);
      resolve(signal ? 128 + 15 : (code ?? 1));
    });
  });
}
