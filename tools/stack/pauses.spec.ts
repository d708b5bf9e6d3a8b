import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endPause, Pauses, requestPause } from './pauses.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pauses-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function recorded(): { pauses: Pauses; done: string[] } {
  const done: string[] = [];
  const supervisor = {
    pause: async (name: string): Promise<void> => void done.push(`pause ${name}`),
    resume: async (name: string): Promise<void> => void done.push(`resume ${name}`),
  };
  return { pauses: new Pauses(folder, supervisor, (line) => done.push(line)), done };
}

it('stops a part once, and starts it again when the request ends', async () => {
  const { pauses, done } = recorded();
  await pauses.apply();
  requestPause(folder, 'erp-sink', 'rebuild ledger');
  await pauses.apply();
  await pauses.apply();
  endPause(folder);
  await pauses.apply();
  await pauses.apply();
  expect(done).toEqual(['erp-sink is stopped: rebuild ledger', 'pause erp-sink', 'erp-sink is started again', 'resume erp-sink']);
});

it('starts the part again when the process that asked was killed', async () => {
  const { pauses, done } = recorded();
  requestPause(folder, 'erp-sink', 'rebuild ledger');
  await pauses.apply();
  // The same process id, begun at another time: a process that is gone.
  const file = join(folder, 'pause.json');
  const request = JSON.parse(readFileSync(file, 'utf8')) as { requestedBy: Record<string, unknown> };
  const gone = Object.fromEntries(Object.entries(request.requestedBy).map(([key, value]) => [key, key === 'pid' ? value : 'another time']));
  writeFileSync(file, JSON.stringify({ ...request, requestedBy: gone }));
  await pauses.apply();
  expect(done.at(-1)).toBe('resume erp-sink');
});
