import type { ErpReference } from '@tributary/connector-kit';

/** Modules whose batches we release. Source: docs/reference/dynamics-sl.md section 4. */
export type SlModule = 'AR' | 'GL';

/** A batch: its number is unique within its module only. */
export interface SlBatchKey {
  readonly module: SlModule;
  readonly batNbr: string;
}

/** The id of a batch as erp-sink keeps it: `AR000123`. */
export function batchIdOf({ Module, BatNbr }: ErpReference): string | undefined {
  return Module && BatNbr ? `${Module}${BatNbr}` : undefined;
}

/** The batch that an id names; undefined for a text that is none. */
export function batchOfId(id: string): SlBatchKey | undefined {
  const [, module, batNbr] = /^(AR|GL)(\S{1,10})$/.exec(id) ?? [];
  return module === undefined || batNbr === undefined ? undefined : { module: module as SlModule, batNbr };
}
