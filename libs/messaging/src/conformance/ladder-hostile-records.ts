import { events, headers as names } from '@tributary/contracts';
import { textHeaders } from '../envelope.js';
import type { RawRecord } from '../message.js';
import { eventually } from './eventually.js';
import { LaterError, recorder } from './ladder-fixture.js';
import type { LadderFixture } from './ladder-fixture.js';

const type = events.eventRouted.type;

/** What a record says can neither stop the ladder nor be lost in its store. */
export function hostileRecords(ladder: () => LadderFixture): void {
  /** Writes a record into the case's topic, or with a suffix into partition 0 of one of its delay topics. */
  async function write(suffix: string, text: string, headers: RawRecord['headers']): Promise<void> {
    const { harness, topic } = ladder();
    const fact = { sourceEventId: text, canonicalEventId: text, canonicalType: 'x', postings: [], ignoredReason: null, ignoredText: null };
    const value = await harness.codec.encode(harness.pipeline, events.eventRouted, fact);
    const record = { topic: topic + suffix, key: Buffer.from('cus_1'), value, headers: { [names.type]: type, ...headers } };
    await harness.publisher().publishRaw([suffix === '' ? record : { ...record, partition: 0 }]);
  }

  it.each([
    ['U+0000', Buffer.from('a\0b')],
    ['5,000 bytes', Buffer.from('s'.repeat(5_000))],
    ['bytes that are not UTF-8', Buffer.from([0xed, 0xa0, 0x80, 0xff])],
  ])('keeps a sequence in order whose name holds %s', async (_name, sequence) => {
    const { consume } = ladder();
    let fails = true;
    const { done, handle } = recorder((text) => (text === 'head' && fails ? new LaterError('not yet') : undefined));
    await consume(handle);
    const hostile = { [names.sequence]: sequence, 'x-\0': 'a\0', ['__proto__']: 'x', [names.sourceEvent]: '\0' };
    await write('', 'head', hostile);
    await write('', 'second', hostile);
    await write('', 'other', {});
    await eventually(() => expect(done).toEqual(['other']));
    fails = false;
    await eventually(() => expect(done).toEqual(['other', 'head', 'second']));
  });

  it.each([
    ['an offset beyond 64 bits', { [names.originalOffset]: '99999999999999999999' }],
    ['attempts that are no number', { [names.attempts]: 'many' }],
    ['attempts beyond any policy', { [names.attempts]: '4294967296' }],
    ['an order of an action that does not exist', { [names.order]: 'o\0', [names.orderAction]: 'explode\0' }],
    ['another topic', { [names.originalTopic]: '\0' }],
  ] as [string, RawRecord['headers']][])('dead-letters a record of a delay topic that names %s', async (_name, wrong) => {
    const { consume, dead, topic, group } = ladder();
    const { done, handle } = recorder(() => undefined);
    await consume(handle);
    const good = { [names.originalTopic]: topic, [names.originalPartition]: '0', [names.originalOffset]: '7', [names.attempts]: '1' };
    await write(`.${group}.retry.5s`, 'foreign', { ...good, ...wrong });
    await write('', 'good', {});
    await eventually(async () => expect(await dead()).toHaveLength(1));
    const [letter] = await dead();
    expect(textHeaders(letter?.headers ?? {})[names.errorCode]).toBe('message.poison');
    await eventually(() => expect(done).toEqual(['good']));
  });

  it('does not wait for a due time that no ladder has set', async () => {
    const { consume, group, topic } = ladder();
    const { done, handle } = recorder((_text, { attempt }) => (attempt === 1 ? new LaterError('not yet') : undefined));
    await consume(handle);
    await write(`.${group}.retry.5s`, 'foreign', {
      [names.originalTopic]: topic,
      [names.originalPartition]: '0',
      [names.originalOffset]: '7',
      [names.dueAt]: '8640000000000001',
    });
    await write('', 'good', {});
    await eventually(() => expect(done).toEqual(['good']));
  });
}
