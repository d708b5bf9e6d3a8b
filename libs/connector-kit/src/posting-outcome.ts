import type { ErpReference } from './erp-document.js';

/** The outcome of one call, as far as the caller can know. `unknown`: sent and unanswered, so it may have been applied. */
export type PostingOutcome =
  /** `postingDate`: the date it was posted on, `YYYY-MM-DD`, when the connector moved it out of a closed period. */
  | { readonly kind: 'posted'; readonly reference: ErpReference; readonly postingDate?: string }
  /** An upsert found its document and changed it. */
  | { readonly kind: 'updated'; readonly reference: ErpReference; readonly postingDate?: string }
  /** Certainly stored, and certainly in part: the header is stored and these lines are not. `code` and `text` say what the ERP refused. */
  | {
      readonly kind: 'partial';
      readonly reference: ErpReference;
      /** Keys of the missing lines; at least one. */
      readonly missing: readonly string[];
      readonly code: string;
      readonly text: string;
    }
  /** `periodClosed`: because of its date, whose fiscal period is closed: it may be posted as it is once a person has opened it. */
  | { readonly kind: 'rejected'; readonly code: string; readonly field?: string; readonly text: string; readonly periodClosed?: true }
  /** Several documents could be meant, or an operator has to decide: nothing was written. */
  | { readonly kind: 'ambiguous'; readonly code: string; readonly text: string }
  /** There is nothing to do, for example a customer to deactivate that the ERP does not have. */
  | { readonly kind: 'skipped'; readonly text: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number; readonly text: string }
  /** Another user changed the row, or it is locked. Certainly not applied; a later attempt may succeed. */
  | { readonly kind: 'conflict'; readonly text: string }
  /** Certainly not applied: connection refused, a proxy answered 503, or no licence is free. */
  | { readonly kind: 'unavailable'; readonly code: string; readonly text: string }
  /** The credentials are refused. Certainly not applied; nothing succeeds until an operator acts. */
  | { readonly kind: 'unauthorised'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };
