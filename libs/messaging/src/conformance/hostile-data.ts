import { events, headers } from '@tributary/contracts';
import { PipelineError } from '@tributary/domain';
import { textHeaders } from '../envelope.js';
import type { RawRecord } from '../message.js';
import type { Fixture } from './fixture.js';

const type = events.eventRouted.type;
/** Bytes that no UTF-8 has: an unpaired surrogate as some encoders write it (CESU-8), then a byte that begins nothing. */
const notUtf8 = Buffer.from([0xed, 0xa0, 0x80, 0xff]);

class HostileError extends PipelineError {
  readonly code = 'test.hostile';
  readonly disposition = 'reject';
}

/** No header, key or error text leads to an `internal.*` code, stops the group or reaches a dead letter in a form that stores refuse. */
export function hostileData(fixture: () => Fixture): void {
  it.each([
    ['a header that is called __proto__', { ['__proto__']: Buffer.from('x') }],
    ['a header that is called like a method', { constructor: Buffer.from('x'), toString: Buffer.from('y') } as RawRecord['headers']],
    ['U+0000 in the id, the sequence and the source event', { [headers.id]: 'a\0', [headers.sequence]: '\0', [headers.sourceEvent]: '\0' }],
    ['ids that are not UTF-8', { [headers.id]: notUtf8, [headers.sequence]: notUtf8, [headers.sourceEvent]: notUtf8 }],
    ['a sequence of 100,000 bytes', { [headers.sequence]: 's'.repeat(100_000) }],
    ['a trace context that is none', { [headers.traceparent]: notUtf8, [headers.tracestate]: '\0=' }],
    ['a due time outside the delay topics', { [headers.dueAt]: '9007199254740991' }],
  ] as [string, RawRecord['headers']][])('hands %s to its handler, and the group goes on', async (_name, more) => {
    const { consume, message, publish, sendRaw, settled, deadLetters, log } = fixture();
    await publish(message('a', 'first'));
    const [first] = await log();
    const seen: { id: string; sequence: string; sourceEventId: string; all: string }[] = [];
    await consume((_value, { eventId: id, sequence, sourceEventId, headers: all }) => {
      seen.push({ id, sequence, sourceEventId, all: JSON.stringify(all) });
    });
    await sendRaw({ value: first?.value ?? null, type, headers: more });
    await settled(2);
    expect(await deadLetters()).toEqual([]);
    for (const { id, sequence, sourceEventId, all } of seen) {
      for (const text of [id, sequence, sourceEventId, all]) expect(text).not.toMatch(/\0|\\u0000/);
      expect(Buffer.byteLength(id + sequence + sourceEventId)).toBeLessThan(1_200);
    }
    expect(seen).toHaveLength(2);
  });

  it.each([
    ['U+0000 and unpaired surrogates', 'a\0b\ud800c', { 'k\0': '\udc00' }],
    [
      '100,000 characters of four bytes',
      '😀'.repeat(100_000),
      Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`key${n}`, '😀'.repeat(9_999)])),
    ],
    ['nothing', '', {}],
  ] as [string, string, Record<string, string>][])('dead-letters an error whose text holds %s', async (_name, text, context) => {
    const { consume, send, settled, deadLetters } = fixture();
    await consume(() => {
      throw new HostileError(text, context);
    });
    await send(['a', '1']);
    await settled(1);
    const [letter] = await deadLetters();
    const told = textHeaders(letter?.headers ?? {});
    expect(told[headers.errorCode]).toBe('test.hostile');
    expect(told[headers.errorText]?.length).toBeLessThanOrEqual(1_000);
    expect(told[headers.errorContext]?.length).toBeLessThanOrEqual(1_000);
    for (const value of [told[headers.errorText], told[headers.errorContext]]) {
      expect(value).not.toMatch(/\0|\\u0000|\\ud8|\\udc/i);
      expect(value?.isWellFormed()).toBe(true);
    }
    expect(() => JSON.parse(told[headers.errorContext] ?? '') as unknown).not.toThrow();
  });

  it('dead-letters a record of nearly the largest size, although its dead letter is larger', async () => {
    const { consume, sendRaw, send, settled, deadLetters } = fixture();
    const done: string[] = [];
    await consume((value) => void done.push(value.sourceEventId));
    await sendRaw({ value: Buffer.alloc(999_800, 1), type });
    await send(['a', 'good']);
    await settled(2);
    expect(done).toEqual(['good']);
    expect((await deadLetters())[0]?.value).toHaveLength(999_800);
  });

  it('writes ids and headers that its own handlers hold as text that every reader can decode', async () => {
    const { consume, message, publish, log, settled } = fixture();
    const seen: string[] = [];
    await consume((_value, context) => void seen.push(context.eventId, context.sequence, context.headers['x-note'] ?? ''));
    await publish({ ...message('\ud800', '1', 'id\0\ud800'), sequence: 'q'.repeat(5_000), headers: { 'x-note': '\udc00'.repeat(20_000) } });
    await settled(1);
    const [record] = await log();
    const strict = new TextDecoder('utf-8', { fatal: true });
    for (const value of Object.values(record?.headers ?? {})) expect(() => strict.decode(Buffer.from(value as Buffer))).not.toThrow();
    expect(seen[0]).toBe('id\uFFFD\uFFFD');
    expect(seen[1]).toMatch(/^q{100}… \[cut, sha256 [0-9a-f]{64}\]$/);
    expect(seen[2]).toMatch(/^\uFFFD+… \[cut, 20000 characters\]$/);
  });
}
