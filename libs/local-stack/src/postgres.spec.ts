import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reachableByOthers } from './postgres-programs.js';
import { databaseUrlOf } from './postgres.js';

it('writes an address that a password cannot break', () => {
  expect(databaseUrlOf({ port: 15532, database: 'tributary', user: 'tributary', password: 'a/b@c' })).toBe(
    'postgres://tributary:a%2Fb%40c@127.0.0.1:15532/tributary',
  );
});

it('sees a folder on the way that others may not pass', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reach-'));
  const inside = join(folder, 'a', 'b');
  mkdirSync(inside, { recursive: true });
  chmodSync(folder, 0o755);
  expect(reachableByOthers(inside)).toBe(true);
  expect(reachableByOthers(join(inside, 'not-yet-there'))).toBe(true);
  chmodSync(folder, 0o700);
  expect(reachableByOthers(inside)).toBe(false);
  rmSync(folder, { recursive: true, force: true });
});
