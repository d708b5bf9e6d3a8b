/** ErpConnector of libs/connector-kit. Interfaces do not exist at runtime, so they are injected by the tokens of this file. */
export const CONNECTOR = Symbol('ErpConnector');
/** PolicyOf of policies.ts. */
export const POSTING_POLICY = Symbol('PostingPolicy');
/** BatchPolicy of libs/posting. */
export const BATCH_POLICY = Symbol('BatchPolicy');
/** WireCodec of libs/messaging. */
export const CODEC = Symbol('WireCodec');
/** CallLimiter of postings that are claimed for a message: more claims would only use up their leases while they wait for a call. */
export const CLAIM_LIMITER = Symbol('Claims');
/** Consumer group of the process; dead letter topics are named after it. */
export const CONSUMER_GROUP = Symbol('ConsumerGroup');
/** Age, ms, at which the fiscal periods of the target are read again. */
export const PERIODS_MAX_AGE_MS = Symbol('PeriodsMaxAge');
/** RetentionOptions. */
export const RETENTION = Symbol('Retention');
/** CallRetention: how long requests to the target and its answers are kept. */
export const CALL_RETENTION = Symbol('CallRetention');
/** Name of the target that this process serves. */
export const TARGET = Symbol('Target');
/** ReleaseRules: what a role may release alone, and how long an order waits. */
export const RELEASE_RULES = Symbol('ReleaseRules');
/** IsWithdrawn of libs/identity: whether the rights of somebody were withdrawn since. */
export const IS_WITHDRAWN = Symbol('IsWithdrawn');
