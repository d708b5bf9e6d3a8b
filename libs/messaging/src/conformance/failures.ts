import { BadRequestException } from '@nestjs/common';
import { headers } from '@tributary/contracts';
import { throwError } from 'rxjs';
import { textHeaders } from '../envelope.js';
import { eventually } from './eventually.js';
import { fast, NeverError, times, TryAgainError } from './fixture.js';
import type { Fixture } from './fixture.js';

/** A failure ends as its disposition says: tried again and bounded, or a dead letter at once. */
export function failures(fixture: () => Fixture): void {
  it('retries a message that may succeed later; only its key waits', async () => {
    const { consume, send, deadLetters } = fixture();
    const order: string[] = [];
    let pass = (): void => undefined;
    const passed = new Promise<void>((resolve) => (pass = resolve));
    await consume(async (value, context) => {
      if (value.sourceEventId === 'slow' && context.attempt < 3) {
        await passed;
        throw new TryAgainError('not yet');
      }
      order.push(`${context.key}${value.sourceEventId}@${context.attempt}`);
      if (context.key === 'b') pass();
    });
    await send(['a', 'slow'], ['a', 'next'], ['b', '1']);
    await eventually(() => expect(order).toHaveLength(3));
    expect(order).toEqual(['b1@1', 'aslow@3', 'anext@1']);
    expect(await deadLetters()).toHaveLength(0);
  });

  it('gives up after its attempts: dead letter with code, attempts, place, and the original bytes', async () => {
    const { consume, publish, message, deadLetters, log, topic, group, settled } = fixture();
    let calls = 0;
    await consume((value) => {
      if (value.sourceEventId !== 'bad') return;
      calls += 1;
      throw new TryAgainError('still not', { charge: 'ch_1' });
    });
    await publish(message('a', 'bad', 'id-bad'), message('a', 'good'));
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
    const [letter] = await deadLetters();
    const [original] = (await log()).filter((record) => textHeaders(record.headers)[headers.id] === 'id-bad');
    expect(calls).toBe(3);
    expect(letter?.value?.equals(original?.value as Buffer)).toBe(true);
    expect(letter?.key?.toString()).toBe('a');
    expect(textHeaders(letter?.headers ?? {})).toMatchObject({
      [headers.id]: 'id-bad',
      [headers.errorCode]: 'test.try-again',
      [headers.errorText]: 'still not',
      [headers.errorContext]: '{"charge":"ch_1"}',
      [headers.attempts]: '3',
      [headers.originalTopic]: topic,
      [headers.originalPartition]: String(original?.partition),
      [headers.originalOffset]: String(original?.offset),
      [headers.consumerGroup]: group,
    });
    await settled(2);
  });

  it('counts every attempt, also of a handler that fails in many ways (frain-dev/convoy#1833: retries went uncounted)', async () => {
    const { consume, send, deadLetters } = fixture();
    const attempts: number[] = [];
    const ways = [
      () => Promise.reject(new TryAgainError('promise')),
      () => {
        throw new TryAgainError('thrown');
      },
      () => throwError(() => new TryAgainError('stream')),
    ];
    await consume(
      (_value, context) => {
        attempts.push(context.attempt);
        return ways[attempts.length % ways.length]?.();
      },
      { policy: { ...fast, maxAttempts: 7 } },
    );
    await send(['a', 'bad']);
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
    expect(attempts).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(textHeaders((await deadLetters())[0]?.headers ?? {})[headers.attempts]).toBe('7');
  });

  it('gives up when the first failure is too long ago, whatever attempts are left', async () => {
    const { consume, send, deadLetters } = fixture();
    let calls = 0;
    await consume(
      () => {
        calls += 1;
        throw new TryAgainError('not yet');
      },
      { policy: { ...fast, maxAttempts: 1_000_000, maxAgeMs: 300 } },
    );
    await send(['a', 'bad']);
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
    expect(calls).toBeGreaterThan(1);
    const text = textHeaders((await deadLetters())[0]?.headers ?? {});
    expect(Date.parse(text[headers.lastFailureAt] ?? '')).toBeGreaterThanOrEqual(Date.parse(text[headers.firstFailureAt] ?? '') + 300);
  });

  it('waits between attempts, and never until a time that has passed (frain-dev/convoy#1667: the next attempt was in the past)', async () => {
    const { consume, send, deadLetters } = fixture();
    const at: number[] = [];
    await consume(
      () => {
        at.push(performance.now());
        throw new TryAgainError('not yet');
      },
      { policy: { ...fast, delaysMs: [60, 120], maxAttempts: 4 } },
    );
    await send(['a', 'bad']);
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
    const waits = at.slice(1).map((time, n) => time - (at[n] ?? 0));
    // Timers may be early by a millisecond, and as late as the machine is busy.
    for (const [n, least] of [60, 120, 120].entries()) expect(waits[n]).toBeGreaterThanOrEqual(least - 2);
  });

  it.each([
    ['an error that can never succeed', () => new NeverError('never')],
    [
      'a validation failure of a pipe (nestjs/nest#10972: it loops for ever there)',
      () => new BadRequestException('amount must be a number'),
    ],
    ['a TypeError, which is our bug', () => new TypeError('x is not a function')],
    ['something thrown that is no error', () => 'a string'],
    ['nothing thrown: undefined', () => undefined],
  ])('dead-letters at once: %s', async (_name, thrown) => {
    const { consume, send, deadLetters, settled } = fixture();
    let calls = 0;
    await consume((value) => {
      if (value.sourceEventId !== 'bad') return;
      calls += 1;
      throw thrown();
    });
    await send(['a', 'bad'], ['a', 'good']);
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
    await settled(2);
    expect(calls).toBe(1);
  });

  it.each([
    ['a promise that is rejected', () => Promise.reject(new NeverError('later'))],
    ['a stream that fails', () => throwError(() => new NeverError('streamed'))],
    ['a promise of a stream that fails', async () => throwError(() => new NeverError('streamed later'))],
  ])('swallows no error of %s (nestjs/nest#10617: it was logged, and the offset committed)', async (_name, fail) => {
    const { consume, send, deadCodes, settled } = fixture();
    await consume((value) => (value.sourceEventId === 'bad' ? fail() : undefined));
    await send(['a', 'bad'], ['a', 'good']);
    await settled(2);
    expect(await deadCodes()).toEqual(['test.never']);
  });

  it('swallows no error of the second of two handlers (nestjs/nest#10617: the chain was not waited for)', async () => {
    const { consume, send, deadCodes, settled } = fixture();
    await consume(() => undefined, {
      second: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        throw new NeverError('the second one');
      },
    });
    await send(['a', 'bad']);
    await settled(1);
    expect(await deadCodes()).toEqual(['test.never']);
  });

  it('keeps a long error text and its context within a bound', async () => {
    const { consume, send, deadLetters } = fixture();
    await consume(() => {
      throw new NeverError('x'.repeat(100_000), { note: 'y'.repeat(100_000) });
    });
    await send(['a', 'bad']);
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
    const text = textHeaders((await deadLetters())[0]?.headers ?? {});
    expect(text[headers.errorText]).toHaveLength(1_000);
    expect(text[headers.errorContext]?.length).toBeLessThanOrEqual(1_000);
  });

  it('stops itself when nearly everything is rejected: then we are wrong and not the messages', async () => {
    const { consume, send, deadLetters } = fixture();
    let calls = 0;
    await consume(
      () => {
        calls += 1;
        throw new NeverError('a broken mapping');
      },
      { concurrency: 1, rejectGuard: { maxRejects: 5, window: 10 } },
    );
    await send(...times(60, (n): [string, string] => ['a', String(n)]));
    await eventually(async () => expect((await deadLetters()).length).toBeGreaterThan(5));
    const { length } = await deadLetters();
    await send(['a', 'later']);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await deadLetters()).toHaveLength(length);
    expect(calls).toBeLessThan(20);
  });
}
