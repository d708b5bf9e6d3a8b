import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { appendAudit } from '../../audit/emit/append-audit.js';
import type { Caller } from '../../shared/decide/caller.js';
import { testMessage } from '../decide/message.js';
import { NOTIFICATION_SETTINGS } from './notification-settings.js';
import type { NotificationSettings } from './notification-settings.js';
import { addMessage } from './outbox.js';

/** What people do about notifications. Each deed is in the audit trail. */
@Injectable()
export class NotificationDeeds {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings | undefined,
  ) {}

  /** Nobody is reminded of it any more until it is cleared. @returns false: it is cleared, or acknowledged already, and nothing was changed. */
  async acknowledge(id: string, { identity, address }: Caller, reason: string): Promise<boolean> {
    return withDatabase('acknowledging a notification', () =>
      this.dataSource.transaction(async (manager) => {
        const [rows] = await manager.query<[{ condition: string; about: string; target: string | null }[], number]>(
          `update recon.notification set acknowledged_at = now(), acknowledged_subject = $2, acknowledged_by = $3, acknowledged_reason = $4
           where id = $1 and fired_at is not null and cleared_at is null and acknowledged_at is null returning condition, about, target`,
          [id, identity.subject, identity.name, reason],
        );
        const [row] = rows;
        if (!row) return false;
        await appendAudit(manager, {
          ...{ subject: identity.subject, name: identity.name, action: 'notification.acknowledged', object: `notification:${id}` },
          ...{ target: row.target, reason, address, details: { condition: row.condition, about: row.about } },
        });
        return true;
      }),
    );
  }

  /** Sends a test to a route. @returns false: there is no such route. */
  async test(name: string, { identity, address }: Caller): Promise<boolean> {
    const { settings } = this;
    const route = settings?.routes.find((one) => one.name === name);
    if (!settings || !route) return false;
    return withDatabase('trying a route of notifications', () =>
      this.dataSource.transaction(async (manager) => {
        await addMessage(manager, testMessage(`msg_${randomUUID()}`, name, Date.now(), settings.links));
        await appendAudit(manager, {
          ...{ subject: identity.subject, name: identity.name, action: 'notification.tested', object: `notification-route:${name}` },
          ...{ target: null, reason: null, address, details: { kind: route.kind } },
        });
        return true;
      }),
    );
  }
}
