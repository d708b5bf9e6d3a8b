import type { IncomingMessage } from '../envelope.js';
import { eventually } from './eventually.js';
import { NeverError, sleep, times, TryAgainError } from './fixture.js';
import type { Fixture } from './fixture.js';

/** I1: an offset is finished only with its message and everything before it. */
export function offsets(fixture: () => Fixture): void {
  it('commits no further than the oldest unfinished message', async () => {
    const { consume, send, log, harness, group, topic, settled } = fixture();
    const open = new Map<string, () => void>();
    await consume((value) => new Promise<void>((resolve) => open.set(value.sourceEventId, resolve)));
    await send(...['a', 'b', 'c', 'd', 'e', 'f'].map((key): [string, string] => [key, key]));
    await eventually(() => expect(open.size).toBe(6));
    const records = await log();
    const first = records.find(({ partition }) => records.filter((other) => other.partition === partition).length > 1) as IncomingMessage;
    for (const [text, finish] of open) if (text !== first.key?.toString()) finish();
    const reached = async (): Promise<bigint> => (await harness.committed(group, topic)).get(first.partition) ?? 0n;
    await eventually(async () => expect(await reached()).toBe(first.offset));
    await sleep(1_000);
    expect(await reached()).toBe(first.offset);
    open.get(first.key?.toString() ?? '')?.();
    await settled(6);
  });

  it('does not commit a message that waits for its next attempt', async () => {
    const { consume, send, committed, settled } = fixture();
    let mended = false;
    let calls = 0;
    await consume(
      () => {
        calls += 1;
        if (!mended) throw new TryAgainError('not yet');
      },
      { policy: { delaysMs: [50], maxAttempts: 1_000, maxAgeMs: 600_000, pauseDelaysMs: [100] } },
    );
    await send(['a', '1'], ['a', '2']);
    await eventually(() => expect(calls).toBeGreaterThan(10));
    expect(await committed()).toBe(0);
    mended = true;
    await settled(2);
  });

  it('commits a message only when its dead letter can be read (I1)', async () => {
    const { consume, send, deadLetters, committed, settled } = fixture();
    let deadWhenCommitted: number | undefined;
    await consume(() => {
      throw new NeverError('never');
    });
    await send(['a', '1']);
    await eventually(async () => {
      if ((await committed()) === 1) deadWhenCommitted ??= (await deadLetters()).length;
      expect(deadWhenCommitted).toBe(1);
    });
    await settled(1);
  });

  it('goes on behind the committed offset: nothing finished runs again', async () => {
    const { consume, send, stop, settled } = fixture();
    const first: string[] = [];
    const app = await consume((value) => void first.push(value.sourceEventId));
    await send(...times(20, (n): [string, string] => [`k${n % 4}`, String(n)]));
    await settled(20);
    await stop(app);
    const second: string[] = [];
    await consume((value) => void second.push(value.sourceEventId));
    await send(['k0', 'new']);
    await eventually(() => expect(second).toEqual(['new']));
    expect(first).toHaveLength(20);
  });

  it('drains a group whose member is gone, as soon as there is another (svix/svix-webhooks#1844: a lost group never drained)', async () => {
    const { consume, send, stop, settled } = fixture();
    const app = await consume(() => undefined);
    await send(['a', '0']);
    await settled(1);
    await stop(app);
    await send(...times(50, (n): [string, string] => [`k${n}`, String(n)])); // nobody is there
    const done = new Set<string>();
    await consume((value) => void done.add(value.sourceEventId));
    await eventually(() => expect(done.size).toBe(50));
    await settled(51);
  });

  it('takes in no message twice though it lingers: the log is read once', async () => {
    const { consume, send, settled } = fixture();
    const runs: string[] = [];
    await consume(async (value) => {
      await sleep(value.sourceEventId === 'long' ? 1_500 : 1);
      runs.push(value.sourceEventId);
    });
    await send(['a', 'long'], ...times(20, (n): [string, string] => [`k${n}`, String(n)]));
    await send(...times(20, (n): [string, string] => [`k${n}`, `later ${n}`]));
    await settled(41);
    expect(runs).toHaveLength(41);
    expect(new Set(runs).size).toBe(41);
  });
}
