import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { aReceipt, asked } from './testing/makers.js';
import { leaseMs, workerFixture } from './testing/worker-fixture.js';

/** A worker is suspended during its work, and continues after another worker has finished that work (I7). */

const never = new AbortController().signal;
const here = workerFixture();

interface Zombie {
  /** SIGCONT. @returns how its work ended. */
  wake(): Promise<string>;
}

const stateOf = ({ pid }: ChildProcess): string | undefined => /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts a worker and waits until it has suspended itself at that point. */
async function aZombie(stopAt: string): Promise<Zombie> {
  const child = spawn(process.execPath, [join(workspaceRoot, 'services/erp-sink/dist/testing/zombie-main.js')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: here.stack.databaseUrl,
      ERP_URL: here.url,
      STOP_AT: stopAt,
      ERP_LEASE_MS: String(leaseMs),
    },
  });
  const ended = new Promise<string>((resolve, reject) => {
    child.on('message', (message) => resolve((message as { ended: string }).ended));
    child.on('exit', (code) => reject(new Error(`the worker ended with ${code} and said nothing`)));
  });
  ended.catch(() => undefined);
  for (const until = Date.now() + 20_000; stateOf(child) !== 'T'; await pause(20)) {
    if (Date.now() < until && child.exitCode === null) continue;
    child.kill('SIGKILL');
    throw new Error(`the worker did not come to ${stopAt}`);
  }
  return {
    wake: async () => {
      child.kill('SIGCONT');
      return ended;
    },
  };
}

it.each([
  { stopAt: 'claimed', ends: 'posting.abandoned', result: 'posted' },
  { stopAt: 'prepared', ends: 'posting.taken', result: 'posted' },
  { stopAt: 'answered', ends: 'posting.taken', result: 'adopted' },
])(
  'neither posts nor records when it goes on after the take-over, stopped when it had $stopAt',
  async ({ stopAt, ends, result }) => {
    const zombie = await aZombie(stopAt);
    await here.published.publish(await here.heir.poster.handle(asked(aReceipt('ch_1')), never));
    const before = await here.heir.database.query<unknown[]>('select * from erp_sink.posting');
    expect(await zombie.wake()).toBe(ends);

    expect([here.erp.count('post'), here.erp.documents.length]).toEqual([1, 1]);
    expect(await here.heir.database.query<unknown[]>('select * from erp_sink.posting')).toEqual(before);
    expect(before).toMatchObject([{ state: 'posted', fence: '2', reference: { Number: '1' } }]);
    expect(here.published.resultsOf('fake-main/cash-receipt/ch_1')).toEqual([result]);
  },
  60_000,
);

it.each([
  { stopAt: 'release-claimed', ends: 'posting.abandoned', fence: '3' }, // two lookups by the worker that took over
  { stopAt: 'release-answered', ends: 'done', fence: '2' },
])(
  'neither releases nor records when it goes on after the take-over, stopped at $stopAt',
  async ({ stopAt, ends, fence }) => {
    await here.published.publish(await here.heir.poster.handle(asked(aReceipt('ch_1')), never));
    await pause(150); // idle enough to be released
    const zombie = await aZombie(stopAt);
    const released = (): boolean => here.published.resultsOf('fake-main/cash-receipt/ch_1').includes('released');
    for (const until = Date.now() + 20_000; !released() && Date.now() < until; await pause(50)) await here.heir.sweeper.sweep();
    const before = await here.heir.database.query<unknown[]>('select * from erp_sink.batch');
    expect(await zombie.wake()).toBe(ends);

    expect(here.erp.count('release')).toBe(1);
    expect(await here.heir.database.query<unknown[]>('select * from erp_sink.batch')).toEqual(before);
    expect(before).toMatchObject([{ state: 'released', fence }]);
  },
  60_000,
);
