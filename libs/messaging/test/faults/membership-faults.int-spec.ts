import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { TargetDownError } from '../../src/conformance/fixture.js';
import { eventually } from '../../src/conformance/eventually.js';
import { quick, sleep } from './fault-harness.js';
import { faultRoom } from './fault-room.js';

const patienceMs = 90_000;
const sessionTimeoutMs = 3_000;
/** So long this process is suspended at least, ms: the watchdog is due before anything that the brokers answered is read. */
const suspendedMs = 6_000;

/**
 * Another member, in a process of its own: joins the group, takes `wanted` messages, commits them, leaves. Synchronous, so that ours
 * is suspended meanwhile, as in a long garbage collection or a frozen container.
 */
const otherMember = `
const { Kafka, logLevel } = require(process.argv[1]);
const [brokers, groupId, topic, wanted] = process.argv.slice(2);
const consumer = new Kafka({ brokers: brokers.split(','), clientId: 'other', logLevel: logLevel.NOTHING }).consumer({
  groupId, sessionTimeout: 6000, maxWaitTimeInMs: 100,
});
const seen = [];
(async () => {
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise((resolve) => consumer.run({
    eachMessage: async ({ message }) => { seen.push(String(message.value)); if (seen.length === Number(wanted)) resolve(); },
  }));
  await consumer.disconnect();
  process.stdout.write(JSON.stringify(seen));
})();
`;

/** docs/reference/kafkajs.md, section 13, cases 10 and 11: a former member does nothing, and pauses outlive everything. */
describe('membership under faults', () => {
  const room = faultRoom('membership', { partitions: 2, minSessionTimeoutMs: 2_000 });
  function othersTurn(wanted: number): string[] {
    const kafkajs = createRequire(import.meta.url).resolve('kafkajs');
    const seen = execFileSync(
      process.execPath,
      ['-e', otherMember, kafkajs, room.stack.brokers.join(','), room.group, room.topic, String(wanted)],
      {
        encoding: 'utf8',
        timeout: 60_000,
      },
    );
    return JSON.parse(seen) as string[];
  }

  it('case 10: a member that was suspended and expelled starts nothing of what another one has done meanwhile, and joins again', async () => {
    const runs: string[] = [];
    let others: string[] = [];
    room.join(
      (text) => {
        runs.push(text);
        if (text !== 'freezes') return;
        const until = Date.now() + suspendedMs;
        others = othersTurn(6); // the whole process is suspended, far beyond its session
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, until - Date.now()));
      },
      { sessionTimeoutMs },
    );
    await room.publish(['a', 'freezes'], ...['1', '2', '3', '4', '5'].map((text): [string, string] => ['a', text]));
    await eventually(() => expect(others).toHaveLength(6), patienceMs);
    expect(runs).toEqual(['freezes']);
    await room.publish(['a', 'afterwards'], ['b', 'of another key']);
    await eventually(() => expect(runs).toEqual(expect.arrayContaining(['afterwards', 'of another key'])), patienceMs);
    await eventually(async () => expect(await room.committed()).toBe(8), patienceMs);
    expect(runs.sort()).toEqual(['afterwards', 'freezes', 'of another key']);
    expect(room.metrics.counts.get('watchdog_actions_total')).toBeUndefined(); // by itself
  });

  it('case 10: what an expelled member finishes late is not committed: the offset stays where the group is', async () => {
    let others: string[] = [];
    const runs: string[] = [];
    room.join(
      async (text) => {
        runs.push(text);
        if (text !== 'freezes') return;
        await room.publish(['a', 'later']); // behind what it has taken in
        others = othersTurn(1);
      },
      { sessionTimeoutMs },
    );
    await room.publish(['a', 'freezes']);
    await eventually(() => expect(others).toEqual(['freezes']), patienceMs);
    await eventually(async () => expect(await room.committed()).toBe(2), patienceMs);
    expect(runs.filter((text) => text === 'freezes')).toHaveLength(1);
  });

  it('case 11: a target is down across a crash of the consumer: held again, no attempt consumed, in order afterwards', async () => {
    let down = true;
    const attempts = new Set<number>();
    const done: string[] = [];
    const joined = room.join(
      (text, context) => {
        if (down) {
          attempts.add(context.attempt);
          throw new TargetDownError('no answer');
        }
        done.push(text);
      },
      { policy: { ...quick, pauseDelaysMs: [300] } },
    );
    await room.publish(['a', '1'], ['a', '2'], ['a', '3']);
    await eventually(() => expect(joined.pausedPartitions).toHaveLength(1));
    await room.stack.broker.kill9();
    await eventually(() => expect(room.logged.some((line) => line.includes('it restarts'))).toBe(true), patienceMs);
    await room.stack.broker.start();
    await eventually(() => expect(joined.health()).toBeUndefined(), patienceMs);
    await eventually(() => expect(joined.pausedPartitions).toHaveLength(1), patienceMs);
    expect(done).toEqual([]);
    down = false;
    await eventually(() => expect(done).toEqual(['1', '2', '3']), patienceMs);
    expect([...attempts]).toEqual([1]);
    expect(await room.deadLetters()).toEqual([]);
  }, 150_000);

  it('case 11: a new owner asks the target with one probe before it lets the held partition go', async () => {
    let down = true;
    const asked: string[] = [];
    const first = room.join(
      () => {
        throw new TargetDownError('no answer');
      },
      { policy: { ...quick, pauseDelaysMs: [300] } },
    );
    await room.publish(...['1', '2', '3', '4', '5'].map((text): [string, string] => ['a', text]));
    await eventually(() => expect(first.pausedPartitions).toHaveLength(1));
    await first.close();
    const second = room.join(
      (text) => {
        asked.push(text);
        if (down) throw new TargetDownError('no answer');
      },
      { policy: { ...quick, pauseDelaysMs: [300] } },
    );
    await eventually(() => expect(asked.length).toBeGreaterThan(2), patienceMs);
    expect(new Set(asked)).toEqual(new Set(['1'])); // probes only, with the oldest
    expect(second.pausedPartitions.length).toBeLessThanOrEqual(1);
    down = false;
    await eventually(() => expect(asked.slice(-4)).toEqual(['2', '3', '4', '5']), patienceMs);
  });

  it('svix/svix-webhooks#1844: the group is empty, and it drains when a member joins', async () => {
    const gone = room.join(() => undefined);
    await room.publish(['a', '0']);
    await eventually(async () => expect(await room.committed()).toBe(1));
    await gone.close();
    await room.publish(...Array.from({ length: 30 }, (_, n): [string, string] => [`k${n}`, String(n)]));
    await sleep(sessionTimeoutMs); // the group is empty, and known as such
    const done = new Set<string>();
    room.join((text) => void done.add(text));
    await eventually(() => expect(done.size).toBe(30), patienceMs);
    await eventually(async () => expect(await room.committed()).toBe(31), patienceMs);
  });
});
