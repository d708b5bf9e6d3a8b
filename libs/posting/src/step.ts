import type { AppliedResult, Limits, Posting, Protocol, Reference } from './posting-state.js';

/** What the connector said, or what a look found. */
export type Input =
  | { readonly saw: 'posted' | 'updated'; readonly reference: Reference }
  | { readonly saw: 'found'; readonly reference: Reference }
  | { readonly saw: 'nothing' }
  | { readonly saw: 'silence'; readonly text: string }
  | { readonly saw: 'unknown'; readonly text: string }
  | { readonly saw: 'rejected'; readonly code: string; readonly text: string }
  | { readonly saw: 'ambiguous'; readonly code: string; readonly text: string }
  | { readonly saw: 'skipped'; readonly text: string }
  | { readonly saw: 'conflict'; readonly text: string }
  | { readonly saw: 'throttled'; readonly text: string }
  | { readonly saw: 'unavailable'; readonly code: string; readonly text: string }
  | { readonly saw: 'unauthorised'; readonly text: string };

/** What to do next. Whatever `state` it comes with has to be recorded, under the fence, before it is done. */
export type Act =
  /** Call the ERP. The state that goes with it says that a call is open. */
  | { readonly do: 'post' }
  /** Ask the ERP whether the document is there, after a delay. */
  | { readonly do: 'look'; readonly afterMs: number }
  /** It ended well: publish. */
  | { readonly do: 'conclude'; readonly result: AppliedResult | 'skipped' | 'held' }
  /** It cannot go on now: surely not applied, or not to be known yet. The message's disposition says what happens next. */
  | { readonly do: 'yield'; readonly disposition: 'retry' | 'pause'; readonly code: string; readonly text: string }
  /** It can never go on as it is. */
  | { readonly do: 'reject'; readonly code: string; readonly text: string };

export interface Step {
  readonly state: Posting;
  readonly act: Act;
}

/** The first step after a claim: an earlier call without a recorded outcome is looked up before anything is sent (I3). */
export function firstStep(posting: Posting, limits: Limits, now: number): Step {
  if (!posting.callOpen) return post(posting, limits);
  const state = { ...posting, unknownSince: posting.unknownSince ?? now };
  // Who made that call is gone, and how long ago is not known: it may still be committing.
  return { state, act: { do: 'look', afterMs: posting.emptyLooks === 0 ? limits.settleMs : 0 } };
}

/** What follows from what was seen (DESIGN, posting protocol, steps 4 to 6). Pure: the service, a simulator and a model checker drive the same function. */
export function nextStep(posting: Posting, input: Input, limits: Limits, now: number): Step {
  switch (input.saw) {
    case 'posted':
    case 'updated':
      return applied(posting, input.saw, input.reference);
    case 'found':
      return found(posting, input.reference, limits);
    case 'nothing':
      return nothing(posting, limits);
    case 'silence':
      return silence(posting, input.text, limits, now);
    case 'unknown':
      return { state: { ...posting, emptyLooks: 0, unknownSince: posting.unknownSince ?? now, text: input.text }, act: { do: 'look', afterMs: limits.settleMs } };
    case 'rejected':
      return ended({ ...posting, standing: 'rejected' }, input, { do: 'reject', code: input.code, text: input.text });
    case 'ambiguous':
      return ended({ ...posting, standing: 'held' }, input, { do: 'conclude', result: 'held' });
    case 'skipped':
      return ended({ ...posting, standing: 'skipped' }, { code: undefined, text: input.text }, { do: 'conclude', result: 'skipped' });
    case 'conflict':
      return surelyNot(posting, { do: 'yield', disposition: 'retry', code: 'erp.conflict', text: input.text });
    case 'throttled':
      return surelyNot(posting, { do: 'yield', disposition: 'retry', code: 'erp.throttled', text: input.text });
    case 'unavailable':
      return surelyNot(posting, { do: 'yield', disposition: 'pause', code: input.code, text: input.text });
    case 'unauthorised':
      return surelyNot(posting, { do: 'yield', disposition: 'pause', code: 'erp.unauthorised', text: input.text });
  }
}

function post(posting: Posting, limits: Limits): Step {
  if (posting.attempts >= limits.maxAttempts) {
    const text = `${posting.attempts} calls and no certain outcome; last: ${posting.text ?? 'no answer'}`;
    return ended({ ...posting, standing: 'held' }, { code: 'erp.outcome-unknown', text }, { do: 'conclude', result: 'held' });
  }
  return { state: { ...posting, callOpen: true, emptyLooks: 0, unknownSince: undefined, attempts: posting.attempts + 1 }, act: { do: 'post' } };
}

function applied(posting: Posting, result: AppliedResult, reference: Reference): Step {
  return {
    state: { ...posting, standing: 'posted', callOpen: false, emptyLooks: 0, unknownSince: undefined, result, reference, code: undefined, text: undefined },
    act: { do: 'conclude', result },
  };
}

/** The lost answer was a yes, where one document is all that was wanted. An upsert that was found may still be the old one: it is sent again. */
function found(posting: Posting, reference: Reference, limits: Limits): Step {
  if (isSettledByExistence(posting.protocol)) return applied(posting, 'adopted', reference);
  return post({ ...posting, callOpen: false, reference }, limits);
}

function isSettledByExistence(protocol: Protocol): boolean {
  return protocol !== 'versioned-upsert';
}

function nothing(posting: Posting, limits: Limits): Step {
  const emptyLooks = posting.emptyLooks + 1;
  if (emptyLooks < limits.looks) return { state: { ...posting, emptyLooks }, act: { do: 'look', afterMs: limits.settleMs } };
  return post({ ...posting, callOpen: false, emptyLooks }, limits);
}

/** No answer to a look: nothing was written by it, and nothing may be sent before one is answered. */
function silence(posting: Posting, text: string, limits: Limits, now: number): Step {
  const since = posting.unknownSince ?? now;
  if (now - since >= limits.holdAfterMs) {
    const held = { code: 'erp.outcome-unknown', text: `a call was not answered and the ERP cannot be asked about it: ${text}` };
    return ended({ ...posting, standing: 'held', callOpen: true }, held, { do: 'conclude', result: 'held' });
  }
  return { state: { ...posting, unknownSince: since, text }, act: { do: 'yield', disposition: 'pause', code: 'erp.silent', text } };
}

/** Surely not applied: the call is closed, and since it did nothing it does not count. */
function surelyNot(posting: Posting, act: Act & { text: string }): Step {
  return { state: { ...posting, callOpen: false, emptyLooks: 0, unknownSince: undefined, attempts: Math.max(0, posting.attempts - 1), text: act.text, leaseUntil: 0 }, act };
}

function ended(posting: Posting, said: { code: string | undefined; text: string }, act: Act): Step {
  const callOpen = posting.standing === 'held' && said.code === 'erp.outcome-unknown';
  return { state: { ...posting, callOpen, code: said.code, text: said.text }, act };
}
