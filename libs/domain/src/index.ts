export { ledgerDecimals, minorUnitExponent } from './currency.js';
export { customerSource, stripeCustomerOfSource } from './customer-source.js';
export { dispositionOf, errorCodeOf, holdAfterMsOf, PipelineError, retryAfterMsOf } from './errors/pipeline-error.js';
export type { Disposition } from './errors/pipeline-error.js';
export { derivedEventId } from './event-id.js';
export { add, equal, fromDecimalText, money, MoneyError, negate, subtract, toDecimalText } from './money.js';
export type { Money } from './money.js';
export { parsePostingKey, postingKey, PostingKeyError, shortReference } from './posting-key.js';
export type { PostingKey, PostingKeyParts } from './posting-key.js';
