export { begin } from './begin.js';
export type { Answer, Beginning } from './begin.js';
export { defaultLimits } from './posting-state.js';
export type { AppliedResult, Limits, Posting, Protocol, Reference, Request, Standing } from './posting-state.js';
export { defaultBatchLimits, nextBatchStep, shouldClose } from './release.js';
export type { BatchAct, BatchInput, BatchLimits, BatchStanding, BatchState } from './release.js';
export { firstStep, nextStep } from './step.js';
export type { Act, Input, Step } from './step.js';
