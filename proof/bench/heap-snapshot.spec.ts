import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { growth, takeSnapshot } from './heap-snapshot.js';

class Kept {
  constructor(readonly number: number) {}
}

it('says of two snapshots of a process what it kept between them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heap-'));
  const kept: Kept[] = [];
  try {
    const snapshot = () => takeSnapshot(folder);
    writeHeapSnapshot(join(folder, 'first.heapsnapshot'));
    const before = await snapshot();
    for (let number = 0; number < 20_000; number += 1) kept.push(new Kept(number));
    writeHeapSnapshot(join(folder, 'second.heapsnapshot'));
    const after = await snapshot();
    expect(after.bytes - before.bytes).toBeGreaterThan(20_000 * 16);
    expect(growth(before, after).map(([kind]) => kind)).toContain('Kept');
    expect(growth(before, after).find(([kind]) => kind === 'Kept')?.[1]).toBeGreaterThanOrEqual(20_000 * 16);
    expect(kept).toHaveLength(20_000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
