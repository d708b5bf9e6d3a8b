import { headers, events } from '@tributary/contracts';
import { PipelineError } from '@tributary/domain';
import { uniqueName } from '@tributary/local-stack';
import kafkajs from 'kafkajs';
import { eventually } from '../../src/conformance/describe-transport.js';
import { aMessage, committedSum, quick, sleep, textOf } from './fault-harness.js';
import type { Handle } from './fault-harness.js';
import { faultRoom } from './fault-room.js';

class TargetDownError extends PipelineError {
  readonly code = 'test.target-down';
  readonly disposition = 'pause';
}
class TryAgainError extends PipelineError {
  readonly code = 'test.try-again';
  readonly disposition = 'retry';
}

const longPatienceMs = 90_000;

/** docs/reference/kafkajs.md, section 13: handlers that misbehave, members that come and go. */
describe('the consumer under faults', () => {
  const room = faultRoom('consumer-faults', { partitions: 4, minSessionTimeoutMs: 3_000 });
  const crashes = (): string[] => room.logged.filter((message) => message.startsWith('consumer of group'));
  const keysOf = (count: number): string[] => Array.from({ length: count }, (_, n) => `k${n}`);

  it('case 7: a handler throws TypeError, KafkaJSNonRetriableError and a string: each is a dead letter, the consumer lives', async () => {
    const done: string[] = [];
    room.join((text) => {
      if (text === 'type') throw new TypeError('x is not a function');
      if (text === 'kafka') throw new kafkajs.KafkaJSNonRetriableError('not for you');
      if (text === 'string') throw 'a string';
      done.push(text);
    });
    await room.publish(['a', 'type'], ['b', 'kafka'], ['c', 'string'], ['a', '1'], ['b', '2'], ['c', '3']);
    await eventually(async () => expect(await room.committed()).toBe(6));
    expect(done.sort()).toEqual(['1', '2', '3']);
    expect((await room.deadLetters()).sort()).toEqual(['kafka', 'string', 'type']);
    expect(crashes()).toEqual([]);
  });

  it('case 7: a handler that never settles holds its own key only; the rest is worked on and the member stays', async () => {
    const done: string[] = [];
    room.join((text, context) =>
      text === 'hangs' ? new Promise((resolve) => context.signal.addEventListener('abort', resolve)) : void done.push(text),
    );
    await room.publish(['a', 'hangs'], ['a', 'behind'], ...keysOf(20).map((key): [string, string] => [key, key]));
    await eventually(() => expect(done).toHaveLength(20));
    await room.publish(...keysOf(20).map((key): [string, string] => [key, `${key} later`]));
    await eventually(() => expect(done).toHaveLength(40));
    expect(done).not.toContain('behind');
    expect(crashes()).toEqual([]);
  });

  it('case 8: ten sporadic failures: no crash, no second join', async () => {
    const done: string[] = [];
    room.join((text, context) => {
      if (context.attempt === 1) throw new TryAgainError('not yet');
      done.push(text);
    });
    for (let n = 0; n < 10; n += 1) {
      await room.publish(['a', String(n)]);
      await eventually(() => expect(done).toHaveLength(n + 1));
    }
    expect(done).toEqual(Array.from({ length: 10 }, (_, n) => String(n)));
    expect(crashes()).toEqual([]);
    expect(room.metrics.counts.get('watchdog_actions_total')).toBeUndefined();
  });

  it('case 9: work longer than the session: it stays a member, a joining one gets partitions, nothing finished runs twice', async () => {
    const runs: string[] = [];
    const handle =
      (who: string): Handle =>
      async (text) => {
        await sleep(text.startsWith('long') ? 8_000 : 50);
        runs.push(`${who} ${text}`);
      };
    const options = { sessionTimeoutMs: 6_000, concurrency: 2 };
    room.join(handle('first'), options);
    await room.publish(...keysOf(16).map((key, n): [string, string] => [key, n < 2 ? `long ${n}` : String(n)]));
    await eventually(() => expect(runs.length).toBeGreaterThan(0));
    room.join(handle('second'), options);
    await eventually(async () => {
      await room.publish(['x', 'more'], ...keysOf(8).map((key): [string, string] => [key, 'more']));
      expect(runs.some((run) => run.startsWith('second'))).toBe(true);
    }, longPatienceMs);
    await eventually(() => expect(runs.filter((run) => run.includes('long'))).toHaveLength(2), longPatienceMs);
    const numberedNow = (): string[] => runs.map((run) => run.slice(run.indexOf(' ') + 1)).filter((text) => text !== 'more');
    await eventually(() => expect(new Set(numberedNow()).size).toBe(16), longPatienceMs);
    const numbered = numberedNow();
    expect(numbered.sort()).toEqual([...new Set(numbered)].sort());
  });

  it('case 11: a target is down: its partition waits without burning attempts, also across a rebalance', async () => {
    let down = true;
    const attempts: number[] = [];
    const done: string[] = [];
    const handle: Handle = (text, context) => {
      if (text.startsWith('down') && down) {
        attempts.push(context.attempt);
        throw new TargetDownError('no answer');
      }
      done.push(text);
    };
    const first = room.join(handle, { policy: { ...quick, pauseDelaysMs: [300] } });
    await room.publish(['a', 'down 1'], ['a', 'down 2'], ['a', 'down 3']);
    await eventually(() => expect(first.pausedPartitions).toHaveLength(1));
    const others = keysOf(30);
    await room.publish(...others.map((key): [string, string] => [key, key]));
    await eventually(() => expect(done.length).toBeGreaterThan(10)); // the other partitions flow
    room.join(handle, { policy: { ...quick, pauseDelaysMs: [300] } }); // a rebalance
    await eventually(() => expect(room.members.flatMap((each) => each.pausedPartitions)).toHaveLength(1), longPatienceMs);
    expect(new Set(attempts)).toEqual(new Set([1]));
    down = false;
    await eventually(() => expect(done.filter((text) => text.startsWith('down'))).toEqual(['down 1', 'down 2', 'down 3']), longPatienceMs);
    await eventually(() => expect(new Set(done).size).toBe(33), longPatienceMs);
    await eventually(async () => expect(await room.committed()).toBe(33));
    expect(await room.deadLetters()).toEqual([]);
  });

  it('case 13: messages finish out of order: the commit is the finished prefix, and in the end all of it', async () => {
    const open = new Map<string, () => void>();
    const single = uniqueName('single');
    await room.stack.createTopics([single], 1);
    room.join((text) => new Promise<void>((resolve) => open.set(text, resolve)), { topics: [single] });
    await room.publisher.publish(keysOf(6).map((key) => aMessage(single, key, key)));
    await eventually(() => expect(open.size).toBe(6));
    for (const key of ['k5', 'k3', 'k0', 'k1']) open.get(key)?.();
    await eventually(async () => expect(await committedSum(room.stack.brokers, room.group, single)).toBe(2));
    await sleep(1_500);
    expect(await committedSum(room.stack.brokers, room.group, single)).toBe(2); // k2 is open: k3 and k5 do not count
    for (const key of ['k2', 'k4']) open.get(key)?.();
    await eventually(async () => expect(await committedSum(room.stack.brokers, room.group, single)).toBe(6));
  });

  it('case 13: behind an aborted transaction the lag reaches zero', async () => {
    const single = uniqueName('aborted');
    await room.stack.createTopics([single], 1);
    const client = new kafkajs.Kafka({ brokers: room.stack.brokers, clientId: 'aborter', logLevel: kafkajs.logLevel.NOTHING });
    const producer = client.producer({ transactionalId: uniqueName('tx'), idempotent: true, maxInFlightRequests: 1 });
    const done: string[] = [];
    room.join((text) => void done.push(text), { topics: [single] });
    await room.publisher.publish([aMessage(single, 'a', '1')]);
    await eventually(() => expect(done).toEqual(['1']));
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.send({
      topic: single,
      messages: [{ key: 'a', value: 'never', headers: { [headers.type]: events.stripeEventReceived.type } }],
    });
    await transaction.abort();
    await producer.disconnect();
    await eventually(async () => expect(await committedSum(room.stack.brokers, room.group, single)).toBe(3)); // message, aborted one, marker
    expect(done).toEqual(['1']);
  });

  it('case 14: stop during work commits the prefix; the next member goes on behind it and runs nothing twice', async () => {
    const done: string[] = [];
    const handle: Handle = async (text) => {
      await sleep(30);
      done.push(text);
    };
    const first = room.join(handle, { concurrency: 1 });
    await room.publish(...Array.from({ length: 60 }, (_, n): [string, string] => [`k${n % 5}`, String(n)]));
    await eventually(() => expect(done.length).toBeGreaterThan(3));
    await first.close();
    const atStop = done.length;
    await sleep(1_000);
    expect(done).toHaveLength(atStop); // nothing runs after the stop
    expect(await room.committed()).toBe(atStop);
    room.join(handle);
    await eventually(() => expect(done).toHaveLength(60), longPatienceMs);
    expect(new Set(done).size).toBe(60);
  });

  it('case 14: stop with a hung handler ends, leaves its message uncommitted, and the member is gone', async () => {
    const seen: string[] = [];
    const hung = room.join(
      (text) => {
        seen.push(text);
        return new Promise(() => undefined);
      },
      { stopGraceMs: 500 },
    );
    await room.publish(['a', 'hangs']);
    await eventually(() => expect(seen).toEqual(['hangs']));
    await hung.close();
    await hung.close(); // a second signal: ends as well
    expect(await room.committed()).toBe(0);
    const next: string[] = [];
    room.join((text, context) => void next.push(`${text} ${textOf({ headers: context.headers } as never, headers.id)}`));
    await eventually(() => expect(next).toEqual(['hangs a-hangs']), longPatienceMs);
  });

  it('case 14: stop while idle and stop while joining end, and nobody joins afterwards', async () => {
    const idle = room.join(() => undefined);
    await eventually(() => expect(idle.health()).toBeUndefined());
    await idle.close();
    const joining = room.join(() => undefined);
    await joining.close();
    const after: string[] = [];
    room.join((text) => void after.push(text));
    await room.publish(...keysOf(20).map((key): [string, string] => [key, key]));
    await eventually(() => expect(after).toHaveLength(20), longPatienceMs); // alone in its group: all four partitions are its own
  });
});
