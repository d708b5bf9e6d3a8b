import type { DocumentRef } from '@tributary/contracts';
import type { LookupTable } from '../assets/lookup-table.js';
import type { PostingProfile } from '../assets/posting-profile.js';
import type { RoleLookup } from '../assets/role-table.js';
import type { StepBudget } from './step-budget.js';

/** What the functions of one flow can read: the profile, the tables, and data of the current run. */
export interface FunctionScope {
  readonly profile: PostingProfile;
  readonly tables: ReadonlyMap<string, LookupTable>;
  /** Tables that determine accounts, by name. */
  readonly roles: ReadonlyMap<string, RoleLookup>;
  /** Names for which can() is true. */
  readonly capabilities: ReadonlySet<string>;
  /** Set by route before each fact. Routing is synchronous, so only one run is active at a time. */
  readonly run: FlowRun;
}

/** Data of one run of a flow for one fact. */
export interface FlowRun {
  /** Step name -> its document, for steps that ran. */
  steps: Map<string, DocumentRef>;
  /** Code of the question -> the operator's answer. */
  answers: ReadonlyMap<string, string>;
  /** Of the fact, over all flows. */
  budget: StepBudget;
}

/** A function that the expressions of assets may call. */
export interface AssetFunction {
  readonly name: string;
  /** CEL signatures for the type check. `Decimal` and `Date` are text that only decimalText() and date() return. */
  readonly signatures: readonly string[];
  readonly description: string;
  /** Implementation. Returns null for null, unless the description says otherwise. */
  readonly handler: (scope: FunctionScope) => (...values: readonly unknown[]) => unknown;
}

/** Text as expressions see it; null where there is none. */
export type Text = string | null;
