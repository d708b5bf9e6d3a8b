import { defaultPostingPolicy, newPosting, step } from '@tributary/posting';
import type { Effect, Input, Posting, PostingRequest } from '@tributary/posting';

const policy = { ...defaultPostingPolicy, canDiscard: true };
const now = 1_000_000;
const reference = { HeadNum: '881' };
const amount = { minor: 1050n, currency: 'USD' };
const request: PostingRequest = { requestId: 'r1', protocol: 'create-once', version: 0n, digest: 'd1', amount };
const half = { reference, missing: ['line-2'], digest: 'd1' };
const discarding = { code: 'code', text: 'text' };
const leased: Posting = { ...newPosting, request, fence: 1, leaseUntil: now + 1, attempts: 1, sentAt: now - 1 };
const free: Posting = { ...newPosting, request, fence: 1 };

/** A create-once posting in each state; `leased` ones are held by the worker that the input comes from. */
const postings: Readonly<Record<string, Posting>> = {
  new: newPosting,
  waiting: { ...free, state: 'waiting', storedInLedger: true, waitingOn: ['t/customer/c'] },
  'claimed, leased': { ...leased, state: 'claimed' },
  'claimed, lease over': { ...leased, state: 'claimed', leaseUntil: 0 },
  'unknown, leased': { ...leased, state: 'unknown' },
  'unknown, one empty lookup': { ...leased, state: 'unknown', lookups: policy.lookupsBeforePost - 1 },
  'unknown, past heldAfterMs': { ...leased, state: 'unknown', sentAt: now - policy.heldAfterMs },
  'held, outcome unknown': { ...free, state: 'held', storedInLedger: true, sentAt: now - policy.heldAfterMs, attempts: 1 },
  'half stored, one lookup': { ...leased, state: 'unknown', lookups: policy.lookupsBeforePost - 1, half },
  'rest of a half sent, leased': { ...leased, state: 'claimed', half },
  'half being deleted, leased': { ...leased, state: 'claimed', half, discarding },
  'half being deleted, one lookup': { ...leased, state: 'unknown', lookups: policy.lookupsBeforePost - 1, half, discarding },
  'held, a need nobody asked for': { ...free, state: 'held', storedInLedger: true, waitingOn: ['t/invoice/i'] },
  posted: { ...free, state: 'posted', reference, appliedDigest: 'd1', appliedAmount: amount },
  rejected: { ...free, state: 'rejected' },
  skipped: { ...free, state: 'skipped' },
};

const answer = (kind: string): Input =>
  ({ kind: 'answered', fence: 1, answer: { kind, reference, code: 'code', text: 'text', retryAfterMs: 1_000 } }) as Input;
const partial: Input = {
  kind: 'answered',
  fence: 1,
  answer: { kind: 'partial', reference, missing: ['line-2'], code: 'code', text: 'text' },
};
const discardAnswer = (kind: string): Input => ({ ...answer(kind), kind: 'discard-answered' }) as Input;
/** What can happen in a state where a worker holds the lease, and where none does. */
const fromWorker: Readonly<Record<string, Input>> = {
  'answered: posted, updated': answer('posted'),
  'answered: partial': partial,
  'answered: rejected': answer('rejected'),
  'answered: ambiguous': answer('ambiguous'),
  'answered: skipped': answer('skipped'),
  'answered: throttled, conflict': answer('conflict'),
  'answered: unavailable, unauthorised': answer('unauthorised'),
  'answered: unknown': answer('unknown'),
  'lookup-answered: found': { kind: 'lookup-answered', fence: 1, reference },
  'lookup-answered: found without a line': { kind: 'lookup-answered', fence: 1, reference, missing: ['line-2'] },
  'lookup-answered: not found': { kind: 'lookup-answered', fence: 1, reference: undefined },
  'discard-answered: posted, skipped': discardAnswer('posted'),
  'discard-answered: rejected, ambiguous': discardAnswer('rejected'),
  'discard-answered: unknown, throttled, ...': discardAnswer('unknown'),
  'lookup-failed': { kind: 'lookup-failed', fence: 1, text: 'text' },
  'lookup-ambiguous': { kind: 'lookup-ambiguous', fence: 1, code: 'code', text: 'text' },
  abandoned: { kind: 'abandoned', fence: 1 },
  'any, under an old fence': { kind: 'lookup-answered', fence: 0, reference },
};
const fromOutside: Readonly<Record<string, Input>> = {
  requested: { kind: 'requested', request, missing: [] },
  'requested, dependencies missing': { kind: 'requested', request, missing: ['t/customer/c'] },
  'requested, a need nobody asked for': { kind: 'requested', request, missing: ['t/invoice/i'], neverAsked: ['t/invoice/i'] },
  'requested by another message, same amount': { kind: 'requested', request: { ...request, requestId: 'r2', digest: 'd2' }, missing: [] },
  'requested, another amount': {
    kind: 'requested',
    request: { ...request, requestId: 'r2', digest: 'd2', amount: { minor: 1250n, currency: 'USD' } },
    missing: [],
  },
  'resumed by the sweeper': { kind: 'resumed', missing: [] },
  'resumed, a need nobody asked for': { kind: 'resumed', missing: ['t/invoice/i'], neverAsked: ['t/invoice/i'] },
  'decided: skip': { kind: 'decided', request, decision: { kind: 'skip' }, text: 'text' },
  'decided: adopt': { kind: 'decided', request, decision: { kind: 'adopt', reference }, text: 'text' },
};

/** docs/posting-states.md: every state and input of a create-once posting, as `step` decides them. */
export function renderPostingStates(): string {
  const rows = Object.entries(postings).flatMap(([name, posting]) =>
    Object.entries(posting.leaseUntil > now ? { ...pick(name, fromWorker), requested: fromOutside.requested as Input } : fromOutside).map(
      ([input, given]) => {
        const { posting: after, effects } = step(posting, given, now, policy);
        return `| ${name} | ${input} | ${after === posting ? '(unchanged)' : after.state} | ${effects.map(nameOf).join(', ') || '-'} |`;
      },
    ),
  );
  return `# States of a posting

<!-- Generated from \`step\` of libs/posting by \`npm run docs:generate\`. Do not edit. -->

What becomes of one create-once posting (a cash receipt) when something happens to it. The row of the ledger is written first, then the effects are acted on. "Leased": a worker holds the lease, and its own
input carries the current fence token. \`ensure\` differs where a document exists already (\`duplicate\` whatever its content), \`versioned-upsert\` where versions decide (\`stale\`, or sent again). The words are those of [glossary.md](glossary.md); invariants: [invariants.md](invariants.md).

| state | input | next state | effects |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** Answers come while a call is open, lookups while the outcome is unknown. */
function pick(state: string, inputs: Readonly<Record<string, Input>>): Record<string, Input> {
  const isLookup = state.startsWith('unknown') || state.endsWith('one lookup');
  const isDiscard = state.startsWith('half being deleted, leased');
  return Object.fromEntries(
    Object.entries(inputs).filter(([name]) => {
      if (isLookup) return !name.startsWith('answered') && !name.startsWith('discard');
      return !name.startsWith('lookup') && !name.startsWith(isDiscard ? 'answered' : 'discard');
    }),
  );
}

function nameOf(effect: Effect): string {
  if (effect.kind === 'conclude')
    return `conclude \`${effect.result}\`${effect.code?.startsWith('posting.') ? ` (\`${effect.code}\`)` : ''}`;
  if (effect.kind === 'fail') return `fail: ${effect.disposition}`;
  return effect.kind;
}
