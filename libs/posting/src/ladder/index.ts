export { breakerDue, breakerFailed, breakerPassed, closedBreaker, defaultBreakerPolicy } from './breaker.js';
export type { Breaker, BreakerPolicy } from './breaker.js';
export { freeLane, isFree } from './lane.js';
export type { GivenOrder, Head, Lane, LaneEffect, LaneInput, LaneStep, OrderAction, OrderResult } from './lane.js';
export { defaultLadderPolicy, placementOf } from './policy.js';
export type { FailedMessage, LadderPolicy, Placement, Rung } from './policy.js';
export { defaultRejectGuardPolicy, noRejects, recordEnd } from './reject-guard.js';
export type { RejectGuardPolicy, RejectRecord } from './reject-guard.js';
export { stepLane } from './step-lane.js';
