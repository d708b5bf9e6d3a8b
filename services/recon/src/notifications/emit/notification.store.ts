import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { advance } from '../decide/advance.js';
import type { Change, OpenNotification, Reading } from '../decide/advance.js';
import type { Condition } from '../decide/conditions.js';
import { messageOf } from '../decide/message.js';
import { NOTIFICATION_SETTINGS } from './notification-settings.js';
import type { NotificationSettings } from './notification-settings.js';
import { addMessage } from './outbox.js';

/** Cleared notifications and their messages are kept for so long. */
const keptDays = 90;
/** A process that was not heard of for so long is forgotten. */
const processKept = '1 hour';
const watching = 'watching conditions';

interface OpenRow {
  readonly id: string;
  readonly condition: string;
  readonly about: string;
  readonly target: string | null;
  readonly count: string;
  readonly since: Date;
  readonly fired_at: Date | null;
  readonly told_at: Date | null;
  readonly quiet_since: Date | null;
  readonly acknowledged_at: Date | null;
}

/** Keeps notifications, and writes what changes together with the messages about it. */
@Injectable()
export class NotificationStore {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings | undefined,
  ) {}

  /** Says that a process is there, and how far it is behind. @returns whether it is the one that watches, for `leaseMs` from now. */
  async takesWatch(process: string, lag: number, leaseMs: number): Promise<boolean> {
    return withDatabase(watching, async () => {
      await this.dataSource.query(
        `insert into recon.notification_process (process, lag, seen_at) values ($1, $2, now())
         on conflict (process) do update set lag = excluded.lag, seen_at = excluded.seen_at`,
        [process, Math.round(lag)],
      );
      const taken = await this.dataSource.query<unknown[]>(
        `insert into recon.notification_watch as w (process, until) values ($1, now() + $2 * interval '1 millisecond')
         on conflict (one) do update set process = excluded.process, until = excluded.until where w.process = $1 or w.until < now() returning 1`,
        [process, leaseMs],
      );
      return taken.length > 0;
    });
  }

  /** Lets another process watch at once. */
  async leaveWatch(process: string): Promise<void> {
    await withDatabase(watching, async () => {
      await this.dataSource.query(`delete from recon.notification_watch where process = $1`, [process]);
      await this.dataSource.query(`delete from recon.notification_process where process = $1`, [process]);
    });
  }

  /**
   * Advances every condition, and writes the messages that follow, in one transaction; conditions that are not configured any more end without a word.
   * @param process has to be the one that watches: nothing is done for another one.
   */
  async apply(process: string, readings: ReadonlyMap<Condition, Reading>): Promise<void> {
    await withDatabase(watching, () =>
      this.dataSource.transaction(async (manager) => {
        const [watch] = await manager.query<{ now: Date }[]>(
          `select clock_timestamp() as now from recon.notification_watch where process = $1 and until > now() for update`,
          [process],
        );
        if (!watch || !this.settings) return;
        const rows = await manager.query<OpenRow[]>(`select * from recon.notification where cleared_at is null order by id`);
        const { policy } = this.settings;
        for (const [condition, reading] of readings) {
          const open = rows.filter((row) => row.condition === condition.code).map(openOf);
          const changes = advance(condition, { open, reading, policy, now: watch.now.getTime() }, () => `ntf_${randomUUID()}`);
          for (const change of changes) await this.write(manager, condition, change, watch.now);
        }
        const codes = [...readings.keys()].map(({ code }) => code);
        await manager.query(`update recon.notification set cleared_at = $2 where cleared_at is null and not condition = any($1)`, [
          codes,
          watch.now,
        ]);
        await manager.query(`delete from recon.notification where cleared_at < now() - interval '${keptDays} days'`);
        await manager.query(
          `delete from recon.notification_message where notification_id is null and created_at < now() - interval '${keptDays} days'`,
        );
        await manager.query(`delete from recon.notification_process where seen_at < now() - interval '${processKept}'`);
      }),
    );
  }

  private async write(manager: EntityManager, condition: Condition, { next, state, says }: Change, now: Date): Promise<void> {
    const { id, about, target, count } = next;
    if (state === 'forgotten') {
      await manager.query(`delete from recon.notification where id = $1`, [id]);
      return;
    }
    const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
    await manager.query(
      `insert into recon.notification (id, condition, about, target, severity, count, since, fired_at, told_at, quiet_since, cleared_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (id) do update set severity = excluded.severity, count = excluded.count, fired_at = excluded.fired_at, told_at = excluded.told_at,
         quiet_since = excluded.quiet_since, cleared_at = excluded.cleared_at`,
      [
        ...[id, condition.code, about, target, condition.severity, count, at(next.since), at(next.firedAt), at(next.toldAt)],
        ...[at(next.quietSince), state === 'cleared' ? now : null],
      ],
    );
    if (says === undefined || next.firedAt === null) return;
    for (const route of await this.routesFor(manager, condition, { id, about, isFirst: says === 'fired' })) {
      const notification = { ...{ id, about, target, count, since: next.since }, firedAt: next.firedAt };
      const message = messageOf(
        { id: `msg_${randomUUID()}`, kind: says, route, now: now.getTime(), notification, condition },
        this.settings?.links ?? { installation: '', console: undefined, runbooks: undefined },
      );
      await addMessage(manager, message);
    }
  }

  /**
   * Routes that a message goes to: at first those of its severity, later those that took or may still take the first one. A reminder that would
   * wait behind another message is left out. That messages to a route were given up is told to the other routes.
   */
  private async routesFor(
    manager: EntityManager,
    condition: Condition,
    { id, about, isFirst }: { id: string; about: string; isFirst: boolean },
  ): Promise<string[]> {
    const concerned = (this.settings?.routes ?? [])
      .filter(
        ({ name, severities }) =>
          severities.includes(condition.severity) && !(condition.code === 'notifications-given-up' && name === about),
      )
      .map(({ name }) => name);
    if (isFirst) return concerned;
    const told = await manager.query<{ route: string }[]>(
      `select route from recon.notification_message where notification_id = $1 and kind = 'fired' and state <> 'given-up'`,
      [id],
    );
    return concerned.filter((name) => told.some(({ route }) => route === name));
  }
}

function openOf(row: OpenRow): OpenNotification {
  const ms = (at: Date | null): number | null => at?.getTime() ?? null;
  return {
    ...{ id: row.id, about: row.about, target: row.target, count: Number(row.count), since: row.since.getTime() },
    ...{ firedAt: ms(row.fired_at), toldAt: ms(row.told_at), quietSince: ms(row.quiet_since) },
    acknowledged: row.acknowledged_at !== null,
  };
}
