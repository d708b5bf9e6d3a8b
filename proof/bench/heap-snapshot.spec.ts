import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { growth, snapshotEnvironment, snapshotSignal, takeSnapshot } from './heap-snapshot.js';

/** Keeps 20,000 objects more each time that it is told to, and says when it has them. */
const program = `
  class Kept { constructor(number) { this.number = number; } }
  const kept = [];
  process.stdin.on('data', () => { for (let number = 0; number < 20_000; number += 1) kept.push(new Kept(number)); console.log(kept.length); });
  console.log(0);
`;

it('says of two snapshots of a process what it kept between them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heap-'));
  const child = spawn(process.execPath, ['--eval', program], {
    env: { ...snapshotEnvironment(folder) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    const snapshot = () => {
      child.kill(snapshotSignal);
      return takeSnapshot(folder);
    };
    const before = await snapshot();
    child.stdin.write('more\n');
    await once(child.stdout, 'data');
    const after = await snapshot();
    const kinds = new Map(growth(before, after));
    expect(kinds.get('Kept')).toBeGreaterThanOrEqual(20_000 * 16);
    expect(after.bytes - before.bytes).toBeGreaterThan(kinds.get('Kept') as number);
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
