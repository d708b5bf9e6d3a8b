import fc from 'fast-check';
import { headers as names } from '@tributary/contracts';
import type { Head } from '@tributary/posting';
import { startStack } from '@tributary/local-stack';
import { postgresLot } from '../conformance/postgres-lot.js';
import { lastHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import { errorCodeText } from '../failure.js';
import { idText } from '../header-text.js';
import { sequenceOf } from './partition-ladder.js';

let stack: Awaited<ReturnType<typeof startStack>>;
let postgres: Awaited<ReturnType<typeof postgresLot>>;
beforeAll(async () => {
  stack = await startStack({ postgres: true });
  postgres = await postgresLot(stack.databaseUrl);
}, 120_000);
afterAll(async () => {
  await postgres?.close();
  await stack?.stop();
});

/** Text as Kafka's bytes may hold it, U+0000 and very long ones among it; what was no UTF-8 has been decoded already. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('\0', 'a\0b', 'base64:YQ==', '__proto__', '', '\uFFFD'),
  fc.nat(9_000).map((length) => 's'.repeat(length)),
);
const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array));
const header = fc.oneof(
  bytes,
  text.map((value) => Buffer.from(value)),
  fc.constant(null),
);
const message = fc.record({
  topic: fc.constant('topic'),
  partition: fc.constant(0),
  offset: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.dictionary(text, fc.oneof(header, fc.array(header, { minLength: 1, maxLength: 2 })), { maxKeys: 5 }),
  timestamp: fc.oneof(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.maxSafeInteger(), fc.constantFrom(Number.NaN, -1, 2 ** 63)),
}) as fc.Arbitrary<IncomingMessage>;

let partition = 0;

it('gives back every message that it parked, byte for byte, whatever its key, headers and time hold', async () => {
  await fc.assert(
    fc.asyncProperty(message, text, text, text, async (parked, sequenceHeader, order, code) => {
      const of = { group: 'group', topic: 'topic', partition: (partition += 1) };
      const sequence = sequenceOf({ ...parked, headers: { ...parked.headers, [names.sequence]: Buffer.from(sequenceHeader) } });
      const head: Head = {
        offset: parked.offset,
        place: 'rung',
        attempts: 1,
        delayedRetries: 1,
        firstFailureAt: 1,
        dueAt: 2,
        code: errorCodeText(code),
        order: { id: idText(order), action: 'replay' },
      };
      const { claim } = await postgres.lot.claim(of);
      await postgres.lot.store(claim, sequence, [
        { kind: 'park', message: { ...parked, partition: of.partition } },
        { kind: 'head', head },
        { kind: 'answer', order: idText(order), result: 'replayed' },
      ]);
      const { sequences } = await postgres.lot.claim(of);
      expect(sequences).toEqual([{ sequence, head, parked: [parked.offset] }]);
      const { timestamp, headers, ...rest } = (await postgres.lot.read(of, parked.offset)) as IncomingMessage;
      expect(rest).toEqual({ topic: 'topic', partition: of.partition, offset: parked.offset, key: parked.key, value: parked.value });
      expect(headers).toEqual(
        Object.fromEntries(Object.entries(lastHeaders(parked.headers)).map(([name, value]) => [name, Buffer.from(value)])),
      );
      expect(timestamp).toBeGreaterThanOrEqual(0);
      expect(await postgres.lot.answered(idText(order))).toBe('replayed');
    }),
    { numRuns: 300 },
  );
});
