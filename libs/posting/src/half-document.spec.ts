import fc from 'fast-check';
import { step } from './step.js';
import { defaultPostingPolicy, newPosting } from './types.js';
import type { Answer, Effect, Input, Posting, PostingRequest } from './types.js';

const request: PostingRequest = {
  requestId: 'r1',
  protocol: 'create-once',
  version: 0n,
  digest: 'd1',
  amount: { minor: 1n, currency: 'USD' },
};
const policy = { ...defaultPostingPolicy, canDiscard: true };
const reference = { InvoiceNum: '7' };
const partial: Answer = { kind: 'partial', reference, missing: ['l2'], code: 'erp.line', text: 'no' };

/** Steps one posting through inputs that the worker of its last claim reports. */
function run(inputs: readonly ((fence: number) => Input)[], canDiscard = true): { posting: Posting; effects: readonly Effect[] } {
  let now = 0;
  let stepped = step(newPosting, { kind: 'requested', request, missing: [] }, now, { ...policy, canDiscard });
  for (const input of inputs) stepped = step(stepped.posting, input(stepped.posting.fence), (now += 1_000), { ...policy, canDiscard });
  return stepped;
}
const answered =
  (answer: Answer) =>
  (fence: number): Input => ({ kind: 'answered', fence, answer });
const discardAnswered =
  (answer: Answer) =>
  (fence: number): Input => ({ kind: 'discard-answered', fence, answer });
const found =
  (missing: readonly string[]) =>
  (fence: number): Input => ({ kind: 'lookup-answered', fence, reference, missing });
const absent = (fence: number): Input => ({ kind: 'lookup-answered', fence, reference: undefined });
const kinds = (effects: readonly Effect[]): string[] => effects.map((effect) => (effect.kind === 'conclude' ? effect.result : effect.kind));

it('looks twice at a half document before it sends the rest, by line handle', () => {
  expect(kinds(run([answered(partial)]).effects)).toEqual(['lookup']);
  expect(kinds(run([answered(partial), found(['l2'])]).effects)).toEqual(['lookup']);
  const finishing = run([answered(partial), found(['l2']), found(['l2'])]);
  expect(finishing).toMatchObject({ posting: { reference: undefined, resentAt: undefined }, effects: [{ kind: 'post', missing: ['l2'] }] });
});

it('adopts what turns out to be whole', () => {
  const whole = run([answered({ kind: 'unknown', text: '' }), found(['l2']), found([])]);
  expect(whole.posting).toMatchObject({ state: 'posted', reference, half: undefined });
});

it('sends the whole document again when its half is gone', () => {
  expect(run([answered(partial), absent, absent]).effects).toEqual([{ kind: 'post' }]);
});

const finish = [answered(partial), found(['l2']), found(['l2'])];
const refused = { kind: 'rejected', code: 'erp.line', field: 'Amount', text: 'no' } as const;

it.each<[string, Answer]>([
  ['refused', refused],
  ['refused in part again', partial],
])('deletes the document when the rest is %s, and rejects the request', (_, answer) => {
  const deleting = run([...finish, answered(answer)]);
  // The ledger records the deletion before the call is made.
  expect(deleting).toMatchObject({
    posting: { state: 'claimed', discarding: { code: 'erp.line' }, sentAt: 4_000 },
    effects: [{ kind: 'discard', reference }],
  });
  const gone = run([...finish, answered(answer), discardAnswered({ kind: 'posted', reference: {} })]);
  expect(gone.posting).toMatchObject({ state: 'rejected', half: undefined, discarding: undefined, sentAt: undefined });
  expect(kinds(gone.effects)).toEqual(['rejected', 'fail']);
});

it('holds it where the target cannot delete, or refuses to', () => {
  for (const held of [
    run([...finish, answered(refused)], false),
    run([...finish, answered(refused), discardAnswered({ kind: 'rejected', code: 'x', text: 'released' })]),
  ])
    expect(held).toMatchObject({ posting: { state: 'held', half: { missing: ['l2'] } }, effects: [{ code: 'posting.half-done' }] });
});

it('looks after an unanswered deletion: gone is rejected, still there is deleted again, whole is adopted', () => {
  const lost = [...finish, answered(refused), discardAnswered({ kind: 'unknown', text: '' })];
  expect(run([...lost, absent, absent]).posting.state).toBe('rejected');
  expect(kinds(run([...lost, found(['l2']), found(['l2'])]).effects)).toEqual(['discard']);
  expect(run([...lost, found([])]).posting.state).toBe('posted');
});

it('adds no line of another content: what was made of an earlier one is deleted first', () => {
  const { posting } = run([...finish, answered(refused), discardAnswered({ kind: 'rejected', code: 'x', text: 'released' })]);
  const corrected = { ...request, digest: 'd2' };
  let stepped = step(posting, { kind: 'requested', request: corrected, missing: [], ordered: true }, 10_000, policy);
  for (let look = 0; look < policy.lookupsBeforePost; look += 1)
    stepped = step(stepped.posting, found(['l2'])(stepped.posting.fence), 11_000 + look, policy);
  expect(kinds(stepped.effects)).toEqual(['discard']);
});

it('deletes a half that an unanswered call made of an earlier content, which another request has taken over meanwhile', () => {
  const sent = step(newPosting, { kind: 'requested', request, missing: [] }, 0, policy).posting;
  const other = { ...request, requestId: 'r2', digest: 'd2' };
  let stepped = step({ ...sent, leaseUntil: 0 }, { kind: 'requested', request: other, missing: [] }, 60_000, policy);
  for (let look = 0; look < policy.lookupsBeforePost; look += 1) {
    expect(kinds(stepped.effects)).toEqual(['lookup']);
    stepped = step(stepped.posting, found(['l2'])(stepped.posting.fence), 61_000 + look, policy);
  }
  expect(stepped).toMatchObject({ posting: { half: { digest: 'd1' } }, effects: [{ kind: 'discard', reference }] });
});

it('does not take a half of another content for whole because it has all lines of the request', () => {
  const half = { reference, missing: ['l3'], digest: 'd1' };
  const other = { ...request, requestId: 'r2', digest: 'd2' };
  const held: Posting = { ...newPosting, state: 'held', request, half, sentAt: 0, attempts: 1, storedInLedger: true };
  let stepped = step(held, { kind: 'requested', request: other, missing: [] }, 60_000, policy);
  for (let look = 0; look < policy.lookupsBeforePost; look += 1)
    stepped = step(stepped.posting, found([])(stepped.posting.fence), 61_000 + look, policy);
  expect(stepped.effects).toEqual([{ kind: 'discard', reference }]);
});

it('forgets the half when an operator left one whole document of several: its batch is released', () => {
  const half = { reference, missing: ['l2'], digest: 'd1' };
  const held: Posting = {
    ...newPosting,
    state: 'held',
    request,
    half,
    hasDuplicate: true,
    resentAt: 1,
    recheckAt: 2,
    storedInLedger: true,
  };
  const looking = step(held, { kind: 'resumed', missing: [] }, 10, policy).posting;
  const single = step(looking, { kind: 'lookup-answered', fence: looking.fence, reference: { InvoiceNum: '8' }, missing: [] }, 11, policy);
  expect(single.posting).toMatchObject({ state: 'posted', reference: { InvoiceNum: '8' }, half: undefined, discarding: undefined });
});

it('sends another content whole when the unanswered call of the earlier one stored nothing', () => {
  const sent = step(newPosting, { kind: 'requested', request, missing: [] }, 0, policy).posting;
  const other = { ...request, requestId: 'r2', digest: 'd2' };
  let stepped = step({ ...sent, leaseUntil: 0 }, { kind: 'requested', request: other, missing: [] }, 60_000, policy);
  for (let look = 0; look < policy.lookupsBeforePost; look += 1)
    stepped = step(stepped.posting, absent(stepped.posting.fence), 61_000 + look, policy);
  expect(stepped.effects).toEqual([{ kind: 'post' }]);
});

it('deletes only a half document, and never sends a whole one beside it, whatever is answered', () => {
  const anAnswer = fc.constantFrom<Answer>(
    partial,
    refused,
    { kind: 'posted', reference },
    { kind: 'unknown', text: '' },
    { kind: 'conflict', text: '' },
    { kind: 'unavailable', code: 'x', text: '' },
    { kind: 'ambiguous', code: 'x', text: '' },
  );
  const aLook = fc.constantFrom<readonly string[] | undefined>(undefined, [], ['l2'], ['l1', 'l2']);
  fc.assert(
    fc.property(fc.array(fc.record({ answer: anAnswer, look: aLook, lost: fc.boolean() }), { maxLength: 25 }), (script) => {
      let now = 0;
      let stepped = step(newPosting, { kind: 'requested', request, missing: [] }, now, policy);
      for (const { answer, look, lost } of script) {
        const { posting, effects } = stepped;
        const next = effects.at(-1);
        if (next?.kind === 'discard')
          expect(posting).toMatchObject({ half: { reference: next.reference }, reference: undefined, sentAt: now });
        if (next?.kind === 'post' && posting.half) expect(next.missing).toEqual(posting.half.missing);
        if (posting.reference !== undefined) expect([posting.half, posting.discarding]).toEqual([undefined, undefined]);
        now += 1_000;
        const { fence } = posting;
        if (lost || !next || !['lookup', 'post', 'discard'].includes(next.kind))
          stepped = step(
            { ...posting, leaseUntil: 0, notBefore: 0 },
            { kind: 'requested', request, missing: [], ordered: true },
            now,
            policy,
          );
        else if (next.kind === 'lookup')
          stepped = step(posting, { kind: 'lookup-answered', fence, reference: look && reference, missing: look }, now, policy);
        else stepped = step(posting, { kind: next.kind === 'discard' ? 'discard-answered' : 'answered', fence, answer }, now, policy);
      }
    }),
  );
});
