import { events } from '@tributary/contracts';
import type { MessageParked } from '@tributary/contracts';
import { eventually } from './eventually.js';
import { DownError, LaterError, recorder } from './ladder-fixture.js';
import type { LadderFixture } from './ladder-fixture.js';

/** Sequences that wait behind their head, in order, also across a restart (I4). */
export function parking(ladder: () => LadderFixture): void {
  it('lets other sequences pass a stuck one, also those of the same key', async () => {
    const { consume, send, dead } = ladder();
    let mended = false;
    const { done, handle } = recorder((text) => (text === 'a1' && !mended ? new LaterError('not yet') : undefined));
    await consume(handle);
    await send(['a', 'a1'], ['a', 'a2'], ['b', 'b1'], ['b', 'b2']);
    await eventually(() => expect(done).toEqual(['b1', 'b2']));
    mended = true;
    await eventually(() => expect(done).toEqual(['b1', 'b2', 'a1', 'a2']));
    expect(await dead()).toEqual([]);
  });

  it('releases what waits in the order in which it came', async () => {
    const { consume, send, words } = ladder();
    let mended = false;
    const { done, handle } = recorder((text) => (text === 'a1' && !mended ? new LaterError('not yet') : undefined));
    await consume(handle);
    await send(['a', 'a1'], ...Array.from({ length: 20 }, (_, i): [string, string] => ['a', `a${i + 2}`]));
    await eventually(async () => expect((await words<MessageParked>(events.messageParked.type)).length).toBe(20));
    mended = true;
    await eventually(() => expect(done).toEqual(Array.from({ length: 21 }, (_, i) => `a${i + 1}`)));
    await send(['a', 'a22']);
    await eventually(() => expect(done.at(-1)).toBe('a22'));
  });

  it('tells what waits, and behind whom', async () => {
    const { consume, send, words, topic } = ladder();
    const { handle } = recorder((text) => (text === 'a1' ? new LaterError('not yet') : undefined));
    await consume(handle);
    await send(['a', 'a1'], ['a', 'a2']);
    await eventually(async () =>
      expect(await words<MessageParked>(events.messageParked.type)).toMatchObject([
        { topic, eventId: 'a/a2', sourceEventId: 'evt_a2', sequence: 'a', headCode: 'test.later' },
      ]),
    );
  });

  it('gets stuck behind a released message that fails, before the next one passes', async () => {
    const { consume, send, words } = ladder();
    const failing = new Set(['a1', 'a2']);
    const { done, handle } = recorder((text) => (failing.has(text) ? new LaterError('not yet') : undefined));
    await consume(handle);
    await send(['a', 'a1'], ['a', 'a2'], ['a', 'a3']);
    await eventually(async () => expect((await words<MessageParked>(events.messageParked.type)).length).toBe(2));
    failing.delete('a1');
    await eventually(() => expect(done).toEqual(['a1']));
    failing.delete('a2');
    await eventually(() => expect(done).toEqual(['a1', 'a2', 'a3']));
  });

  it('goes on after a restart: the head is tried again, the others wait for it', async () => {
    const { consume, send, words } = ladder();
    const first = recorder((text) => (text === 'a1' ? new LaterError('not yet') : undefined));
    const app = await consume(first.handle);
    await send(['a', 'a1'], ['a', 'a2'], ['a', 'a3']);
    await eventually(async () => expect((await words<MessageParked>(events.messageParked.type)).length).toBe(2));
    await app.close();
    const second = recorder(() => undefined);
    await consume(second.handle);
    await send(['a', 'a4']);
    await eventually(() => expect(second.done).toEqual(['a1', 'a2', 'a3', 'a4']));
  });

  it('goes on releasing after a restart in the middle of it', async () => {
    const { consume, send, words } = ladder();
    let open = false;
    const first = recorder((text) =>
      text === 'a1' && !open ? new LaterError('not yet') : text === 'a2' ? new DownError('down') : undefined,
    );
    const app = await consume(first.handle);
    await send(['a', 'a1'], ['a', 'a2'], ['a', 'a3']);
    await eventually(async () => expect((await words<MessageParked>(events.messageParked.type)).length).toBe(2));
    open = true;
    await eventually(() => expect(first.attempts).toContain('a2#1'));
    await app.close();
    expect(first.done).toEqual(['a1']);
    const second = recorder(() => undefined);
    await consume(second.handle);
    await eventually(() => expect(second.done).toEqual(['a2', 'a3']));
  });
}
