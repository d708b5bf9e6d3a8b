import { targetKindNames } from '@tributary/target-registry';
import type { ErpKind } from './erp-under-test.js';
import { dynamicsSl } from './erps/dynamics-sl.js';
import { epicorKinetic } from './erps/epicor-kinetic.js';
import { prophet21 } from './erps/prophet21.js';

/** A ledger that cells are run in. */
export interface TargetUnderTest {
  readonly target: string;
  readonly erp: string;
  /** Path of its profile below `assets`. */
  readonly profilePath: string;
  /** How it is run; undefined as long as `erps/` has no file for it. */
  readonly kind: ErpKind | undefined;
  /** There is a connector for it: then a case without a golden file is a failure. */
  readonly isRegistered: boolean;
}

/** Every ledger that the books are meant for. A new ERP is one more line, a file of `erps/`, and its golden files. */
export const targets: readonly TargetUnderTest[] = [
  ledger('kinetic-main', 'epicor-kinetic', epicorKinetic),
  ledger('sl-main', 'dynamics-sl', dynamicsSl),
  ledger('p21-main', 'prophet21', prophet21),
];

/** Those that can be run. */
export const runnableTargets: readonly RunnableTarget[] = targets.flatMap((one) => (one.kind ? [{ ...one, kind: one.kind }] : []));

/** A ledger with the code that runs it. */
export type RunnableTarget = TargetUnderTest & { readonly kind: ErpKind };

function ledger(target: string, erp: string, kind: ErpKind | undefined): TargetUnderTest {
  return { target, erp, profilePath: `${erp}/profiles/${target}.yaml`, kind, isRegistered: targetKindNames.includes(erp) };
}
