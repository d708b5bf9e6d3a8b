import { headers } from '@tributary/contracts';
import { eventually } from './eventually.js';
import { fast, sleep, times, TryAgainError } from './fixture.js';
import type { Fixture } from './fixture.js';

/** I4: one key in order, other keys beside it. */
export function ordering(fixture: () => Fixture): void {
  it('works on one key in order, one at a time, and on other keys meanwhile', async () => {
    const { consume, send } = fixture();
    const order: string[] = [];
    const busy: Record<string, number> = {};
    let together = 0;
    let mostTogether = 0;
    let mostOfOneKey = 0;
    await consume(async (value, context) => {
      busy[context.key] = (busy[context.key] ?? 0) + 1;
      mostOfOneKey = Math.max(mostOfOneKey, busy[context.key] ?? 0);
      mostTogether = Math.max(mostTogether, (together += 1));
      await sleep(5);
      order.push(`${context.key}${value.sourceEventId}`);
      busy[context.key] = (busy[context.key] ?? 0) - 1;
      together -= 1;
    });
    const keys = times(12, (n) => `k${n}:`);
    await send(...times(5, (n) => keys.map((key): [string, string] => [key, String(n)])).flat());
    await eventually(() => expect(order).toHaveLength(60));
    for (const key of keys) expect(order.filter((entry) => entry.startsWith(key))).toEqual(times(5, (n) => `${key}${n}`));
    expect(mostTogether).toBeGreaterThan(1);
    expect(mostOfOneKey).toBe(1);
  });

  it('works on no more keys at once than it was told to', async () => {
    const { consume, send } = fixture();
    let together = 0;
    let most = 0;
    let done = 0;
    await consume(
      async () => {
        most = Math.max(most, (together += 1));
        await sleep(5);
        together -= 1;
        done += 1;
      },
      { concurrency: 2 },
    );
    await send(...times(40, (n): [string, string] => [`k${n}`, String(n)]));
    await eventually(() => expect(done).toBe(40));
    expect(most).toBeLessThanOrEqual(6); // two in each of three partitions
  });

  it('lets other keys pass a slow one of their partition (Aiven-Open/http-connector-for-apache-kafka#204: it held the queue)', async () => {
    const { consume, send, topic, log } = fixture();
    const done: string[] = [];
    let release = (): void => undefined;
    await consume((value) => {
      if (value.sourceEventId !== 'slow') return void done.push(value.sourceEventId);
      return new Promise<void>((resolve) => {
        release = () => {
          done.push('slow');
          resolve();
        };
      });
    });
    await send(['a', 'slow'], ['a', 'behind'], ...times(30, (n): [string, string] => [`k${n}`, String(n)]));
    await eventually(() => expect(done).toHaveLength(30));
    const partitionOf = async (key: string): Promise<number | undefined> =>
      (await log()).find((record) => record.topic === topic && record.key?.toString() === key)?.partition;
    const slowOne = await partitionOf('a');
    expect((await Promise.all(times(30, (n) => partitionOf(`k${n}`)))).filter((partition) => partition === slowOne)).not.toEqual([]);
    expect(done).not.toContain('behind');
    release();
    await eventually(() => expect(done.slice(-2)).toEqual(['slow', 'behind']));
  });

  it('lets other keys pass a failing one of their partition (Aiven-Open/http-connector-for-apache-kafka#204)', async () => {
    const { consume, send } = fixture();
    const done: string[] = [];
    let mended = false;
    const policy = { ...fast, maxAttempts: 10_000 };
    await consume(
      (value) => {
        if (value.sourceEventId === 'bad' && !mended) throw new TryAgainError('not yet');
        done.push(value.sourceEventId);
      },
      { policy },
    );
    await send(['a', 'bad'], ['a', 'behind'], ...times(30, (n): [string, string] => [`k${n}`, String(n)]));
    await eventually(() => expect(done).toHaveLength(30));
    expect(done).not.toContain('behind');
    mended = true;
    await eventually(() => expect(done.slice(-2)).toEqual(['bad', 'behind']));
  });

  it('keeps messages without a key apart: none waits for another', async () => {
    const { consume, sendRaw, message, harness, settled } = fixture();
    // The wire form of a value is the codec's; one is published to be copied without its key.
    await harness.publisher().publish([message('with-key', 'x')]);
    const [copy] = await harness.read(fixture().topic);
    let open = 0;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await consume(async (_value, context) => {
      if (context.key !== '') return;
      open += 1;
      await gate;
    });
    const type = String(copy?.headers[headers.type]);
    await sendRaw(...times(4, () => ({ key: null, value: copy?.value ?? null, type })));
    await eventually(() => expect(open).toBe(4));
    release();
    await settled(5);
  });

  it('keeps two facts of the same second apart and in order (stripe/sync-engine#268: one of them was dropped)', async () => {
    const { consume, publish, message } = fixture();
    const second = new Date(1_766_000_000_000).toISOString();
    const done: string[] = [];
    await consume((value) => void done.push(value.sourceEventId));
    await publish(...times(10, (n) => ({ ...message('cus_1', `update ${n}`), headers: { [headers.time]: second } })));
    await eventually(() => expect(done).toEqual(times(10, (n) => `update ${n}`)));
  });

  it('tries only the failed message again, not what came with it (redpanda-data/connect#4387: replayed batches change the order)', async () => {
    const { consume, send } = fixture();
    const runs: string[] = [];
    await consume((value, context) => {
      runs.push(`${value.sourceEventId}#${context.attempt}`);
      if (value.sourceEventId === '2' && context.attempt < 3) throw new TryAgainError('not yet');
    });
    await send(['a', '1'], ['a', '2'], ['a', '3'], ['a', '4']);
    await eventually(() => expect(runs).toEqual(['1#1', '2#1', '2#2', '2#3', '3#1', '4#1']));
  });

  it('keeps the order of a key behind a message that went to the dead letters', async () => {
    const { consume, send, deadLetters } = fixture();
    const done: string[] = [];
    await consume((value) => {
      if (value.sourceEventId === '2') throw new TypeError('x is not a function');
      done.push(value.sourceEventId);
    });
    await send(['a', '1'], ['a', '2'], ['a', '3'], ['a', '4']);
    await eventually(() => expect(done).toEqual(['1', '3', '4']));
    expect(await deadLetters()).toHaveLength(1);
  });
}
