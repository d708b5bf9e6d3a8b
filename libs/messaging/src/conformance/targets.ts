import { eventually } from './eventually.js';
import { fast, NeverError, TargetDownError, times } from './fixture.js';
import type { Fixture } from './fixture.js';

/** A target that takes nothing is waited for, without burning attempts and without losing the order. */
export function targets(fixture: () => Fixture): void {
  it('holds a partition whose target is down, burns no attempt, and goes on in order', async () => {
    const { consume, send, committed, deadLetters } = fixture();
    let down = true;
    let calls = 0;
    const attempts: number[] = [];
    const order: string[] = [];
    await consume((value, context) => {
      calls += 1;
      attempts.push(context.attempt);
      if (down) throw new TargetDownError('no answer');
      order.push(value.sourceEventId);
    });
    await send(['a', '1'], ['a', '2'], ['a', '3']);
    await eventually(() => expect(calls).toBeGreaterThan(2));
    expect(await committed()).toBe(0);
    down = false;
    await eventually(() => expect(order).toEqual(['1', '2', '3']));
    expect(new Set(attempts)).toEqual(new Set([1]));
    expect(await deadLetters()).toHaveLength(0);
  });

  it('asks a target that is down with one message at a time, not with all', async () => {
    const { consume, send } = fixture();
    let down = true;
    let together = 0;
    let most = 0;
    let calls = 0;
    const done: string[] = [];
    await consume(
      async (value) => {
        calls += 1;
        most = Math.max(most, (together += 1));
        await new Promise((resolve) => setTimeout(resolve, 5));
        together -= 1;
        if (down) throw new TargetDownError('no answer');
        done.push(value.sourceEventId);
      },
      { breaker: { scope: 'consumer' } },
    );
    await send(['a', 'first']);
    await eventually(() => expect(calls).toBeGreaterThan(0)); // it is open now
    await send(...times(30, (n): [string, string] => [`k${n}`, String(n)]));
    most = 0;
    const before = calls;
    await eventually(() => expect(calls).toBeGreaterThan(before + 4));
    expect(most).toBe(1);
    down = false;
    await eventually(() => expect(done).toHaveLength(31));
  });

  it('lets other partitions flow while one is held', async () => {
    const { consume, send, log } = fixture();
    let down = true;
    const done: string[] = [];
    await consume((value, context) => {
      if (context.key === 'down' && down) throw new TargetDownError('no answer');
      done.push(value.sourceEventId);
    });
    await send(['down', 'held'], ...times(30, (n): [string, string] => [`k${n}`, `k${n}`]));
    const records = await log();
    const heldPartition = records.find(({ key }) => key?.toString() === 'down')?.partition;
    const others = records.filter(({ partition }) => partition !== heldPartition).map(({ key }) => key?.toString() ?? '');
    expect(others.length).toBeGreaterThan(5);
    await eventually(() => expect([...done].sort()).toEqual(expect.arrayContaining(others)));
    expect(done).not.toContain('held');
    down = false;
    await eventually(() => expect(done).toHaveLength(31));
  });

  it('leaves a target alone with all partitions where all have the same one', async () => {
    const { consume, send } = fixture();
    let down = true;
    let calls = 0;
    const done: string[] = [];
    await consume(
      (value) => {
        calls += 1;
        if (down) throw new TargetDownError('no answer');
        done.push(value.sourceEventId);
      },
      { breaker: { scope: 'consumer' }, policy: { ...fast, pauseDelaysMs: [200] } },
    );
    await send(['a', 'first']);
    await eventually(() => expect(calls).toBeGreaterThan(0));
    await send(...times(60, (n): [string, string] => [`k${n}`, String(n)]));
    await eventually(() => expect(calls).toBeGreaterThan(3));
    // A breaker per partition would have asked with every partition; a probe each 200 ms is all that may be.
    expect(calls).toBeLessThan(60);
    down = false;
    await eventually(() => expect(done).toHaveLength(61));
  });

  it('does not take a message that fails for its own reason for a target that is down', async () => {
    const { consume, send, deadLetters } = fixture();
    const done: string[] = [];
    await consume((value) => {
      if (value.sourceEventId === 'bad') throw new NeverError('its own fault');
      done.push(value.sourceEventId);
    });
    await send(...times(10, (n): [string, string] => ['a', n % 2 ? 'bad' : String(n)]));
    await eventually(() => expect(done).toEqual(['0', '2', '4', '6', '8']));
    expect(await deadLetters()).toHaveLength(5);
  });

  it('stays down for as long as it takes: a hundred probes and no dead letter', async () => {
    const { consume, send, deadLetters, committed, settled } = fixture();
    let probes = 0;
    let looked = false;
    await consume(
      () => {
        probes += 1;
        if (probes <= 100 || !looked) throw new TargetDownError('no answer');
      },
      { policy: { ...fast, pauseDelaysMs: [5] } },
    );
    await send(['a', '1']);
    await eventually(() => expect(probes).toBeGreaterThan(50));
    expect(await committed()).toBe(0);
    looked = true;
    await settled(1);
    expect(probes).toBeGreaterThan(100);
    expect(await deadLetters()).toEqual([]);
  });
}
