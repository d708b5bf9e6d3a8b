import { aReceipt, asked } from '../../testing/makers.js';
import type { PostingEvidence } from './evidence.js';
import { rebuiltPosting } from './rebuilt-posting.js';

const lines = ['l1', 'l2'].map((key) => ({ table: 'InvcDtl', key, fields: {} }));
const value = aReceipt('in_1', { postingKey: 'fake-main/invoice/in_1', kind: 'invoice', lines });
const reference = { InvoiceNum: '30001' };
const request = { ...asked(value), writtenAt: 1_000, origin: undefined, deadLettered: false };

function evidence(lineKeys: readonly string[] | undefined, change: Partial<PostingEvidence> = {}): PostingEvidence {
  const document = { reference, released: false, marks: [value.postingKey], ...(lineKeys ? { lineKeys } : {}) };
  const { postingKey, target, kind } = value;
  return { postingKey, target, kind, requests: [request], words: [], crossReference: undefined, documents: [document], ...change };
}

it('adopts a document that shows all lines of its request', () => {
  expect(rebuiltPosting(evidence(['l2', 'l1', 'more']), 9_000)).toMatchObject({
    found: 'adopted',
    posting: { state: 'posted', reference },
  });
});

it.each<[string, readonly string[] | undefined, string[]]>([
  ['lacks a line', ['l1'], ['l2']],
  ['does not show its lines', undefined, ['l1', 'l2']],
])('never adopts a document that %s: the sink looks it up first', (_, shown, missing) => {
  const { posting, outcomes, conflict } = rebuiltPosting(evidence(shown), 9_000);
  expect(posting).toMatchObject({ state: 'waiting', reference: undefined, half: { reference, missing, digest: value.digest } });
  expect([outcomes, conflict]).toEqual([[], undefined]);
});

it('never adopts a document that says itself that it lacks lines, also such as the request does not name', () => {
  const plain = { ...request, value: { ...value, lines: [] } };
  const shown = { reference, released: false, marks: [value.postingKey], complete: false };
  expect(rebuiltPosting(evidence(undefined, { requests: [plain], documents: [shown] }), 9_000).posting).toMatchObject({
    state: 'waiting',
    half: { reference, missing: [] },
  });
});

it('keeps what an outcome calls posted, whatever lines the target shows', () => {
  const { canonicalEventId, sourceEventId, sequence, amount, postingKey, target, kind } = value;
  const about = { postingKey, target, kind, canonicalEventId, sourceEventId, sequence, amount, requestId: request.requestId };
  const event = {
    ...about,
    result: 'posted',
    reference,
    code: null,
    text: null,
    postingDate: '2026-12-01',
    attempts: 1,
    concludedAt: 2_000,
  };
  const words = [{ event, recordKey: 'cus_1', number: 0, offset: 0n }];
  expect(rebuiltPosting(evidence(['l1'], { words }), 9_000).posting).toMatchObject({
    state: 'posted',
    reference,
    half: undefined,
    postingDate: '2026-12-01',
  });
});
