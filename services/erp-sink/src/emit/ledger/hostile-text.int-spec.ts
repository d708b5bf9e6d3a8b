import type { PostingOutcome } from '@tributary/connector-kit';
import type { PostingRequested } from '@tributary/contracts';
import { errorCodeOf } from '@tributary/domain';
import { startStack } from '@tributary/local-stack';
import fc from 'fast-check';
import type { PostingOrder } from '../poster.js';
import { FakeErp } from '../../testing/fake-erp.js';
import { Published, startPod } from '../../testing/harness.js';
import type { Pod } from '../../testing/harness.js';
import { aReceipt } from '../../testing/makers.js';
import type { StoredRequest } from './ledger-row.js';

/**
 * Runs per property. No text that data can hold makes PostgreSQL refuse a row: names, payloads, texts of the target and reasons of
 * operators.
 */
const runs = 150;
let stack: Awaited<ReturnType<typeof startStack>>;
let pod: Pod;
let published: Published;
let erp: FakeErp;
const never = new AbortController().signal;

beforeAll(async () => {
  stack = await startStack({ postgres: true });
  published = new Published();
  erp = new FakeErp();
  pod = await startPod(stack.databaseUrl, erp, published);
}, 120_000);
afterAll(async () => {
  await pod?.close();
  await stack?.stop();
});

const unit = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('\0', '\ud83d', '\ude00', '\ufdd0', '"', '\\', '{', '\u{1f600}', 'x') },
  { weight: 1, arbitrary: fc.nat(0xffff).map((code) => String.fromCharCode(code)) },
);
const text = fc.array(unit, { maxLength: 20 }).map((units) => units.join(''));
const value: fc.Arbitrary<Partial<PostingRequested>> = fc.record({
  canonicalEventId: text,
  sourceEventId: text,
  sequence: text,
  shape: text,
  fields: fc.dictionary(text, fc.oneof(text, fc.boolean(), fc.constant(null), fc.bigInt({ min: 0n, max: 2n ** 62n }))),
  flow: text,
  mappingVersion: text,
  digest: text,
});
const answer: fc.Arbitrary<PostingOutcome> = fc.oneof(
  fc.record({ kind: fc.constantFrom('posted' as const, 'updated' as const), reference: fc.dictionary(text, text) }),
  fc.record({ kind: fc.constant('rejected' as const), code: text, field: text, text }),
  fc.record({ kind: fc.constantFrom('ambiguous' as const, 'unavailable' as const), code: text, text }),
  fc.record({ kind: fc.constantFrom('skipped' as const, 'conflict' as const, 'unauthorised' as const), text }),
  fc.record({ kind: fc.constant('throttled' as const), retryAfterMs: fc.nat(5), text }),
);
const order: fc.Arbitrary<PostingOrder | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({ kind: fc.constant('decide' as const), decision: fc.constant({ kind: 'skip' as const }), text }),
  fc.record({
    kind: fc.constant('decide' as const),
    decision: fc.record({ kind: fc.constant('adopt' as const), reference: fc.dictionary(text, text) }),
    text,
  }),
);

it('takes any text in requests, outcomes and decisions, without an internal error', async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(value, text, text, text, answer, order, async (change, requestId, recordKey, header, said, decision) => {
      const request: StoredRequest = {
        requestId: `${(number += 1)} ${requestId}`,
        recordKey,
        value: aReceipt(`ch_${number}`, { ...change, ...(number % 2 ? { protocol: 'versioned-upsert', kind: 'customer' } : {}) }),
        origin: { partition: 0, offset: '1', headers: { [`h${header}`]: header } },
      };
      const { postingKey } = request.value;
      erp.answers.set(postingKey, [said]);
      const codes: string[] = [];
      for (const given of [undefined, decision, undefined])
        try {
          published.publish(await pod.poster.handle(request, never, given));
        } catch (error) {
          codes.push(errorCodeOf(error));
        }
      await pod.poster.resume(postingKey, never).catch((error: unknown) => codes.push(errorCodeOf(error)));
      expect(codes.filter((code) => code.startsWith('internal.') || code.startsWith('database.'))).toEqual([]);
      expect((await pod.ledger.resume(postingKey)).row.stored?.value).toEqual(request.value);
      expect(JSON.stringify(await pod.reader.posting(postingKey))).not.toMatch(/\\u0000|\\ud[89a-f]/);
    }),
    { numRuns: runs },
  );
}, 120_000);

it('looks up names that no row can have', async () => {
  expect(await pod.reader.posting('fake-main/cash-receipt/\0\ud83d')).toBeUndefined();
  expect(await pod.batches.order('\0\ud83d', { by: '\0', reason: '\ud83d' })).toBeUndefined();
});
