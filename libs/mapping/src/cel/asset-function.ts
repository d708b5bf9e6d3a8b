import type { LookupTable } from '../assets/lookup-table.js';
import type { PostingProfile } from '../assets/posting-profile.js';

/** The profile and the lookup tables that the functions of one flow read. */
export interface FunctionScope {
  readonly profile: PostingProfile;
  readonly tables: ReadonlyMap<string, LookupTable>;
}

/** A function that the expressions of assets may call. */
export interface AssetFunction {
  readonly name: string;
  /** CEL signatures for the type check. `Decimal` and `Date` are text that only decimalText() and date() make. */
  readonly signatures: readonly string[];
  readonly description: string;
  /** Implementation. Null in, null out, unless the description says otherwise. */
  readonly handler: (scope: FunctionScope) => (...values: readonly unknown[]) => unknown;
}

/** Text as expressions see it; null where there is none. */
export type Text = string | null;
