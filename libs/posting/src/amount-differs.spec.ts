import fc from 'fast-check';
import { amountDiffersText } from './amount-differs.js';
import { step } from './step.js';
import { defaultPostingPolicy, newPosting } from './types.js';
import type { Effect, Input, Posting, PostingRequest } from './types.js';

const policy = { ...defaultPostingPolicy, leaseMs: 100, settleMs: 10, heldAfterMs: 1_000, resumeDelayMs: 10, maxAttempts: 3 };
const first: PostingRequest = {
  requestId: 'r1',
  protocol: 'create-once',
  version: 0n,
  digest: 'd1',
  amount: { minor: 1050n, currency: 'USD' },
};
const second: PostingRequest = { ...first, requestId: 'r2', digest: 'd2', amount: { minor: 1250n, currency: 'USD' } };
const reference = { HeadNum: '881' };

const take = (posting: Posting, request: PostingRequest, change: Partial<Extract<Input, { kind: 'requested' }>> = {}, now = 1_000) =>
  step(posting, { kind: 'requested', request, missing: [], ...change }, now, policy);
const sent = take(newPosting, first, {}, 1).posting;
const posted = step(sent, { kind: 'answered', fence: sent.fence, answer: { kind: 'posted', reference } }, 2, policy).posting;

it('says both amounts and what to do', () => {
  expect(amountDiffersText({ minor: 1050n, currency: 'USD' }, { minor: 1000n, currency: 'JPY' }, true)).toBe(
    'this request is over 1000 JPY, and 10.50 USD is posted under the same posting key; nothing was changed. Compare both with Stripe. ' +
      'If the document in the ERP is right, skip this request; if not, correct it in the ERP and resolve this request with its reference',
  );
  // ISK has no fractions, so 501 cannot be shown in major units: the text shows the minor units unchanged.
  expect(amountDiffersText({ minor: 501n, currency: 'ISK' }, { minor: 500n, currency: 'ISK' }, false)).toContain(
    'over 5 ISK, and 501 minor units of ISK is being posted',
  );
});

it.each<[string, Posting]>([
  ['is posted', posted],
  ['waits for another posting', take(newPosting, first, { missing: ['t/customer/c'] }).posting],
  ['was sent by a worker that is gone', sent],
  ['is looked for', { ...sent, state: 'unknown', leaseUntil: 0 }],
  ['is held because its end is unknown', { ...sent, state: 'held', leaseUntil: 0, storedInLedger: true }],
  ['was refused after a call that may still be committed', { ...sent, state: 'rejected', leaseUntil: 0, sentAt: undefined, resentAt: 5 }],
])('holds a request over another amount while the first one %s, and changes nothing', (_name, posting) => {
  for (const amount of [second.amount, { minor: 1050n, currency: 'EUR' }]) {
    const { posting: after, effects } = take(posting, { ...second, amount }, {});
    expect(after).toBe(posting);
    expect(effects).toMatchObject([{ kind: 'conclude', requestId: 'r2', result: 'held', code: 'posting.amount-differs' }]);
  }
});

it('holds the same request when it comes again over another amount', () => {
  const again = take(posted, { ...second, requestId: 'r1' }, { earlier: { result: 'posted', digest: 'd1' } });
  expect(again.effects).toMatchObject([{ kind: 'conclude', requestId: 'r1', result: 'held', code: 'posting.amount-differs' }]);
});

it('treats the same amount with other fields as before', () => {
  const other = { ...second, amount: first.amount };
  expect(take(posted, other).effects).toMatchObject([{ result: 'duplicate', text: expect.stringMatching(/^superseded/) }]);
  expect(take(posted, { ...other, requestId: 'r1' }, { earlier: { result: 'posted', digest: 'd1' } }).effects).toEqual([
    { kind: 'repeat', superseded: true },
  ]);
});

it('cannot compare what an earlier version posted without its amount, nor master data', () => {
  expect(take({ ...posted, appliedAmount: undefined }, second).effects).toMatchObject([{ result: 'duplicate' }]);
  expect(take(posted, { ...second, amount: undefined }).effects).toMatchObject([{ result: 'duplicate' }]);
});

it('posts another amount after the first was surely refused, and an edited replay of what was never sent', () => {
  const refused = step(sent, { kind: 'answered', fence: 1, answer: { kind: 'rejected', code: 'c', text: 't' } }, 2, policy).posting;
  expect(take(refused, second).effects).toEqual([{ kind: 'post' }]);
  const waiting = take(newPosting, first, { missing: ['t/customer/c'] }).posting;
  expect(take(waiting, { ...second, requestId: 'r1' }, { ordered: true }).effects).toEqual([{ kind: 'post' }]);
});

it('is ended by an operator: skipped without touching the posting, or resolved with the corrected document', () => {
  const decide = (decision: Extract<Input, { kind: 'decided' }>['decision']) =>
    step(posted, { kind: 'decided', request: second, decision, text: 'known' }, 9_000, policy);
  const skipped = decide({ kind: 'skip' });
  expect(skipped).toEqual({ posting: posted, effects: [{ kind: 'conclude', requestId: 'r2', result: 'skipped', text: 'known' }] });
  expect(take(skipped.posting, second, { earlier: { result: 'skipped', digest: 'd2' } }).effects).toEqual([
    { kind: 'repeat', superseded: false },
  ]);
  const resolved = decide({ kind: 'adopt', reference: { HeadNum: '902' } }).posting;
  expect(resolved).toMatchObject({ reference: { HeadNum: '902' }, appliedAmount: second.amount });
  expect(take(resolved, first).effects).toMatchObject([{ result: 'held', text: expect.stringContaining('12.50 USD is posted') }]);
});

/**
 * One move of the model: two requests of one posting key over different amounts arrive in any order and any number of times, with lost
 * answers, refusals and crashes.
 */
type Move =
  | { readonly do: 'deliver'; readonly request: number; readonly missing: boolean }
  | { readonly do: 'resume' }
  | { readonly do: 'answer'; readonly fate: number }
  | { readonly do: 'pass'; readonly ms: number };
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver' as const), request: fc.nat(2), missing: fc.boolean() }) },
    { weight: 2, arbitrary: fc.constant({ do: 'resume' as const }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('answer' as const), fate: fc.nat(4) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(200) }) },
  ),
  { maxLength: 60 },
);

class World {
  /** @param amountOf the amount that the protocol sees for a request. */
  constructor(private readonly amountOf: (request: PostingRequest) => PostingRequest['amount'] = ({ amount }) => amount) {}

  posting = newPosting;
  now = 10;
  next: Effect | undefined;
  /** Amounts of the documents in the target. */
  readonly booked: bigint[] = [];
  readonly words = new Map<string, { result: string; digest: string; text: string | undefined }>();

  take(input: Input): void {
    const asked = input.kind === 'requested' ? input.request : undefined;
    const { posting, effects } = step(this.posting, input, this.now, policy);
    this.posting = posting;
    for (const effect of effects)
      if (effect.kind === 'conclude') {
        const { digest } =
          asked?.requestId === effect.requestId ? asked : (requests.find((one) => one.requestId === effect.requestId) ?? first);
        this.words.set(effect.requestId, { result: effect.result, digest, text: effect.text });
      }
    this.next = effects.find(({ kind }) => kind === 'lookup' || kind === 'post');
  }

  play(move: Move): void {
    if (move.do === 'pass') this.now += move.ms;
    else if (move.do === 'resume') this.take({ kind: 'resumed', missing: [] });
    else if (move.do === 'deliver') {
      const request = requests[move.request] ?? first;
      const missing = move.missing ? ['t/customer/c'] : [];
      this.take({
        kind: 'requested',
        request: { ...request, amount: this.amountOf(request) },
        missing,
        earlier: this.words.get(request.requestId),
      });
    } else this.answer(move.fate);
  }

  private answer(fate: number): void {
    const { fence, request } = this.posting;
    if (this.next?.kind === 'lookup') {
      const found = this.booked.length > 0 ? reference : undefined;
      return this.take(fate === 0 ? { kind: 'lookup-failed', fence, text: '' } : { kind: 'lookup-answered', fence, reference: found });
    }
    if (this.next?.kind !== 'post') return;
    this.next = undefined;
    if (fate === 0) return this.take({ kind: 'answered', fence, answer: { kind: 'rejected', code: 'c', text: '' } });
    if (fate > 1) this.booked.push(requests.find(({ requestId }) => requestId === request?.requestId)?.amount?.minor ?? 0n); // fate 1: the call never reaches the target
    if (fate === 4) return this.take({ kind: 'answered', fence, answer: { kind: 'posted', reference } });
    if (fate === 2) return; // the worker dies after the call
    this.take({ kind: 'answered', fence, answer: { kind: 'unknown', text: '' } });
  }
}
const requests = [first, second, { ...first, requestId: 'r3', digest: 'd3' }];

function isBookedOnce(world: World): boolean {
  if (world.booked.length > 1) return false;
  if (world.posting.reference === undefined) return true;
  return requests.every(({ requestId, amount }) => {
    const { result = '', text } = world.words.get(requestId) ?? {};
    // Another request over the same amount displaced this one. The amount is checked on that other request.
    const isDisplaced = text?.endsWith('takes its place') === true;
    return amount?.minor === world.booked[0] || isDisplaced || ['', 'held', 'rejected', 'waiting'].includes(result);
  });
}

const bookedOnce = (world: () => World) =>
  fc.property(moves, (played) => {
    const at = world();
    return played.every((move) => {
      at.play(move);
      return isBookedOnce(at);
    });
  });

it('books one amount, and no request over another one ever ends as if it were booked', () => {
  fc.assert(
    bookedOnce(() => new World()),
    { numRuns: 3_000 },
  );
});

it('would be caught ignoring the amount', () => {
  expect(
    fc.check(
      bookedOnce(() => new World(() => undefined)),
      { numRuns: 3_000 },
    ).failed,
  ).toBe(true);
});
