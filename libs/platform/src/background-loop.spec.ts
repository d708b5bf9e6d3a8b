import { BackgroundLoop } from './background-loop.js';

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
