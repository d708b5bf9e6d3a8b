import type { Flow } from './flow.js';
import type { LookupTable } from './lookup-table.js';
import type { MappingDocument } from './mapping-document.js';
import type { PostingProfile } from './posting-profile.js';
import type { RoleTable } from './role-table.js';

/** All readable assets, by name. */
export interface Assets {
  readonly flows: Map<string, Flow>;
  readonly mappings: Map<string, MappingDocument>;
  readonly profiles: Map<string, PostingProfile>;
  readonly tables: Map<string, LookupTable>;
  /** Tables that determine the account of a posting. */
  readonly roleTables: Map<string, RoleTable>;
}
