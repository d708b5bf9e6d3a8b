#!/usr/bin/env node
/**
 * Entry point of every npm script of the project. Runs on bare Node 20 with nothing installed: checks the command line and prints help
 * (commands/table.mjs), makes installation and build current, then runs the program in `tools/dist` on the Node 24 that npm installed.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerWithoutRunning, understand } from './commands/command-line.mjs';
import { examine, report, runtimeNode } from './doctor/doctor.mjs';
import { thisMachine } from './doctor/machine.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const [command = 'start', ...args] = process.argv.slice(2);

const buildPage = join(root, 'tools', 'build-page.mjs');
/** Commands that start the console, themselves or in one of their parts. */
const servesPage = ['start', 'test', 'proof:security'];

const stack = (name) => ['tools/dist/stack/cli.js', name];
/**
 * What runs a command. `examines`: the machine is checked first. `builds`: installation and build are made current first; the others
 * build only when there is no build at all.
 */
const programs = {
  start: { examines: true, builds: true, target: stack('start') },
  stop: { target: stack('stop') },
  status: { target: stack('status') },
  reset: { target: stack('reset') },
  logs: { target: stack('logs') },
  demo: { target: stack('demo') },
  'sign-in': { target: ['tools/dist/tributary/cli.js', 'sign-in'] },
  token: { target: ['tools/dist/tributary/cli.js', 'token'] },
  'check:targets': { builds: true, target: ['tools/dist/targets/cli.js'] },
  test: { examines: true, builds: true, target: ['tools/dist/test.js'] },
  'contracts:generate': { builds: true, target: ['tools/dist/contracts/generate.js'] },
  'contracts:register': { builds: true, target: ['tools/dist/contracts/register.js'] },
  'docs:generate': { builds: true, target: ['tools/dist/docs/generate.js'] },
  'new:connector': { builds: true, target: ['tools/dist/new-connector/cli.js'] },
  sbom: { builds: true, target: ['tools/dist/supply/cli.js'] },
  release: { builds: true, target: ['tools/dist/release/cli.js'] },
  tributary: { builds: true, target: ['tools/dist/tributary/cli.js'] },
  sim: { examines: true, builds: true, target: ['proof/dist/sim/cli.js'] },
  chaos: { examines: true, builds: true, target: ['proof/dist/chaos/cli.js'] },
  bench: { examines: true, builds: true, target: ['proof/dist/bench/cli.js'] },
  'proof:books': { examines: true, builds: true, target: ['proof/dist/books/cli.js'] },
  'proof:console': { examines: true, builds: true, target: ['proof/dist/console/cli.js'] },
  'proof:contracts': { examines: true, builds: true, target: ['proof/dist/contracts/cli.js'] },
  'proof:connectors': { examines: true, builds: true, target: ['proof/dist/connectors/cli.js'] },
  'proof:helm': { examines: true, builds: true, target: ['proof/dist/helm/cli.js'] },
  'proof:dashboards': { examines: true, builds: true, target: ['proof/dist/dashboards/cli.js'] },
  'proof:alerts': { examines: true, builds: true, target: ['proof/dist/alerts/cli.js'] },
  'proof:security': { examines: true, builds: true, target: ['proof/dist/security/cli.js'] },
  'proof:rebuild': { examines: true, builds: true, target: ['proof/dist/rebuild/cli.js'] },
  'proof:restore': { examines: true, builds: true, target: ['proof/dist/restore/cli.js'] },
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
  const understood = understand([command, ...args]);
  if (understood.kind !== 'run') return answerWithoutRunning(understood);
  if (command === 'doctor') return doctor({ complete: true });
  const program = programs[command];
  if (program?.examines) {
    const code = await doctor({ complete: false });
    if (code !== 0) return code;
  }
  if (command === 'build') return build();
  await makeCurrent(program);
  return handOver([...program.target, ...args]);
}

async function build() {
  await install();
  return (await run(node24(), [join(root, 'tools', 'build.mjs'), ...args])) || run(node24(), [buildPage]);
}

/** Prints all findings for `npm run doctor`; before another command only what is missing. `start` itself checks the ports. */
async function doctor({ complete }) {
  const findings = await examine(thisMachine(root, { withPorts: complete }));
  const bad = findings.filter((finding) => finding.level === 'missing');
  if (complete) console.log(report(findings).join('\n'));
  else if (bad.length > 0) console.error(['This machine cannot run it yet:', ...report(bad)].join('\n'));
  if (complete) console.log(bad.length === 0 ? '\nReady: npm start' : `\n${bad.length} missing`);
  return bad.length === 0 ? 0 : 1;
}

async function makeCurrent({ builds, target }) {
  if (!installed() && !builds) throw new Error('nothing is installed here yet. Run `npm start` or `npm ci` first.');
  await install();
  if (!builds && existsSync(join(root, target[0]))) return;
  await must(node24(), [join(root, 'tools', 'build.mjs')], 'compiling the sources');
  if (builds && servesPage.includes(command)) await must(node24(), [buildPage], 'building the console page');
}

async function install() {
  if (installed()) return;
  say('installing packages (npm ci)');
  // Node 20 is too old for some packages, which run on the Node 24 that is being installed: not worth a warning each.
  await must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'installing the packages');
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

/** Node 24 from the packages; the one that runs this when npm could not bring it and it is new enough. */
function node24() {
  const own = join(root, 'node_modules', 'node', 'bin', 'node');
  return runtimeNode({ own, ownExists: existsSync(own), execPath: process.execPath, nodeVersion: process.version });
}

function say(text) {
  console.error(`- ${text}`);
}

async function must(program, programArgs, doing) {
  const code = await run(program, programArgs);
  if (code !== 0) throw new Error(`${doing} failed with exit code ${code}; the output above says why.`);
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
