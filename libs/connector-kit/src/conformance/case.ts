import type { ErpBatchMode } from '../erp-batch.js';
import type { Capability } from './capability.js';
import type { Role } from './harness.js';
import type { Suite } from './suite.js';

/** One named case of the suite. It fails by throwing. */
export interface ConformanceCase {
  readonly title: string;
  /** Runs once for each kind with one of these roles; absent: once per connector. */
  readonly roles?: readonly Role[];
  /** Only for kinds that are released in one of these ways. */
  readonly batches?: readonly ErpBatchMode[];
  /** Capabilities that the case relies on beside its own. */
  readonly also?: readonly Capability[];
  /** @param kind the kind of document; '' for a case that runs once per connector. */
  run(suite: Suite, kind: string): Promise<void>;
}

/** Roles of documents that are created once. */
export const created: readonly Role[] = ['entry', 'lined'];
/** All roles. */
export const anyRole: readonly Role[] = ['master', 'entry', 'lined'];
/** Ways of release in which a saved document is not in the ledger yet. */
export const heldBack: readonly ErpBatchMode[] = ['named', 'assigned'];
