/** What is injected by token: interfaces have no value. */
export const CONNECTOR = Symbol('ErpConnector');
export const POSTING_POLICY = Symbol('PostingPolicy');
export const BATCH_POLICY = Symbol('BatchPolicy');
/** Name of the target that this process serves. */
export const TARGET = Symbol('Target');
