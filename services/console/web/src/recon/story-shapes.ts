import type { readMoney, readRule, readStatus } from './read-story.js';

/** Where a payment stands, in one sentence. */
export type PaymentStatus = NonNullable<ReturnType<typeof readStatus>>;
/** One piece of the sentence: words, or a value with what it leads to. */
export type StatusPart = PaymentStatus['clauses'][number]['parts'][number];
/** A payment from what the customer paid to what reached the bank. */
export type PaymentMoney = NonNullable<ReturnType<typeof readMoney>>;
/** One figure on the way from gross to net. */
export type MoneyLine = PaymentMoney['charge'][number];
/** Where a figure comes from: a movement, a document or an event, by its id. */
export type MoneySource = NonNullable<MoneyLine['source']>;
/** What the ledger of one target has of a payment. */
export type LedgerMoney = PaymentMoney['ledgers'][number];
/** The rule that a document was requested by. Places are file and line, as one text. */
export type PostingRule = NonNullable<ReturnType<typeof readRule>>;
