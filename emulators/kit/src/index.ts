export { Calls } from './calls.js';
export { isRawNumber, rawNumber, readJson, scaledText } from './exact-json.js';
export type { RawNumber } from './exact-json.js';
export { faultAction, faultMatch, faultPlanOf, Faults, matchesOperation } from './faults.js';
export type { FaultRule } from './faults.js';
export { serve } from './serve.js';
export type { RunningServer } from './serve.js';
export { Store } from './store.js';
export { Transaction } from './transaction.js';
