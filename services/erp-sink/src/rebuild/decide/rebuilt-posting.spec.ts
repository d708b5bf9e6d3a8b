import type { PostingConcluded } from '@tributary/contracts';
import { supersededText } from '@tributary/posting';
import { aCustomer, aReceipt, asked } from '../../testing/makers.js';
import type { PostingEvidence, RequestEvidence, OutcomeEvidence } from './evidence.js';
import { rebuiltPosting } from './rebuilt-posting.js';

const now = 9_000;
const reference = { GroupID: 'S26112001', HeadNum: '881' };
const receipt = aReceipt('ch_1');

function request(change: Partial<RequestEvidence> = {}): RequestEvidence {
  return { ...asked(receipt), writtenAt: 1_000, origin: undefined, deadLettered: false, ...change };
}

function word(about: RequestEvidence, number: number, change: Partial<PostingConcluded>): OutcomeEvidence {
  const { postingKey, target, kind, canonicalEventId, sourceEventId, sequence, amount } = about.value;
  const event: PostingConcluded = {
    requestId: about.requestId,
    postingKey,
    target,
    kind,
    canonicalEventId,
    sourceEventId,
    sequence,
    amount,
    result: 'posted',
    reference: change.result === undefined || change.result === 'posted' || change.result === 'released' ? reference : null,
    code: null,
    text: null,
    postingDate: null,
    attempts: 1,
    concludedAt: 2_000 + number,
    ...change,
  };
  return { event, recordKey: about.recordKey, number, offset: BigInt(number) };
}

function evidence(change: Partial<PostingEvidence>): PostingEvidence {
  const { postingKey, target, kind } = receipt;
  return { postingKey, target, kind, requests: [request()], words: [], crossReference: undefined, documents: [], ...change };
}

const shown = [{ reference, released: false, marks: ['x'] }];

describe('a receipt', () => {
  it('is posted again as its words say, with what a replay is compared with', () => {
    const { posting, outcomes, found } = rebuiltPosting(
      evidence({ words: [word(request(), 0, {}), word(request(), 1, { result: 'released' })], documents: shown }),
      now,
    );
    expect(posting).toMatchObject({
      state: 'posted',
      reference,
      appliedDigest: 'digest of ch_1',
      released: true,
      superseded: false,
      open: false,
    });
    expect(outcomes).toMatchObject([{ number: 1, fresh: false, event: { result: 'released' } }]);
    expect(found).toBe('topics');
  });

  it('is adopted when the target has it and no word tells: it is not posted a second time', () => {
    const { posting, outcomes, found } = rebuiltPosting(evidence({ documents: shown }), now);
    expect(posting).toMatchObject({ state: 'posted', reference, appliedDigest: 'digest of ch_1' });
    expect(outcomes).toMatchObject([{ number: 0, fresh: true, event: { result: 'adopted', reference, concludedAt: now } }]);
    expect(found).toBe('adopted');
  });

  it('is stored to go on with when neither words nor target know it', () => {
    const { posting, outcomes } = rebuiltPosting(evidence({}), now);
    expect(posting).toMatchObject({ state: 'waiting', reference: undefined, open: false, request: { requestId: request().requestId } });
    expect(outcomes).toEqual([]);
  });

  it('is left to its message when it lies in the dead letters', () => {
    expect(rebuiltPosting(evidence({ requests: [request({ deadLettered: true })] }), now).posting).toBeUndefined();
  });

  it('is adopted from the dead letters when it had been posted before it got there', () => {
    const { posting } = rebuiltPosting(evidence({ requests: [request({ deadLettered: true })], documents: shown }), now);
    expect(posting).toMatchObject({ state: 'posted', reference });
  });

  it('stays rejected, so that a replay may try again', () => {
    const rejected = word(request(), 0, { result: 'rejected', code: 'kinetic.business', reference: null });
    expect(rebuiltPosting(evidence({ words: [rejected] }), now).posting).toMatchObject({ state: 'rejected', reference: undefined });
  });

  it('is adopted when the last word is that it is held, and the target has it', () => {
    const held = word(request(), 0, { result: 'held', code: 'posting.outcome-unknown', reference: null });
    const { posting, outcomes } = rebuiltPosting(evidence({ words: [held], documents: shown }), now);
    expect(posting).toMatchObject({ state: 'posted', reference });
    expect(outcomes).toMatchObject([{ number: 1, fresh: true, event: { result: 'adopted' } }]);
  });

  it('is looked for by the sink when it is held for an unknown end and the target shows nothing', () => {
    const held = word(request(), 0, { result: 'held', code: 'posting.outcome-unknown', reference: null });
    expect(rebuiltPosting(evidence({ words: [held] }), now).posting).toMatchObject({ state: 'held', open: true });
  });

  it('is posted though its batch failed: that is the batch', () => {
    const failed = word(request(), 1, { result: 'held', code: 'posting.batch-failed', reference });
    const { posting } = rebuiltPosting(evidence({ words: [word(request(), 0, {}), failed], documents: shown }), now);
    expect(posting).toMatchObject({ state: 'posted', released: false, appliedDigest: 'digest of ch_1' });
  });

  it('keeps the fields it was posted with when a replay came with others', () => {
    const replay = request({ value: { ...receipt, digest: 'changed' }, writtenAt: 5_000 });
    const words = [word(request(), 0, {}), word(request(), 1, { text: supersededText, concludedAt: 6_000 })];
    const { posting, outcomes } = rebuiltPosting(evidence({ requests: [request(), replay], words, documents: shown }), now);
    expect(posting).toMatchObject({ state: 'posted', appliedDigest: 'digest of ch_1', superseded: true });
    expect(outcomes[0]?.digest).toBe('digest of ch_1');
  });

  it('is known by its cross-reference alone when everything else has gone with its retention', () => {
    const { posting, found } = rebuiltPosting(evidence({ requests: [], crossReference: reference, documents: shown }), now);
    expect(posting).toMatchObject({ state: 'posted', reference, request: undefined });
    expect(found).toBe('erp-only');
  });
});

describe('a conflict', () => {
  const two = [...shown, { reference: { GroupID: 'HAND', HeadNum: '990' }, released: false, marks: ['x'] }];

  it.each([
    ['two documents', 'rebuild.duplicate', [word(request(), 0, {})], two],
    ['no document', 'rebuild.absent', [word(request(), 0, {})], []],
    ['another document', 'rebuild.different', [word(request(), 0, {})], two.slice(1)],
  ] as const)('is held for a person: %s where one was posted', (_, code, words, documents) => {
    const { posting, outcomes, conflict } = rebuiltPosting(evidence({ words, documents }), now);
    expect(conflict?.code).toBe(code);
    expect(posting).toMatchObject({ state: 'held', reference, open: false });
    expect(outcomes).toMatchObject([{ number: 1, fresh: true, event: { result: 'held', code } }]);
  });

  it('without a word makes the sink look before it posts', () => {
    expect(rebuiltPosting(evidence({ documents: two }), now).posting).toMatchObject({ state: 'held', reference: undefined, open: true });
  });

  it('is said once, not at every rebuild', () => {
    const first = rebuiltPosting(evidence({ words: [word(request(), 0, {})], documents: two }), now);
    const said = first.outcomes.map(({ event, recordKey, number }) => ({ event, recordKey, number, offset: 9n }));
    const second = rebuiltPosting(evidence({ words: [word(request(), 0, {}), ...said], documents: two }), now + 1);
    expect(second.outcomes.map(({ fresh }) => fresh)).toEqual([false]);
    expect(second.posting).toEqual(first.posting);
  });

  it('that is settled in the target gives the posting back', () => {
    const held = word(request(), 1, { result: 'held', code: 'rebuild.duplicate', reference: null });
    const { posting, conflict } = rebuiltPosting(evidence({ words: [word(request(), 0, {}), held], documents: shown }), now);
    expect(conflict).toBeUndefined();
    expect(posting).toMatchObject({ state: 'posted', reference });
  });

  it.each([
    ['named a document that does not carry the key', []],
    ['said which of two documents stands', two],
  ])('is none after a person %s', (_, documents) => {
    const words = [
      word(request(), 0, { result: 'held', code: 'posting.outcome-unknown', reference: null }),
      word(request(), 1, { result: 'adopted', reference: { HeadNum: '7' } }),
    ];
    const { conflict, posting } = rebuiltPosting(evidence({ words, documents }), now);
    expect(conflict).toBeUndefined();
    expect(posting).toMatchObject({ state: 'posted', reference: { HeadNum: '7' } });
  });

  it('is not seen where the target was not asked', () => {
    const { conflict, posting } = rebuiltPosting(evidence({ words: [word(request(), 0, {})], documents: undefined }), now);
    expect(conflict).toBeUndefined();
    expect(posting).toMatchObject({ state: 'posted', reference });
  });
});

describe('a customer', () => {
  const customerReference = { CustNum: '1042', CustID: 'R1' };
  const ensure: RequestEvidence = { ...asked(aCustomer('cus_1')), writtenAt: 1_000, origin: undefined, deadLettered: false };
  const upsert = (version: bigint): RequestEvidence => ({
    ...asked(aCustomer('cus_1', { protocol: 'versioned-upsert', version, digest: `v${version}` }), `request-${version}`),
    writtenAt: 1_000 + Number(version),
    origin: undefined,
    deadLettered: false,
  });
  const of = (change: Partial<PostingEvidence>): PostingEvidence =>
    evidence({ postingKey: ensure.value.postingKey, kind: 'customer', requests: [ensure], ...change });
  const posted = word(ensure, 0, { reference: customerReference });

  it('keeps its newest version, so that an older fact never overwrites it', () => {
    const words = [posted, word(upsert(10n), 0, { result: 'updated', reference: customerReference, concludedAt: 3_000 })];
    const { posting } = rebuiltPosting(of({ requests: [ensure, upsert(10n)], words }), now);
    expect(posting).toMatchObject({ state: 'posted', version: 10n, appliedDigest: 'v10', request: { requestId: 'request-10' } });
  });

  it('is sent again in its newest state when no word tells whether that arrived; older ones are stale', () => {
    const { posting, outcomes } = rebuiltPosting(of({ requests: [ensure, upsert(10n), upsert(20n)], words: [posted] }), now);
    expect(posting).toMatchObject({ state: 'waiting', reference: customerReference, request: { requestId: 'request-20' } });
    expect(outcomes.map(({ requestId, event }) => [requestId, event.result])).toEqual([
      [ensure.requestId, 'posted'],
      ['request-10', 'stale'],
    ]);
  });

  it('shared with another payer is no conflict: the first key that was planted stays', () => {
    expect(rebuiltPosting(of({ words: [posted], documents: [] }), now).conflict).toBeUndefined();
  });

  it('that a later payment asks for is there already', () => {
    const later: RequestEvidence = { ...asked(aCustomer('cus_1'), 'later'), writtenAt: 2_000, origin: undefined, deadLettered: false };
    const { posting, outcomes } = rebuiltPosting(of({ requests: [ensure, later], words: [posted] }), now);
    expect(posting).toMatchObject({ state: 'posted', request: { requestId: ensure.requestId } });
    expect(outcomes.find(({ requestId }) => requestId === 'later')).toMatchObject({ fresh: true, event: { result: 'duplicate' } });
  });
});

describe('a request over another amount', () => {
  const other = (requestId = 'second') =>
    request({
      ...asked(aReceipt('ch_1', { amount: { minor: 1250n, currency: 'USD' }, digest: 'over 12.50' }), requestId),
      writtenAt: 5_000,
    });
  const isHeld = { result: 'held', code: 'posting.amount-differs', text: 'both amounts', concludedAt: 6_000 } as const;

  it.each<[string, Partial<PostingConcluded>[]]>([
    ['is held', [isHeld]],
    ['was skipped by an operator', [isHeld, { result: 'skipped', concludedAt: 7_000 }]],
  ])('leaves the posting with the request that was booked: it %s', (_name, words) => {
    for (const requestId of ['second', request().requestId]) {
      const again = other(requestId);
      const { posting, outcomes } = rebuiltPosting(
        evidence({
          requests: [request(), again],
          words: [word(request(), 0, {}), ...words.map((one, index) => word(again, index + 1, one))],
          documents: shown,
        }),
        now,
      );
      expect(posting).toMatchObject({
        state: 'posted',
        request: { value: { digest: 'digest of ch_1' } },
        appliedDigest: 'digest of ch_1',
        appliedAmount: { minor: 1050n, currency: 'USD' },
        reference,
      });
      expect(outcomes.at(-1)).toMatchObject({ requestId, event: words.at(-1) });
    }
  });

  it('has the posting when an operator resolved it with the corrected document', () => {
    const words = [
      word(request(), 0, {}),
      word(other(), 1, isHeld),
      word(other(), 2, { result: 'adopted', reference: { HeadNum: '902' }, concludedAt: 8_000 }),
    ];
    expect(rebuiltPosting(evidence({ requests: [request(), other()], words, documents: shown }), now).posting).toMatchObject({
      state: 'posted',
      appliedAmount: { minor: 1250n },
      reference: { HeadNum: '902' },
    });
  });
});

describe('a customer that was deleted before it was created', () => {
  const deleted = request(asked(aCustomer('cus_1', { protocol: 'versioned-upsert', version: 13n, digest: 'deleted' }), 'deleted'));
  const ensured = request(asked(aCustomer('cus_1'), 'ensured'));
  const customer = (words: PostingEvidence['words'], requests = [deleted, ensured]) =>
    rebuiltPosting(evidence({ kind: 'customer', postingKey: deleted.value.postingKey, requests, words, documents: [] }), now).posting;
  const foundNothing = { result: 'skipped', code: 'posting.nothing-to-change', concludedAt: 3_000 } as const;

  it('is remembered, and not when an operator skipped it', () => {
    expect(customer([word(deleted, 0, foundNothing)], [deleted])).toMatchObject({ state: 'skipped', setAside: { requestId: 'deleted' } });
    expect(customer([word(deleted, 0, { ...foundNothing, code: null })], [deleted])).toMatchObject({
      state: 'skipped',
      setAside: undefined,
    });
  });

  it('is remembered beside the payment that goes on, and forgotten once the customer is there', () => {
    const waits = word(ensured, 1, { result: 'waiting', concludedAt: 3_000 });
    expect(customer([word(deleted, 0, foundNothing), waits])).toMatchObject({
      state: 'waiting',
      request: { requestId: 'ensured' },
      setAside: { requestId: 'deleted' },
    });
    expect(customer([word(deleted, 0, foundNothing), word(ensured, 1, { concludedAt: 4_000 })])).toMatchObject({ setAside: undefined });
  });

  it('keeps the payment that gave way to it while it is not finished', () => {
    const gaveWay = word(ensured, 0, { result: 'duplicate', reference: null, concludedAt: 2_500 });
    expect(customer([gaveWay])).toMatchObject({ request: { requestId: 'deleted' }, setAside: { requestId: 'ensured' } });
  });
});
