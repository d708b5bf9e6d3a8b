import { headers as names } from '@tributary/contracts';
import { textHeaders } from '../envelope.js';
import { eventually } from './eventually.js';
import { DownError, LaterError, NeverError, PersonError, policy, recorder } from './ladder-fixture.js';
import type { LadderFixture } from './ladder-fixture.js';

/** Attempts over the rungs of the ladder, and what ends them. */
export function rungs(ladder: () => LadderFixture): void {
  it('counts attempts over all rungs, and dead-letters with the first and the last failure', async () => {
    const { consume, send, dead, topic, group } = ladder();
    const { attempts, handle } = recorder((text) => (text === 'a1' ? new LaterError('never ready') : undefined));
    await consume(handle);
    await send(['a', 'a1']);
    await eventually(async () => expect(await dead()).toHaveLength(1));
    expect(attempts).toEqual(['a1#1', 'a1#2', 'a1#3', 'a1#4']);
    const text = textHeaders((await dead())[0]?.headers ?? {});
    expect(text).toMatchObject({
      [names.errorCode]: 'test.later',
      [names.attempts]: '4',
      [names.originalTopic]: topic,
      [names.originalOffset]: '0',
      [names.consumerGroup]: group,
      [names.id]: 'a/a1',
    });
    expect(Date.parse(text[names.lastFailureAt] ?? '')).toBeGreaterThan(Date.parse(text[names.firstFailureAt] ?? ''));
    expect(text[names.dueAt]).toBeUndefined();
  });

  it('keeps the bytes of key and value on every way', async () => {
    const { consume, send, dead, topic, harness } = ladder();
    const { handle } = recorder((text) => (text === 'a1' ? new LaterError('never ready') : undefined));
    await consume(handle);
    await send(['a', 'a1']);
    await eventually(async () => expect(await dead()).toHaveLength(1));
    const [original] = await harness.read(topic);
    expect((await dead())[0]).toMatchObject({ key: original?.key, value: original?.value });
  });

  it('marks as held what only a person can judge, and holds its sequence', async () => {
    const { consume, send, dead } = ladder();
    const { done, handle } = recorder((text) => (text === 'a1' ? new PersonError('two documents') : undefined));
    await consume(handle);
    await send(['a', 'a1'], ['a', 'a2'], ['b', 'b1']);
    await eventually(async () => expect(await dead()).toHaveLength(1));
    expect(textHeaders((await dead())[0]?.headers ?? {})).toMatchObject({
      [names.disposition]: 'hold',
      [names.errorCode]: 'test.outcome-unknown',
    });
    await eventually(() => expect(done).toEqual(['b1']));
  });

  it('consumes no attempt and uses no delay topic while the target is down', async () => {
    const { consume, send, topic, group, harness } = ladder();
    let down = true;
    const { done, attempts, handle } = recorder(() => (down ? new DownError('down') : undefined));
    await consume(handle);
    await send(['a', 'a1'], ['a', 'a2']);
    await eventually(() => expect(attempts.length).toBeGreaterThan(3));
    down = false;
    await eventually(() => expect(done).toEqual(['a1', 'a2']));
    expect(new Set(attempts.filter((attempt) => attempt.startsWith('a1')))).toEqual(new Set(['a1#1']));
    expect(await harness.read(`${topic}.${group}.retry.5s`)).toEqual([]);
  });

  it('works at once on a copy whose due time is in the past', async () => {
    const { consume, send } = ladder();
    const { done, attempts, handle } = recorder((_text, { attempt }) => (attempt < 3 ? new LaterError('not yet') : undefined));
    await consume(handle, { policy: { ...policy, rungs: [{ name: '5s', delayMs: -60_000 }] } });
    await send(['a', 'a1']);
    await eventually(() => expect(done).toEqual(['a1']));
    expect(attempts).toEqual(['a1#1', 'a1#2', 'a1#3']);
  });

  it('leaves a copy alone that is due in forty days, beyond the longest timer', async () => {
    const { consume, send, topic, group, harness } = ladder();
    const { done, attempts, handle } = recorder((text) => (text === 'a1' ? new LaterError('not yet') : undefined));
    await consume(handle, { policy: { ...policy, rungs: [{ name: '5s', delayMs: 40 * 24 * 3_600_000 }] } });
    await send(['a', 'a1'], ['b', 'b1']);
    await eventually(async () => expect(await harness.read(`${topic}.${group}.retry.5s`)).toHaveLength(1));
    await send(['b', 'b2']);
    await eventually(() => expect(done).toEqual(['b1', 'b2']));
    expect(attempts.filter((attempt) => attempt.startsWith('a1'))).toEqual(['a1#1']);
  });

  it('stops the group when nearly everything is rejected, and loses nothing by it', async () => {
    const { consume, send, dead } = ladder();
    const { handle } = recorder(() => new NeverError('we are wrong'));
    await consume(handle, { rejectGuard: { maxRejects: 5, window: 10 } });
    await send(...Array.from({ length: 60 }, (_, i): [string, string] => [`s${i}`, `t${i}`]));
    await eventually(async () => expect((await dead()).length).toBeGreaterThan(5));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await dead()).length).toBeLessThan(60);
  });
}
