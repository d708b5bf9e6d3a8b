import { eventually } from './eventually.js';
import { sleep, TargetDownError, times, TryAgainError } from './fixture.js';
import type { Fixture, Handle } from './fixture.js';

/** A stop finishes what runs, commits what is finished and leaves the rest to the next member. */
export function stopping(fixture: () => Fixture): void {
  it('finishes what runs when it is stopped, and the next member goes on behind it', async () => {
    const { consume, stop, send } = fixture();
    const done: string[] = [];
    let finish = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (finish = resolve));
    const handle: Handle = async (value) => {
      if (value.sourceEventId === '3') await stopped; // this one runs when the stop begins
      done.push(value.sourceEventId);
    };
    const first = await consume(handle, { concurrency: 1 });
    await send(...times(20, (n): [string, string] => ['a', String(n)]));
    await eventually(() => expect(done).toHaveLength(3));
    const ended = stop(first);
    finish();
    await ended;
    const atStop = done.length;
    await consume(handle);
    await eventually(() => expect(new Set(done).size).toBe(20));
    expect(done).toEqual(times(20, String)); // nothing twice, nothing out of order
    expect(atStop).toBeGreaterThan(3); // what ran was finished
    expect(atStop).toBeLessThan(20);
  });

  it('is not stopped from stopping by a handler that hangs', async () => {
    const { consume, stop, send, committed } = fixture();
    let hangs = false;
    const app = await consume((_value, context) => {
      hangs = true;
      return new Promise((resolve) => context.signal.addEventListener('abort', resolve));
    });
    await send(['a', '1']);
    await eventually(() => expect(hangs).toBe(true));
    await stop(app);
    expect(await committed()).toBe(0); // uncommitted: the next member runs it again
  });

  it('is not stopped from stopping by a handler that ignores its signal', async () => {
    const { consume, stop, send, committed } = fixture();
    let hangs = false;
    const app = await consume(() => {
      hangs = true;
      return new Promise(() => undefined);
    });
    await send(['a', '1']);
    await eventually(() => expect(hangs).toBe(true));
    await stop(app);
    expect(await committed()).toBe(0);
  });

  it('starts nothing after it was stopped, though messages are there', async () => {
    const { consume, stop, send } = fixture();
    let [begun, done] = [0, 0];
    let finish = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (finish = resolve));
    const app = await consume(async () => {
      begun += 1;
      if (begun > 2) await stopped;
      done += 1;
    });
    await send(...times(200, (n): [string, string] => ['a', String(n)]));
    await eventually(() => expect(begun).toBe(3));
    const ended = stop(app);
    finish();
    await ended;
    const atStop = done;
    expect(atStop).toBeLessThan(200);
    await sleep(500);
    expect(done).toBe(atStop);
  });

  it('does not wait for the next attempt of a message when it is stopped', async () => {
    const { consume, stop, send, committed } = fixture();
    let calls = 0;
    const app = await consume(
      () => {
        calls += 1;
        throw new TryAgainError('not yet');
      },
      { policy: { delaysMs: [3_600_000], maxAttempts: 5, maxAgeMs: 36_000_000, pauseDelaysMs: [100] } },
    );
    await send(['a', '1']);
    await eventually(() => expect(calls).toBe(1));
    await stop(app); // the case would time out
    expect(await committed()).toBe(0);
    const again: string[] = [];
    await consume((value) => void again.push(value.sourceEventId));
    await eventually(() => expect(again).toEqual(['1']));
  });

  it('does not wait for a target that is down when it is stopped', async () => {
    const { consume, stop, send } = fixture();
    let calls = 0;
    const app = await consume(
      () => {
        calls += 1;
        throw new TargetDownError('no answer');
      },
      { policy: { delaysMs: [], maxAttempts: 1, maxAgeMs: 1, pauseDelaysMs: [3_600_000] } },
    );
    await send(['a', '1'], ['a', '2']);
    await eventually(() => expect(calls).toBe(1));
    await stop(app);
    const again: string[] = [];
    await consume((value) => void again.push(value.sourceEventId));
    await eventually(() => expect(again).toEqual(['1', '2']));
  });

  it('does not commit what a handler finishes after its stop has been given up', async () => {
    const { consume, stop, send, committed } = fixture();
    let finish: (() => void) | undefined;
    const app = await consume(() => new Promise<void>((resolve) => (finish = resolve)));
    await send(['a', '1']);
    await eventually(() => expect(finish).toBeDefined());
    await stop(app);
    finish?.();
    await sleep(300);
    expect(await committed()).toBe(0);
  });

  it('can be stopped twice, and before it has taken anything', async () => {
    const { consume, stop } = fixture();
    const app = await consume(() => undefined);
    await stop(app);
    await app.close();
  });
}
