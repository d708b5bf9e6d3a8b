import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from '@tributary/local-stack';
import type { ConsoleRun } from './results.js';

it('a short run asks recon for everything that is measured, is answered, and keeps its samples', async () => {
  const run = promisify(execFile);
  await run(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot });
  const { stdout } = await run(process.execPath, ['--enable-source-maps', 'proof/dist/console/cli.js', '--quick'], { cwd: workspaceRoot });
  const [, passed] = /(\d+) passed, 0 failed\n$/.exec(stdout) ?? [];
  expect(Number(passed)).toBeGreaterThan(50);
  const kept = JSON.parse(readFileSync(join(workspaceRoot, 'proof/console/results/quick-recon-views.json'), 'utf8')) as ConsoleRun;
  expect(kept.measured.filter(({ samplesMs, problem }) => samplesMs.length !== 5 || problem !== undefined)).toEqual([]);
  expect(kept.measured.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['search: payout', 'desk: causes', 'payments, totals: no filter']),
  );
}, 300_000);
