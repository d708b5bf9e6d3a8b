import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  examine,
  javaMajor,
  judgeDisk,
  judgeGit,
  judgeJava,
  judgeMaven,
  judgeMemory,
  judgeNode,
  judgePort,
  report,
  runtimeNode,
} from '#doctor/doctor.mjs';
import type { Machine } from '#doctor/doctor.mjs';
import { portsFrom } from '#doctor/ports.mjs';

let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

/** A program on the fake PATH that prints and ends. */
function program(name: string, output: string, exitCode = 0, folder = bin): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' '${output}' >&2\nexit ${exitCode}\n`);
  chmodSync(file, 0o755);
}

function machine(changes: Partial<Machine> = {}): Machine {
  return {
    env: { PATH: bin },
    platform: 'linux',
    nodeVersion: 'v24.21.0',
    freeBytes: 50 * 1024 ** 3,
    memoryBytes: 16 * 1024 ** 3,
    root: '/somewhere',
    downloadsCached: false,
    ports: {},
    portOwner: async () => undefined,
    ownProcess: () => false,
    ...changes,
  };
}

it('says that all is there', async () => {
  program('java', 'openjdk version "17.0.15" 2025-04-15');
  program('mvn', 'Apache Maven 3.8.7');
  program('git', 'git version 2.39.5');
  const findings = await examine(machine());
  expect(findings.map(({ level, says }) => `${level}: ${says}`)).toEqual([
    'ok: Node v24.21.0',
    'ok: Java 17 (on the PATH)',
    'ok: Maven 3.8.7',
    'ok: Git 2.39.5',
    'ok: 50.0 GiB free',
    'ok: 16.0 GiB of memory',
  ]);
});

it('says that there is no Java, what it is for, and how to get it', () => {
  const finding = judgeJava(machine());
  expect(finding.level).toBe('missing');
  expect(finding.says).toBe('There is no Java on the PATH. Kafka and the schema registry run on Java 17 or newer.');
  expect(finding.fix).toEqual(['Debian, Ubuntu, WSL: sudo apt-get install openjdk-17-jre-headless', 'macOS: brew install openjdk@17']);
});

it.each([
  [{ ownExists: true, nodeVersion: 'v20.20.2' }, '/w/node'],
  [{ ownExists: true, nodeVersion: 'v26.0.0' }, '/w/node'],
  [{ ownExists: false, nodeVersion: 'v24.0.0' }, '/usr/bin/node'],
  [{ ownExists: false, nodeVersion: 'v26.1.0' }, '/usr/bin/node'],
])('runs the product on the Node of npm, else on the one that is there: %j', (places, expected) => {
  expect(runtimeNode({ own: '/w/node', execPath: '/usr/bin/node', ...places })).toBe(expected);
});

it.each(['v20.20.2', 'v22.11.0'])('says what to do when install scripts did not run and Node is %s', (nodeVersion) => {
  const places = { own: '/w/node', ownExists: false, execPath: '/usr/bin/node', nodeVersion };
  expect(() => runtimeNode(places)).toThrow(/runs on Node 24; this is v2[02].*\n.*Run `npm ci --ignore-scripts=false`/);
});

it('takes a launcher that finds no Java runtime for no Java', () => {
  program('java', 'The operation couldn’t be completed. Unable to locate a Java Runtime.', 1);
  expect(judgeJava(machine({ platform: 'darwin' }))).toMatchObject({ level: 'missing', fix: ['macOS: brew install openjdk@17'] });
});

it('says which Java is too old', () => {
  program('java', 'openjdk version "11.0.22" 2024-01-16');
  expect(judgeJava(machine())).toMatchObject({
    level: 'missing',
    says: 'Java 11 found (on the PATH), 17 or newer is needed by Kafka and the schema registry.',
  });
});

it('asks the Java of JAVA_HOME, not the one on the PATH', () => {
  const home = join(bin, 'old');
  program('java', 'openjdk version "17.0.15"');
  program('java', 'java version "1.8.0_392"', 0, join(home, 'bin'));
  expect(judgeJava(machine({ env: { PATH: bin, JAVA_HOME: home } })).says).toContain(`Java 8 found (JAVA_HOME ${home})`);
});

it('says that JAVA_HOME points nowhere', () => {
  const finding = judgeJava(machine({ env: { PATH: bin, JAVA_HOME: '/nowhere' } }));
  expect(finding.says).toBe('JAVA_HOME is /nowhere, and there is no bin/java in it. Kafka and the schema registry run on Java.');
  expect(finding.fix[0]).toBe('Unset JAVA_HOME, or point it at a Java 17 or newer.');
});

it.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_392"', 8],
  ['openjdk version "21-ea" 2023-09-19', 21],
  ['openjdk version "25" 2025-09-16', 25],
  ['command not found', undefined],
])('reads %s as %s', (text, major) => {
  expect(javaMajor(text)).toBe(major);
});

it('says that there is no Maven, and how to get it', () => {
  expect(judgeMaven(machine())).toEqual({
    name: 'maven',
    level: 'missing',
    says: 'There is no Maven on the PATH. Kafka and the schema registry are downloaded with it.',
    fix: ['Debian, Ubuntu, WSL: sudo apt-get install maven', 'macOS: brew install maven'],
  });
});

it('does without Maven when the downloads are there', () => {
  expect(judgeMaven(machine({ downloadsCached: true })).level).toBe('warning');
});

it('only warns about Git', () => {
  expect(judgeGit(machine())).toMatchObject({
    level: 'warning',
    says: 'There is no Git on the PATH. The stack runs without; npm test needs it.',
  });
});

it('says that Node is too old', () => {
  expect(judgeNode(machine({ nodeVersion: 'v18.20.4' }))).toMatchObject({
    level: 'missing',
    says: 'Node v18.20.4 found, 20 or newer is needed to install; the services then run on the Node 24 that npm brings.',
  });
});

it('says how much disk is free and how much is needed', () => {
  expect(judgeDisk(machine({ freeBytes: 1.5 * 1024 ** 3 }))).toMatchObject({
    level: 'missing',
    says: '1.5 GiB are free where /somewhere lies; packages, downloads, topics and database take up to 3.0 GiB.',
  });
});

it('warns about little memory', () => {
  expect(judgeMemory(machine({ memoryBytes: 2 * 1024 ** 3 })).says).toContain('This machine has 2.0 GiB of memory');
});

it('says which process has a port, and how to free it or to take another one', async () => {
  const taken = machine({ portOwner: async (port) => ({ port, pid: 4711, command: 'python3 -m http.server 4000' }) });
  expect(await judgePort(taken, 'console', 4000)).toMatchObject({
    level: 'missing',
    says: 'Port 4000, wanted by console, is taken by process 4711 (python3 -m http.server 4000).',
    fix: ['End it with `kill 4711`, or choose another port: TRIBUTARY_PORT_CONSOLE=<port> npm start'],
  });
});

it('says what it can about a port whose owner it may not see', async () => {
  const finding = await judgePort(machine({ portOwner: async (port) => ({ port }) }), 'emulator-stripe', 4242);
  expect(finding?.says).toBe('Port 4242, wanted by emulator-stripe, is taken by a process that this user may not see.');
  expect(finding?.fix[0]).toContain('TRIBUTARY_PORT_EMULATOR_STRIPE=<port> npm start');
});

it('has nothing against a port that its own stack holds', async () => {
  const own = machine({ portOwner: async (port) => ({ port, pid: 12 }), ownProcess: (pid) => pid === 12 });
  expect(await judgePort(own, 'kafka', 19192)).toBeUndefined();
});

it('sends Windows to WSL', async () => {
  const [first] = await examine(machine({ platform: 'win32' }));
  expect(first?.fix[0]).toBe('In an administrator PowerShell: wsl --install -d Ubuntu');
});

it('reports one line per finding with the remedy below', () => {
  expect(report([judgeMaven(machine())])).toEqual([
    'MISSING There is no Maven on the PATH. Kafka and the schema registry are downloaded with it.',
    '          Debian, Ubuntu, WSL: sudo apt-get install maven',
    '          macOS: brew install maven',
  ]);
});

describe('ports of the stack', () => {
  it('has the documented defaults', () => {
    expect(portsFrom({})).toMatchObject({
      console: 4000,
      ingest: 4010,
      'emulator-stripe': 4242,
      kafka: 19192,
      registry: 18181,
      postgres: 15532,
    });
  });

  it('takes any of them from the environment', () => {
    expect(portsFrom({ TRIBUTARY_PORT_ERP_SINK: '5030' })['erp-sink']).toBe(5030);
  });

  it('names every wrong one at once', () => {
    expect(() => portsFrom({ TRIBUTARY_PORT_CONSOLE: 'x', TRIBUTARY_PORT_KAFKA: '70000' })).toThrow(
      /TRIBUTARY_PORT_CONSOLE="x" is no port number; TRIBUTARY_PORT_KAFKA="70000" is no port number/,
    );
  });

  it('refuses two services on one port', () => {
    expect(() => portsFrom({ TRIBUTARY_PORT_INGEST: '4000' })).toThrow('ingest and console are both on port 4000');
  });
});
