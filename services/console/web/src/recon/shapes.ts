import type { readDocument, readEffectLine, readLine } from './read-document.js';
import type { readCounts, readOverview, readPayment, readSnapshot, readSum, readTrace } from './read.js';

/**
 * What recon answers, as the page uses it: what the readers make of it. No field is missing and none has another type, whatever came over the
 * wire. Words of a fixed list (states, standings) are kept as text, because a newer recon may know more of them. Amounts are text on the way:
 * no float touches money (I5). What a field means is said in the OpenAPI documents.
 */

export type { Amount, NamedText } from './amount-shape.js';

/** How many, and how much per currency. */
export type Sum = ReturnType<typeof readSum>;
/** Events by what became of them (I2). */
export type Counts = ReturnType<typeof readCounts>;
/** Where every captured payment stands, and what is open. */
export type Overview = NonNullable<ReturnType<typeof readOverview>>;
/** Something that keeps the verdict from being green. */
export type OpenItem = Overview['open'][number];
/** A payment as far as anything is known of it. */
export type Payment = ReturnType<typeof readPayment>;
/** Something that happened to the money after it was booked. */
export type PaymentNews = Payment['news'][number];
/** One payment with its steps, and every capture of the same charge. */
export type Trace = ReturnType<typeof readTrace>;
/** One step of a payment's way from webhook to ledger. */
export type Step = Trace['steps'][number];
/** One document that was requested because of a payment. */
export type LedgerDocument = ReturnType<typeof readDocument>;
/** What the ERP's ledger has for a document, beside what it was asked for. */
export type LedgerEffect = NonNullable<LedgerDocument['ledger']>;
/** One row of a document as it was sent. */
export type DocumentLine = ReturnType<typeof readLine>;
/** One line of what a document does to the books. */
export type EffectLine = ReturnType<typeof readEffectLine>;
/** The figures of the overview and the newest payments, as the live stream sends them. */
export type Snapshot = ReturnType<typeof readSnapshot>;
/** One stage of the walk. `lag` counts what is on its way to the next one. */
export type Stage = Snapshot['stages'][number];
