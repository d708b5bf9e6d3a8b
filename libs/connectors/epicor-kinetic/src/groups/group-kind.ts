import type { ErpBatch } from '@tributary/connector-kit';
import type { KineticClient } from '../kinetic-client.js';
import type { KineticConfig } from '../kinetic.config.js';
import type { KineticRow } from '../kinetic-json.js';

/** What a kind of group works with. */
export interface GroupParts {
  readonly client: KineticClient;
  readonly config: KineticConfig;
}

/** Everything that is different between the groups of Kinetic. A new kind is one more value of this type in groups/index.ts. */
export interface GroupKind {
  readonly service: string;
  readonly table: string;
  /** Method that proposes a new group; stores nothing. */
  readonly newMethod: string;
  /** Columns that say what the group is for. */
  columns(batch: ErpBatch): KineticRow;
  /** How a group that is there differs from these columns, in words; undefined: it does not. */
  readonly date: string;
  readonly partition?: string;
  /** The documents in it. */
  readonly documents: { readonly service: string; readonly entitySet: string; readonly number: string };
  /** The group as it is, without opening it for our user: that would lock it. */
  read(groupId: string, parts: GroupParts, signal: AbortSignal): Promise<KineticRow | undefined>;
  /** Posts the group. @returns what the answer says about documents that were not posted; '' for nothing. */
  release(groupId: string, parts: GroupParts, signal: AbortSignal): Promise<string>;
  /** Whether posting is done when the call is answered. */
  isInline(config: KineticConfig): boolean;
}
