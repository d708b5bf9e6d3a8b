import { events, headers } from '@tributary/contracts';
import { firstValueFrom, of } from 'rxjs';
import { textHeaders } from '../envelope.js';
import type { MessageContext } from '../message.js';
import { eventually } from './eventually.js';
import { times } from './fixture.js';
import type { Fixture } from './fixture.js';

/** What a handler gets, and what becomes of what it returns. */
export function delivery(fixture: () => Fixture): void {
  it('gives a handler its value, and what the headers say', async () => {
    const { consume, message, publish, topic } = fixture();
    const seen: [string, MessageContext][] = [];
    await consume((value, context) => void seen.push([value.sourceEventId, context]));
    await publish({ ...message('cus_1', 'a', 'evt-1'), sequence: 'pi_1', sourceEventId: 'evt_stripe' });
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]?.[0]).toBe('a');
    expect(seen[0]?.[1]).toMatchObject({
      topic,
      key: 'cus_1',
      eventId: 'evt-1',
      eventType: events.eventRouted.type,
      sequence: 'pi_1',
      sourceEventId: 'evt_stripe',
      attempt: 1,
    });
  });

  it('takes the key as the sequence of a message that names none', async () => {
    const { consume, send } = fixture();
    const seen: MessageContext[] = [];
    await consume((_value, context) => void seen.push(context));
    await send(['cus_1', 'a']);
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]).toMatchObject({ sequence: 'cus_1', sourceEventId: '' });
  });

  it('gives a handler the headers of others untouched, beside ours', async () => {
    const { consume, message, publish } = fixture();
    const seen: MessageContext[] = [];
    await consume((_value, context) => void seen.push(context));
    await publish({ ...message('a', '1'), headers: { 'x-note': 'Grüße', empty: '' } });
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]?.headers).toMatchObject({ 'x-note': 'Grüße', empty: '', [headers.type]: events.eventRouted.type });
  });

  it('names the place of a message as the log has it', async () => {
    const { consume, send, log } = fixture();
    const seen: string[] = [];
    await consume((value, { partition, offset }) => void seen.push(`${value.sourceEventId} ${partition}/${offset}`));
    await send(...times(9, (n): [string, string] => [`k${n}`, `k${n}`]));
    await eventually(() => expect(seen).toHaveLength(9));
    expect(seen.sort()).toEqual((await log()).map(({ key, partition, offset }) => `${key?.toString()} ${partition}/${offset}`).sort());
  });

  it('reads a group that is new from the beginning of the log', async () => {
    const { consume, send } = fixture();
    await send(['a', '1'], ['a', '2']);
    const seen: string[] = [];
    await consume((value) => void seen.push(value.sourceEventId));
    await send(['a', '3']);
    await eventually(() => expect(seen).toEqual(['1', '2', '3']));
  });

  it('gives every group all messages', async () => {
    const one = fixture();
    const seen: string[] = [];
    await one.consume((value) => void seen.push(`one ${value.sourceEventId}`));
    const other = one.harness.transport({
      groupId: one.harness.unique('other'),
      topics: [one.topic],
      policy: { delaysMs: [], maxAttempts: 1, maxAgeMs: 1, pauseDelaysMs: [100] },
    }) as unknown as {
      addHandler(pattern: string, handler: (value: { sourceEventId: string }) => Promise<void>, isEvent: boolean): void;
      listen(done: () => void): void;
      close(): Promise<void>;
    };
    other.addHandler(events.eventRouted.type, async (value) => void seen.push(`other ${value.sourceEventId}`), true);
    other.listen(() => undefined);
    await one.send(['a', '1'], ['a', '2']);
    await eventually(() => expect([...seen].sort()).toEqual(['one 1', 'one 2', 'other 1', 'other 2']));
    await other.close();
  });

  it('publishes what a handler returns before its offset counts as finished (I1)', async () => {
    const { consume, harness, message, send, settled } = fixture();
    const out = harness.unique('out');
    await harness.createTopic(out, 3);
    await consume((value, context) => [{ ...message(context.key, `${value.sourceEventId}!`), topic: out }]);
    await send(['a', '1'], ['b', '2']);
    await eventually(async () => expect((await harness.read(out)).length).toBe(2));
    await settled(2);
  });

  it('publishes one message that a handler returns as well as a list', async () => {
    const { consume, harness, message, send } = fixture();
    const out = harness.unique('out');
    await harness.createTopic(out, 3);
    await consume((value, context) => ({ ...message(context.key, `${value.sourceEventId}!`), topic: out }));
    await send(['a', '1']);
    await eventually(async () => expect((await harness.read(out)).map(({ key }) => key?.toString())).toEqual(['a']));
  });

  it('publishes what one handler returns in the order of its list', async () => {
    const { consume, harness, message, send } = fixture();
    const out = harness.unique('out');
    await harness.createTopic(out, 3);
    await consume(() => times(5, (n) => ({ ...message('same', String(n)), topic: out })));
    await send(['a', '1']);
    const ids = async (): Promise<(string | undefined)[]> => (await harness.read(out)).map((one) => textHeaders(one.headers)[headers.id]);
    await eventually(async () => expect(await ids()).toEqual(times(5, (n) => `same-${n}`)));
  });

  it('dead-letters the message whose handler returns what is no message: nothing is published by halves', async () => {
    const { consume, harness, message, send, settled, deadLetters } = fixture();
    const out = harness.unique('out');
    await harness.createTopic(out, 3);
    await consume(() => [{ ...message('a', '1'), topic: out }, { surprise: true }]);
    await send(['a', '1']);
    await settled(1);
    expect(await deadLetters()).toHaveLength(1);
    expect(await harness.read(out)).toEqual([]);
  });

  it('publishes what each of two handlers of one event returns', async () => {
    const { consume, harness, message, send, settled, deadLetters } = fixture();
    const out = harness.unique('out');
    await harness.createTopic(out, 3);
    const says = (who: string) => () => ({ ...message('a', who), topic: out });
    await consume(says('first'), { second: says('second') });
    await send(['a', '1']);
    await settled(1);
    const ids = (await harness.read(out)).map((one) => textHeaders(one.headers)[headers.id]);
    expect(ids.sort()).toEqual(['a-first', 'a-second']);
    expect(await deadLetters()).toEqual([]);
  });

  it('is content with two handlers of one event that return nothing', async () => {
    const { consume, send, settled, deadLetters } = fixture();
    const seen: string[] = [];
    await consume((value) => void seen.push(`first ${value.sourceEventId}`), {
      second: (value) => void seen.push(`second ${value.sourceEventId}`),
    });
    await send(['a', '1']);
    await settled(1);
    expect(seen.sort()).toEqual(['first 1', 'second 1']);
    expect(await deadLetters()).toEqual([]);
  });

  it('consumes a stream that a handler returns, once', async () => {
    const { consume, send, settled } = fixture();
    let subscriptions = 0;
    await consume(() => {
      subscriptions += 1;
      return of(undefined);
    });
    await send(['a', '1']);
    await settled(1);
    expect(subscriptions).toBe(1);
    expect(await firstValueFrom(of(1))).toBe(1);
  });
}
