import { events, headers as names } from '@tributary/contracts';
import type { EventRouted } from '@tributary/contracts';
import { textHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import { eventually } from './eventually.js';
import { NeverError, recorder } from './ladder-fixture.js';
import type { LadderFixture } from './ladder-fixture.js';

/** What a person decides about a dead letter: replay, skip, resolve, each once. */
export function orders(ladder: () => LadderFixture): void {
  it('holds a sequence whose head is dead until a person replays it', async () => {
    const { consume, send, dead, closed, order } = ladder();
    let mended = false;
    const { done, handle } = recorder((text) => (text === 'a1' && !mended ? new NeverError('a field is missing') : undefined));
    await consume(handle);
    await send(['a', 'a1'], ['a', 'a2'], ['b', 'b1']);
    await eventually(async () => {
      expect(done).toEqual(['b1']);
      expect(await dead()).toHaveLength(1);
    });
    mended = true;
    await order((await dead())[0] as IncomingMessage, 'order-1', 'replay');
    await eventually(() => expect(done).toEqual(['b1', 'a1', 'a2']));
    await eventually(async () =>
      expect(await closed()).toMatchObject([{ orderId: 'order-1', result: 'replayed', eventId: 'a/a1', sequence: 'a', text: 'because' }]),
    );
  });

  it('replays the bytes that a person changed', async () => {
    const { consume, send, dead, order, topic, harness } = ladder();
    const { done, handle } = recorder((text) => (text === 'bad' ? new NeverError('bad') : undefined));
    await consume(handle);
    await send(['a', 'bad'], ['a', 'a2']);
    await eventually(async () => expect(await dead()).toHaveLength(1));
    const [letter] = await dead();
    const value = (await harness.codec.decode(events.eventRouted, letter?.value ?? null)) as EventRouted;
    const edited = await harness.codec.encode(topic, events.eventRouted, { ...value, sourceEventId: 'good' });
    await order(letter as IncomingMessage, 'edit-1', 'replay', edited);
    await eventually(() => expect(done).toEqual(['good', 'a2']));
  });

  it('says so when a replay fails again, and keeps holding', async () => {
    const { consume, send, dead, closed, order } = ladder();
    const { done, handle } = recorder((text) => (text === 'a1' ? new NeverError('still missing') : undefined));
    await consume(handle);
    await send(['a', 'a1'], ['a', 'a2']);
    await eventually(async () => expect(await dead()).toHaveLength(1));
    await order((await dead())[0] as IncomingMessage, 'order-2', 'replay');
    await eventually(async () => expect(await closed()).toMatchObject([{ orderId: 'order-2', result: 'dead-again' }]));
    await eventually(async () => expect(await dead()).toHaveLength(2));
    expect(done).toEqual([]);
  });

  it('skips without asking the handler, where the handler has no use for it', async () => {
    const { consume, send, dead, closed, order } = ladder();
    const { done, attempts, handle } = recorder((text) => (text === 'a1' ? new NeverError('never') : undefined));
    await consume(handle);
    await send(['a', 'a1'], ['a', 'a2']);
    await eventually(async () => expect(await dead()).toHaveLength(1));
    await order((await dead())[0] as IncomingMessage, 'skip-1', 'skip');
    await eventually(() => expect(done).toEqual(['a2']));
    expect(attempts.filter((attempt) => attempt.startsWith('a1'))).toHaveLength(1);
    await eventually(async () => expect(await closed()).toMatchObject([{ orderId: 'skip-1', result: 'skipped' }]));
  });

  it('tells the handler what was decided, where it wants to know', async () => {
    const { consume, send, dead, closed, order } = ladder();
    const decided: string[] = [];
    const { done, handle } = recorder((text, { headers }) => {
      const action = headers[names.orderAction];
      if (action) decided.push(`${text} ${action} ${headers[names.orderReference]}`);
      return text === 'a1' && !action ? new NeverError('never') : undefined;
    });
    await consume(handle, { tellHandler: true });
    await send(['a', 'a1'], ['a', 'a2']);
    await eventually(async () => expect(await dead()).toHaveLength(1));
    await order((await dead())[0] as IncomingMessage, 'resolve-1', 'resolve');
    await eventually(() => expect(done).toEqual(['a1', 'a2']));
    expect(decided).toEqual(['a1 resolve {"HeadNum":"881"}']);
    await eventually(async () => expect(await closed()).toMatchObject([{ orderId: 'resolve-1', result: 'resolved' }]));
  });

  it('carries an order out once, however often it is given', async () => {
    const { consume, send, dead, closed, order } = ladder();
    let mended = false;
    const { done, handle } = recorder((text) => (text === 'a1' && !mended ? new NeverError('not yet') : undefined));
    await consume(handle);
    await send(['a', 'a1']);
    await eventually(async () => expect(await dead()).toHaveLength(1));
    mended = true;
    const [letter] = await dead();
    for (let i = 0; i < 3; i += 1) await order(letter as IncomingMessage, 'order-3', 'replay');
    await eventually(async () => expect((await closed()).filter(({ orderId }) => orderId === 'order-3')).toHaveLength(3));
    expect(done).toEqual(['a1']);
    expect(new Set((await closed()).map(({ result }) => result))).toEqual(new Set(['replayed']));
  });

  it('answers an order about a message that waits behind a stuck one', async () => {
    const { consume, send, dead, closed, order, topic, harness } = ladder();
    const { done, handle } = recorder((text) => (text === 'a1' ? new NeverError('never') : undefined));
    await consume(handle);
    await send(['a', 'a1'], ['a', 'a2']);
    await eventually(async () => expect(await dead()).toHaveLength(1));
    const [, second] = (await harness.read(topic)).sort((a, b) => Number(a.offset - b.offset));
    const headers = {
      ...textHeaders(second?.headers ?? {}),
      [names.originalTopic]: topic,
      [names.originalPartition]: String(second?.partition),
      [names.originalOffset]: String(second?.offset),
    };
    await order({ ...(second as IncomingMessage), headers }, 'early', 'replay');
    await eventually(async () => expect(await closed()).toMatchObject([{ orderId: 'early', result: 'not-applicable', eventId: 'a/a2' }]));
    expect(done).toEqual([]);
  });

  it('replays what was skipped, when a person thinks better of it', async () => {
    const { consume, send, dead, closed, order } = ladder();
    let mended = false;
    const { done, handle } = recorder((text) => (text === 'a1' && !mended ? new NeverError('never') : undefined));
    await consume(handle);
    await send(['a', 'a1']);
    await eventually(async () => expect(await dead()).toHaveLength(1));
    await order((await dead())[0] as IncomingMessage, 'skip-2', 'skip');
    await eventually(async () => expect(await closed()).toHaveLength(1));
    expect(done).toEqual([]);
    mended = true;
    await order((await dead())[0] as IncomingMessage, 'better', 'replay');
    await eventually(() => expect(done).toEqual(['a1']));
  });

  it('dead-letters an order that does not say what it is about', async () => {
    const { consume, dead, topic, group, harness } = ladder();
    const { handle } = recorder(() => undefined);
    await consume(handle);
    await harness
      .publisher()
      .publishRaw([
        { topic: `${topic}.${group}.replay`, partition: 0, key: null, value: Buffer.from('x'), headers: { [names.order]: 'o' } },
      ]);
    await eventually(async () => expect(await dead()).toHaveLength(1));
    expect(textHeaders((await dead())[0]?.headers ?? {})).toMatchObject({ [names.errorCode]: 'message.poison' });
  });
}
