import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { AuditTrail } from '../../audit/emit/audit-trail.js';
import type { Caller } from '../../shared/decide/caller.js';

/** Records in the audit trail who read the message of a dead letter. A message leaves recon only after that. */
@Injectable()
export class PayloadReads {
  constructor(
    private readonly dataSource: DataSource,
    private readonly trail: AuditTrail,
  ) {}

  /** @param how `shown`, `tried`. */
  async record(id: string, how: string, { identity, address }: Caller): Promise<void> {
    const { subject, name } = identity;
    const what = { action: 'payload.read', object: `letter:${id}`, target: null, reason: null, details: { how }, address };
    await this.trail.record({ subject, name, ...what });
  }

  /** Records it unless the same person did the same in the last ten minutes: an edit is checked at each pause of whoever types it. */
  async recordOnceInAWhile(id: string, how: string, caller: Caller): Promise<void> {
    const lately = await withDatabase('reading the audit trail', () =>
      this.dataSource.query<unknown[]>(
        `select from recon.audit where object = $1 and subject = $2 and action = 'payload.read' and details ->> 'how' = $3
           and at > now() - interval '10 minutes' limit 1`,
        [`letter:${id}`, caller.identity.subject, how],
      ),
    );
    if (lately.length === 0) await this.record(id, how, caller);
  }
}
