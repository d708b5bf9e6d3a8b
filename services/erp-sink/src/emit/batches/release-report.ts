import type { Identity } from '@tributary/identity';
import { reportToAudit } from '@tributary/persistence';
import type { AuditReport } from '@tributary/persistence';
import type { EntityManager } from 'typeorm';
import { toStorable } from '../ledger/storable-text.js';

/** What was done to a batch of a target. */
export interface ReleaseReport extends Pick<AuditReport, 'action' | 'details'> {
  readonly target: string;
  /** Storable. */
  readonly batchId: string;
  readonly who: Pick<Identity, 'subject' | 'name'>;
  readonly reason: string;
}

/** Reports a decision about a release to the audit trail, within its transaction. */
export function reportRelease(tx: EntityManager, { batchId, who, reason, ...what }: ReleaseReport): Promise<void> {
  const report = { subject: who.subject, name: who.name, ...what, object: `group:${batchId}`, reason: toStorable(reason) };
  return reportToAudit((text, parameters) => tx.query(text, [...parameters]), 'erp_sink', report);
}
