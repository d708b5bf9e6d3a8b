import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.js';
import { withLock } from './lock.js';
import { identityOf, isAlive, processesMarked, startTimeOf } from './process-identity.js';
import { workspaceRoot } from './workspace.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'child-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sleeper = { name: 'sleeper', command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'] };

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a child', () => {
  it('dies with a parent that is killed, and the folder that was announced goes too', async () => {
    execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot });
    const support = join(workspaceRoot, 'libs/local-stack/dist/index.js');
    const doomed = join(folder, 'with a space');
    mkdirSync(doomed);
    const program = `
      const { Child, guard } = await import(${JSON.stringify(support)});
      guard.addFolder(${JSON.stringify(doomed)});
      const child = await Child.start({ name: 'x', command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'], logFile: ${JSON.stringify(join(folder, 'x.log'))} });
      console.log(child.identity.pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', (chunk) => resolve(String(chunk)))));
    const child = identityOf(pid);
    expect(child && isAlive(child)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !(child && isAlive(child)));
    expect(child && isAlive(child)).toBe(false);
    await until(() => !fileExists(doomed));
    expect(fileExists(doomed)).toBe(false);
  });

  it('is told once to end, and killed when it does not', async () => {
    const program = "let n = 0; process.on('SIGTERM', () => console.log('told', ++n)); setInterval(() => {}, 1000); console.log('up');";
    const child = await Child.start({ ...sleeper, args: ['-e', program], logFile: join(folder, 'log') });
    await child.readyWhen(async () => child.logTail().includes('up'), 5_000);
    expect(await child.stop(300)).toEqual({ code: null, signal: 'SIGKILL' });
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('up\ntold 1\n');
  });

  it('is not ready when it ends first; its log is quoted', async () => {
    const child = await Child.start({
      ...sleeper,
      args: ['-e', "console.error('no such table'); process.exit(3)"],
      logFile: join(folder, 'log'),
    });
    await expect(child.readyWhen(async () => false, 5_000)).rejects.toThrow(
      /starting sleeper: it ended with code 3 before it was ready[\s\S]*no such table/,
    );
  });

  it('says which command is not there', async () => {
    await expect(Child.start({ ...sleeper, command: '/no/such/program', logFile: join(folder, 'log') })).rejects.toThrow(
      'starting sleeper with /no/such/program',
    );
  });
});

describe('the identity of a process', () => {
  it('is its id and its start time, so that a reused id is another process', async () => {
    const child = await Child.start({ ...sleeper, logFile: join(folder, 'log') });
    expect(isAlive(child.identity)).toBe(true);
    expect(isAlive({ ...child.identity, startTime: '1' })).toBe(false);
    await child.kill9();
    expect(isAlive(child.identity)).toBe(false);
    expect(startTimeOf(child.identity.pid)).toBeUndefined();
  });

  it('is found by a mark in its environment', async () => {
    const child = await Child.start({ ...sleeper, env: { PATH: process.env.PATH, MARK: folder }, logFile: join(folder, 'log') });
    expect(processesMarked('MARK', folder)).toEqual([child.identity]);
    expect(processesMarked('MARK', `${folder}/`)).toEqual([]);
    await child.kill9();
    expect(processesMarked('MARK', folder)).toEqual([]);
  });
});

describe('a lock', () => {
  it('lets one at a time pass', async () => {
    let inside = 0;
    const most: number[] = [];
    const work = async (): Promise<void> => {
      inside += 1;
      most.push(inside);
      await new Promise((resolve) => setTimeout(resolve, 30));
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(join(folder, 'lock'), 5_000, work)));
    expect(most).toEqual([1, 1, 1]);
  });

  it('is taken over from a process that is dead', async () => {
    mkdirSync(join(folder, 'lock'));
    writeFileSync(join(folder, 'lock', 'owner.json'), JSON.stringify({ pid: process.pid, startTime: '1' }));
    expect(await withLock(join(folder, 'lock'), 1_000, async () => 'done')).toBe('done');
  });

  it('says who holds it when time is up', async () => {
    mkdirSync(join(folder, 'lock'));
    writeFileSync(join(folder, 'lock', 'owner.json'), JSON.stringify(identityOf(process.pid)));
    await expect(withLock(join(folder, 'lock'), 300, async () => 'done')).rejects.toThrow(`process ${process.pid} has held it`);
  });
});

function fileExists(path: string): boolean {
  try {
    execFileSync('test', ['-e', path]);
    return true;
  } catch {
    return false;
  }
}
