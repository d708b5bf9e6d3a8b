export { breakerDue, breakerFailed, breakerPassed, closedBreaker, defaultBreakerPolicy } from './breaker.js';
export type { Breaker, BreakerPolicy } from './breaker.js';
export { defaultLadderPolicy, placementOf } from './policy.js';
export type { FailedMessage, LadderPolicy, Placement, Rung } from './policy.js';
export { defaultRejectGuardPolicy, noRejects, recordResult } from './reject-guard.js';
export type { RejectGuardPolicy, RejectRecord } from './reject-guard.js';
export { emptySequence, isEmptySequence } from './sequence-state.js';
export type {
  Head,
  OrderAction,
  OrderResult,
  ReplayOrder,
  SequenceEffect,
  SequenceInput,
  SequenceState,
  SequenceStep,
} from './sequence-state.js';
export { stepSequence } from './step-sequence.js';
