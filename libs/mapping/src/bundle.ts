import type { Protocol } from './assets/flow.js';
import type { PostingProfile } from './assets/posting-profile.js';
import type { Evaluate } from './cel/environments.js';
import type { ErpDocumentShape } from '@tributary/contracts';
import type { RecordType } from './language.js';

/** Checked and compiled assets, the input of {@link route}. */
export interface AssetBundle {
  /** SHA-256 hex of the assets without comments and layout: the version of every mapping in it. */
  readonly version: string;
  /** Event type -> flows that it triggers, by name. */
  readonly flows: ReadonlyMap<string, readonly CompiledFlow[]>;
  /** Targets that the flows post to. */
  readonly targets: readonly string[];
  /** Metadata keys that the flows write to Stripe objects. An event that changes only these keys is an echo of our own write. */
  readonly stripeMetadataKeys: ReadonlySet<string>;
}

/** A flow whose expressions are compiled. */
export interface CompiledFlow {
  readonly name: string;
  readonly profile: PostingProfile;
  /** Record of each triggering event. */
  readonly records: ReadonlyMap<string, RecordType>;
  readonly when: Evaluate | undefined;
  readonly steps: readonly CompiledStep[];
}

/** A step of a flow, with the fields of its mapping. */
export interface CompiledStep {
  readonly name: string;
  readonly kind: string;
  readonly protocol: Protocol;
  readonly shape: ErpDocumentShape;
  readonly mapping: string;
  readonly sourceId: Evaluate;
  readonly part: Evaluate | undefined;
  readonly amount: Evaluate | undefined;
  readonly version: Evaluate | undefined;
  /** Names of earlier steps. */
  readonly dependsOn: readonly string[];
  readonly references: readonly { readonly field: string; readonly step: string; readonly attribute: string }[];
  readonly arguments: readonly (readonly [name: string, Evaluate])[];
  readonly fields: readonly (readonly [name: string, Evaluate])[];
}
