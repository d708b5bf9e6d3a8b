import type { DocumentRef } from '@tributary/contracts';
import type { LookupTable } from '../assets/lookup-table.js';
import type { PostingProfile } from '../assets/posting-profile.js';
import type { RoleLookup } from '../assets/role-table.js';

/** What the functions of one flow read: the profile, the tables, and the run that is being routed. */
export interface FunctionScope {
  readonly profile: PostingProfile;
  readonly tables: ReadonlyMap<string, LookupTable>;
  /** Tables that determine accounts, by name. */
  readonly roles: ReadonlyMap<string, RoleLookup>;
  /** What can() says yes to. */
  readonly capabilities: ReadonlySet<string>;
  /** Set by route before each fact. Routing is synchronous, so there is one run at a time. */
  readonly run: FlowRun;
}

/** One run of a flow for one fact. */
export interface FlowRun {
  /** Steps that ran -> their documents. */
  steps: Map<string, DocumentRef>;
  /** Answers of people: code of the question -> answer. */
  answers: ReadonlyMap<string, string>;
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
