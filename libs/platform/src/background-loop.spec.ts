import { BackgroundLoop } from './background-loop.js';
import { metricsRegistry } from './metrics.js';

const hour = 3_600_000;

/** A loop with these rounds, in order; after them it waits for an hour. */
function loopOf(...rounds: ((signal: AbortSignal) => Promise<number>)[]): { loop: BackgroundLoop; told: string[]; done: Promise<void> } {
  const told: string[] = [];
  let finish: () => void;
  const done = new Promise<void>((resolve) => (finish = resolve));
  const round = async (signal: AbortSignal): Promise<number> => {
    const next = rounds.shift();
    if (!next) {
      finish();
      return hour;
    }
    return next(signal);
  };
  return { loop: new BackgroundLoop({ doing: 'testing', round, troubleMs: 1, warn: (text) => told.push(text) }), told, done };
}

it('repeats rounds one after another, also after one that failed, and tells of it', async () => {
  let open = 0;
  const alone = async (): Promise<number> => {
    expect((open += 1)).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    return 0;
  };
  const { loop, told, done } = loopOf(alone, () => Promise.reject(new Error('the database is away')), alone);
  loop.start();
  loop.start();
  await done;
  await loop.stop();
  expect(told).toEqual(['testing: the database is away; tried again in 1 s']);
});

it('ends a wait at once when it is stopped, and starts no round after that', async () => {
  let rounds = 0;
  const { loop } = loopOf(() => Promise.resolve(((rounds += 1), hour)));
  loop.start();
  await loop.stop();
  loop.start();
  expect(rounds).toBe(1);
  expect(loop.signal.aborted).toBe(true);
});

it('lets the round that is under way finish, and is silent about what fails because of the stop', async () => {
  let finished = false;
  const { loop, told } = loopOf(async (signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    finished = true;
    throw new Error('aborted');
  });
  loop.start();
  await loop.stop();
  expect({ finished, told }).toEqual({ finished: true, told: [] });
});

it('a loop that was never started is stopped without waiting', async () => {
  const { loop } = loopOf();
  await loop.stop();
  expect(loop.signal.aborted).toBe(true);
});

it('waits twice as long after each round that fails, up to five seconds, from the beginning after one that went well, and counts them', async () => {
  const away = (): Promise<number> => Promise.reject(new Error('away'));
  const rounds = [away, away, away, away, away, () => Promise.resolve(77), away];
  const waits: number[] = [];
  const told: string[] = [];
  const loop = new BackgroundLoop({
    ...{ doing: 'failing', troubleMs: 500, warn: (text: string) => told.push(text) },
    round: () => rounds.shift()?.() ?? Promise.reject(new Error('there is no such round')),
    wait: async (ms) => {
      waits.push(ms);
      if (rounds.length === 0) void loop.stop();
    },
  });
  loop.start();
  while (!loop.signal.aborted) await new Promise((resolve) => setImmediate(resolve));
  await loop.stop();
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 5_000, 77, 500]);
  expect(told).toHaveLength(6);
  const counted = await metricsRegistry.getSingleMetric('background_failed_rounds_total')?.get();
  expect(counted?.values).toContainEqual(expect.objectContaining({ labels: { doing: 'failing' }, value: 6 }));
});

it('waits as long as it is told after each failure where that is longer', async () => {
  const waits: number[] = [];
  const loop = new BackgroundLoop({
    ...{ doing: 'failing seldom', troubleMs: 60_000, warn: () => undefined },
    round: () => Promise.reject(new Error('away')),
    wait: async (ms) => {
      if (waits.push(ms) === 3) void loop.stop();
    },
  });
  loop.start();
  while (!loop.signal.aborted) await new Promise((resolve) => setImmediate(resolve));
  await loop.stop();
  expect(waits).toEqual([60_000, 60_000, 60_000]);
});
