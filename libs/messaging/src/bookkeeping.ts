/** What is decided about messages without a broker: for the simulator, which needs no client and no framework. */
export { Gate } from './gate.js';
export { OffsetLedger } from './offset-ledger.js';
export { nextRetryMs, quickRetryPolicy, RejectGuard, toldRetryMs } from './retry-policy.js';
export type { RetryPolicy } from './retry-policy.js';
