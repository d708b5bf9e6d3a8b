/** Pure delivery logic, exported separately so that the simulator loads neither kafkajs nor Nest. */
export { CircuitBreaker } from './circuit-breaker.js';
export { OffsetTracker } from './offset-tracker.js';
export { RejectGuard } from './reject-guard.js';
export { nextRetryMs, quickRetryPolicy, retryAfterDelayMs } from './retry-policy.js';
export type { RetryPolicy } from './retry-policy.js';
