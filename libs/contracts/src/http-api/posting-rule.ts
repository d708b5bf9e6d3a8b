import type { AmountView } from './amounts.js';

/** A place in the assets. */
export interface AssetPlace {
  readonly path: string;
  readonly line: number;
}

/** One line of a document's effect, with the line of the profile that names its account. */
export interface RuleLineView {
  readonly role: string;
  readonly side: 'debit' | 'credit';
  readonly amount: AmountView;
  /** Null where the ERP itself determines it. */
  readonly account: string | null;
  /** Null where the ERP determines the account, and where the rules of this version are not loaded. */
  readonly place: AssetPlace | null;
}

/** The rule that a document was requested by. */
export interface PostingRuleView {
  readonly flow: string;
  /** Version of all assets together. */
  readonly mappingVersion: string;
  /** Step of the flow; null where the rules of this version are not loaded. */
  readonly step: string | null;
  readonly place: AssetPlace | null;
  readonly mapping: string | null;
  readonly lines: readonly RuleLineView[];
  /** Why there are no places; null where there are. */
  readonly text: string | null;
}
