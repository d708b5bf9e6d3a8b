import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { portVariable } from './ports.mjs';

/**
 * Looks whether this machine can run the stack, and says what is missing, what it is for and how to get it. Runs on bare Node 20
 * with nothing installed.
 */
export const minimum = Object.freeze({ node: 20, runtime: 24, java: 17, freeBytes: 3 * 1024 ** 3, memoryBytes: 4 * 1024 ** 3 });

const commandTimeoutMs = 20_000;
const gib = (bytes) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

/** How each tool is installed, by the system's own package manager. */
const packages = {
  node: { debian: 'nodejs', homebrew: 'node@24' },
  java: { debian: 'openjdk-17-jre-headless', homebrew: 'openjdk@17' },
  maven: { debian: 'maven', homebrew: 'maven' },
  git: { debian: 'git', homebrew: 'git' },
  tar: { debian: 'tar', homebrew: 'gnu-tar' },
};

export function howToGet(tool, platform) {
  const names = packages[tool];
  const debian = `Debian, Ubuntu, WSL: sudo apt-get install ${names.debian}`;
  const mac = `macOS: brew install ${names.homebrew}`;
  if (platform === 'darwin') return [mac];
  if (platform === 'win32')
    return [
      'Windows: in an administrator PowerShell `wsl --install -d Ubuntu`, then in the Ubuntu window:',
      `  sudo apt-get install ${names.debian}`,
    ];
  return [debian, mac];
}

/** @param {import('./doctor.mjs').Machine} machine @returns {Promise<import('./doctor.mjs').Finding[]>} */
export async function examine(machine) {
  const findings = [
    judgePlatform(machine),
    judgeNode(machine),
    judgeJava(machine),
    judgeMaven(machine),
    judgeGit(machine),
    judgeDisk(machine),
    judgeMemory(machine),
  ].filter(Boolean);
  for (const [name, port] of Object.entries(machine.ports)) {
    const finding = await judgePort(machine, name, port);
    if (finding) findings.push(finding);
  }
  return findings;
}

const good = (name, says) => ({ name, level: 'ok', says, fix: [] });
const missing = (name, says, fix) => ({ name, level: 'missing', says, fix });
const warning = (name, says, fix) => ({ name, level: 'warning', says, fix });

function judgePlatform({ platform }) {
  if (platform !== 'win32') return undefined;
  return missing('system', 'Windows itself cannot run the stack (it sends Unix signals to drain services); WSL can.', [
    'In an administrator PowerShell: wsl --install -d Ubuntu',
    'Then clone into the Linux home folder, not under /mnt/c, and run npm start there.',
  ]);
}

export function judgeNode({ nodeVersion, platform }) {
  const major = Number(nodeVersion.replace(/^v/, '').split('.')[0]);
  if (major >= minimum.node) return good('node', `Node ${nodeVersion}`);
  return missing(
    'node',
    `Node ${nodeVersion} found, ${minimum.node} or newer is needed to install; the services then run on the Node 24 that npm brings.`,
    howToGet('node', platform),
  );
}

/**
 * The Node that runs the product: the one that npm installed, else the one that runs this.
 * @throws {Error} which says what to do: there is none, and the one that runs this is too old.
 */
export function runtimeNode({ own, ownExists, execPath, nodeVersion }) {
  if (ownExists) return own;
  if (Number(nodeVersion.replace(/^v/, '').split('.')[0]) >= minimum.runtime) return execPath;
  throw new Error(
    [
      `The product runs on Node ${minimum.runtime}; this is ${nodeVersion}, and the one that npm brings is not in node_modules.`,
      'The packages were installed without their install scripts (ignore-scripts). Run `npm ci --ignore-scripts=false`, then the command again.',
    ].join('\n'),
  );
}

/** Reads `java -version`: 1.8.0_392 is 8, 17.0.15 is 17, 21-ea is 21. */
export function javaMajor(text) {
  const version = /version "([^"]+)"/.exec(text)?.[1];
  if (!version) return undefined;
  const [first, second] = version.split(/[.\-+_]/);
  return Number(first === '1' ? second : first);
}

export function judgeJava({ env, platform }) {
  const home = env.JAVA_HOME;
  if (home && !existsSync(join(home, 'bin', 'java'))) {
    return missing('java', `JAVA_HOME is ${home}, and there is no bin/java in it. Kafka and the schema registry run on Java.`, [
      'Unset JAVA_HOME, or point it at a Java 17 or newer.',
      ...howToGet('java', platform),
    ]);
  }
  const command = home ? join(home, 'bin', 'java') : 'java';
  const answer = run(command, ['-version'], env);
  const major = answer && javaMajor(answer.text);
  if (!major) {
    return missing(
      'java',
      `There is no Java${home ? ' that answers in JAVA_HOME' : ' on the PATH'}. Kafka and the schema registry run on Java ${minimum.java} or newer.`,
      howToGet('java', platform),
    );
  }
  const where = home ? `JAVA_HOME ${home}` : 'on the PATH';
  if (major < minimum.java) {
    return missing('java', `Java ${major} found (${where}), ${minimum.java} or newer is needed by Kafka and the schema registry.`, [
      ...howToGet('java', platform),
      'Several installed? Point JAVA_HOME at the newer one.',
    ]);
  }
  return good('java', `Java ${major} (${where})`);
}

/** Maven is needed until its downloads are in the cache. */
export function judgeMaven({ env, platform, downloadsCached }) {
  const answer = run('mvn', ['-v'], env);
  const version = answer && /Apache Maven (\S+)/.exec(answer.text)?.[1];
  if (version) return good('maven', `Maven ${version.replaceAll(/\u001b\[[0-9;]*m/g, '')}`);
  const reason = 'Kafka and the schema registry are downloaded with it.';
  if (downloadsCached)
    return warning('maven', `There is no Maven on the PATH. Not needed now: the downloads are in .tributary/cache. ${reason}`, []);
  return missing('maven', `There is no Maven on the PATH. ${reason}`, howToGet('maven', platform));
}

export function judgeGit({ env, platform }) {
  const answer = run('git', ['--version'], env);
  const version = answer && /git version (\S+)/.exec(answer.text)?.[1];
  if (version) return good('git', `Git ${version}`);
  return warning('git', 'There is no Git on the PATH. The stack runs without; npm test needs it.', howToGet('git', platform));
}

export function judgeDisk({ freeBytes, root }) {
  if (freeBytes >= minimum.freeBytes) return good('disk', `${gib(freeBytes)} free`);
  return missing(
    'disk',
    `${gib(freeBytes)} are free where ${root} lies; packages, downloads, topics and database take up to ${gib(minimum.freeBytes)}.`,
    ['Free some space, or clone to a larger disk. npm run reset gives back what an earlier run stored.'],
  );
}

export function judgeMemory({ memoryBytes }) {
  if (memoryBytes >= minimum.memoryBytes) return good('memory', `${gib(memoryBytes)} of memory`);
  return warning(
    'memory',
    `This machine has ${gib(memoryBytes)} of memory; the stack takes about 2 GiB and is comfortable from ${gib(minimum.memoryBytes)}.`,
    ['Close other programs, or give the virtual machine more memory.'],
  );
}

export async function judgePort({ portOwner, ownProcess }, name, port) {
  const owner = await portOwner(port);
  if (!owner) return undefined;
  if (owner.pid !== undefined && ownProcess(owner.pid)) return undefined;
  return missing(`port ${port}`, portTaken(name, owner), [freePort(name, owner)]);
}

/** One sentence on a taken port; the start command says the same. */
export function portTaken(name, owner) {
  const who =
    owner.pid === undefined ? 'a process that this user may not see' : `process ${owner.pid} (${owner.command || 'unknown command'})`;
  return `Port ${owner.port}, wanted by ${name}, is taken by ${who}.`;
}

export function freePort(name, owner) {
  const end =
    owner.pid === undefined
      ? `Find it with \`sudo lsof -iTCP:${owner.port} -sTCP:LISTEN\` and end it`
      : `End it with \`kill ${owner.pid}\``;
  return `${end}, or choose another port: ${portVariable(name)}=<port> npm start`;
}

/** stdout and stderr of a command, or undefined when there is none or it fails. */
function run(command, args, env) {
  const result = spawnSync(command, args, { env, encoding: 'utf8', timeout: commandTimeoutMs });
  if (result.error || result.status !== 0) return undefined;
  return { text: `${result.stdout}${result.stderr}` };
}

/** The findings as lines for people. */
export function report(findings) {
  const mark = { ok: 'ok      ', warning: 'warning ', missing: 'MISSING ' };
  return findings.flatMap(({ level, says, fix }) => [`${mark[level]}${says}`, ...fix.map((line) => `          ${line}`)]);
}
