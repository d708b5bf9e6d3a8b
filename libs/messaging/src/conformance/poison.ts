import { events, headers } from '@tributary/contracts';
import { textHeaders } from '../envelope.js';
import { eventually } from './eventually.js';
import type { Fixture } from './fixture.js';

/** Records that are none of ours end as they are in the dead letters, and hold up nothing. */
export function poison(fixture: () => Fixture): void {
  const type = events.eventRouted.type;

  it.each([
    ['bytes of no schema', { value: Buffer.from('hello'), type }],
    ['a frame that names a schema and ends', { value: Buffer.from([0, 0, 0, 0]), type }],
    ['a schema that nobody knows', { value: Buffer.from([0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3]), type }],
    ['no type', { value: Buffer.from('x') }],
    ['an empty value', { value: Buffer.alloc(0), type }],
  ])('dead-letters %s at once, with its bytes', async (_name, record) => {
    const { consume, send, sendRaw, deadLetters, deadCodes, settled } = fixture();
    const done: string[] = [];
    await consume((value) => void done.push(value.sourceEventId));
    await sendRaw(record);
    await send(['a', 'good']);
    await eventually(() => expect(done).toEqual(['good']));
    await settled(2);
    expect(await deadCodes()).toEqual(['message.poison']);
    expect((await deadLetters())[0]?.value ?? null).toEqual(record.value);
  });

  it('gives a tombstone to its handler as null: it is no poison', async () => {
    const { consume, sendRaw, settled, deadLetters } = fixture();
    const seen: unknown[] = [];
    await consume((value) => void seen.push(value));
    await sendRaw({ value: null, type });
    await settled(1);
    expect(seen).toEqual([null]);
    expect(await deadLetters()).toEqual([]);
  });

  it('dead-letters poison with the headers and the key it had', async () => {
    const { consume, sendRaw, deadLetters } = fixture();
    await consume(() => undefined);
    await sendRaw({ key: 'cus_9', value: Buffer.from('hello'), type, headers: { 'x-bytes': Buffer.from([0xff, 0x00]) } });
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
    const [letter] = await deadLetters();
    expect(letter?.key?.toString()).toBe('cus_9');
    expect(letter?.headers['x-bytes']).toEqual(Buffer.from([0xff, 0x00]));
  });

  it('lets a type pass that nothing here handles', async () => {
    const { consume, message, publish, deadLetters, settled } = fixture();
    await consume(() => undefined);
    await publish({ ...message('a', '1'), event: events.stripeEventReceived, value: Buffer.from('{}') });
    await settled(1);
    expect(await deadLetters()).toHaveLength(0);
  });

  it('dead-letters a type that nothing here handles when it is told to', async () => {
    const { consume, message, publish, deadLetters, settled } = fixture();
    await consume(() => undefined, { unhandled: 'dead-letter' });
    await publish({ ...message('a', '1'), event: events.stripeEventReceived, value: Buffer.from('{}') });
    await settled(1);
    expect(textHeaders((await deadLetters())[0]?.headers ?? {})).toMatchObject({
      [headers.errorCode]: 'message.poison',
      [headers.type]: events.stripeEventReceived.type,
    });
  });
}
