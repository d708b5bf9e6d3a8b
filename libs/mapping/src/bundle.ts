import type { DocumentRef, ErpDocumentShape } from '@tributary/contracts';
import type { FlowNeed } from './assets/flow-need.js';
import type { Protocol } from './assets/flow-step.js';
import type { PostingProfile } from './assets/posting-profile.js';
import type { FlowRun } from './cel/asset-function.js';
import type { Evaluate } from './cel/evaluate.js';
import type { TargetBooks } from './books/target-books.js';
import type { RecordType } from './language.js';

/** Checked and compiled assets: the input of {@link route}. */
export interface AssetBundle {
  /** SHA-256 hex of the assets without comments and layout. It is the version of every mapping in the bundle. */
  readonly version: string;
  /** Event type -> flows that it triggers, sorted by name; a shared flow is listed once for each of its profiles. */
  readonly flows: ReadonlyMap<string, readonly CompiledFlow[]>;
  /** Targets that the flows post to. */
  readonly targets: readonly string[];
  /**
   * Metadata keys that the flows write to Stripe objects. An event that changes only these keys is an echo of our own write, and is
   * ignored.
   */
  readonly stripeMetadataKeys: ReadonlySet<string>;
  /** Target -> how its books are kept; only targets with clearing accounts. */
  readonly books: ReadonlyMap<string, TargetBooks>;
}

/** A flow whose expressions are compiled for one profile. */
export interface CompiledFlow {
  readonly name: string;
  readonly profile: PostingProfile;
  /** Event type -> record, for each triggering event. */
  readonly records: ReadonlyMap<string, RecordType>;
  readonly when: Evaluate | undefined;
  readonly holds: readonly CompiledHold[];
  readonly steps: readonly CompiledStep[];
  /** Data of the current run, which the functions of the expressions read. */
  readonly run: FlowRun;
}

/** A compiled question to an operator. */
export interface CompiledHold {
  readonly code: string;
  readonly when: Evaluate;
  readonly question: string;
  readonly answers: readonly string[];
}

/** A compiled step with the fields of its mapping. */
export interface CompiledStep {
  readonly name: string;
  readonly kind: string;
  readonly protocol: Protocol;
  /** Undefined when the target has no mapping for the document; the condition of the step then has to ask can(). */
  readonly form: CompiledMapping | undefined;
  readonly when: Evaluate | undefined;
  readonly forEach: { readonly list: Evaluate; readonly as: string } | undefined;
  readonly sourceId: Evaluate;
  readonly part: Evaluate | undefined;
  readonly amount: Evaluate | undefined;
  readonly version: Evaluate | undefined;
  /** Names of earlier steps. */
  readonly dependsOn: readonly string[];
  readonly references: readonly { readonly field: string; readonly step: string; readonly attribute: string }[];
  readonly needs: readonly CompiledNeed[];
  readonly effect: readonly CompiledEffect[];
  readonly release: boolean | null;
  /** Computes the variables of the mapping. */
  readonly input: CompiledInput;
  /** Position of the effect, or else of the step, in its file. */
  readonly place: { readonly path: string; readonly line: number };
}

/** Compiled parameters of a mapping, or the compiled canonical document. */
export type CompiledInput =
  | { readonly kind: 'parameters'; readonly values: readonly (readonly [name: string, Evaluate])[] }
  | { readonly kind: 'document'; readonly build: BuildDocument };

/** Makes a canonical document in two forms: for validation, and for expressions (in which a record that is null is a record of nulls). */
export type BuildDocument = (context: Readonly<Record<string, unknown>>) => BuiltDocument;

/** See {@link BuildDocument}. */
export interface BuiltDocument {
  readonly plain: Readonly<Record<string, unknown>>;
  readonly bound: Readonly<Record<string, unknown>>;
}

/** The mapping of a step: header and rows of the ERP document. */
export interface CompiledMapping {
  readonly name: string;
  readonly shape: ErpDocumentShape;
  readonly fields: readonly (readonly [name: string, Evaluate])[];
  readonly lines: readonly CompiledLines[];
}

/** Rows of one table. */
export interface CompiledLines {
  readonly table: string;
  readonly forEach: Evaluate | undefined;
  readonly as: string;
  readonly when: Evaluate | undefined;
  readonly key: Evaluate | undefined;
  readonly fields: readonly (readonly [name: string, Evaluate])[];
}

/** A document that has to exist before the posting. */
export interface CompiledNeed extends Pick<FlowNeed, 'until' | 'ifNeverAsked' | 'afterMs'> {
  readonly when: Evaluate | undefined;
  /** Computes the reference of the document; undefined when nothing has to be waited for. */
  readonly of: (context: Readonly<Record<string, unknown>>) => DocumentRef | undefined;
}

/** One line of a document's effect on the books. */
export interface CompiledEffect {
  readonly role: string;
  readonly side: 'debit' | 'credit';
  readonly amount: Evaluate;
}
