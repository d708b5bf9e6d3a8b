import { Inject, Injectable } from '@nestjs/common';
import type {
  NotificationDeliveryView,
  NotificationRoutesView,
  NotificationRouteView,
  NotificationSeverity,
  NotificationsPage,
  NotificationView,
} from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { keysetPage, pageStart } from '../../shared/decide/keyset-page.js';
import type { PageRequest } from '../../shared/decide/keyset-page.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import { targetsParameter } from '../../shared/decide/visible-targets.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { conditions } from '../decide/conditions.js';
import { NOTIFICATION_SETTINGS } from './notification-settings.js';
import type { NotificationSettings } from './notification-settings.js';

/** Which notifications are listed. */
export interface NotificationFilter {
  /** `open`: not cleared, whether acknowledged or not. */
  readonly state: 'open' | 'firing' | 'acknowledged' | 'cleared' | undefined;
  readonly condition: string | undefined;
  readonly visible: VisibleTargets;
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly about: string; readonly target: string | null };

const mostDeliveries = 10;
const states = `case when n.cleared_at is not null then 'cleared' when n.acknowledged_at is not null then 'acknowledged' else 'firing' end`;
const message = (alias: string): string =>
  `json_build_object('route', ${alias}.route, 'kind', ${alias}.kind, 'state', ${alias}.state, 'attempts', ${alias}.attempts, 'createdAt', ${alias}.created_at,
     'endedAt', ${alias}.ended_at, 'nextAt', case when ${alias}.state = 'waiting' then ${alias}.next_at end, 'problem', ${alias}.problem)`;

/** Reads notifications and where they go. */
@Injectable()
export class NotificationReader {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings | undefined,
  ) {}

  /** Notifications, newest first; their ids are the cursors. Whoever has roles for some targets sees those that are about one of them, and no others. */
  async list({ state, condition, visible }: NotificationFilter, page: PageRequest): Promise<NotificationsPage> {
    const { cursor, beyond, order, rows: limit } = pageStart(page);
    const rows = await this.read(
      `n.fired_at is not null and ($1::text is null or ${states} = $1 or ($1 = 'open' and n.cleared_at is null))
       and ($2::text is null or n.condition = $2) and ($3::text[] is null or n.target = any($3))
       and ($4::text is null or (n.fired_at, n.id) ${beyond} (select a.fired_at, a.id from recon.notification a where a.id = $4))`,
      [state ?? null, condition ?? null, targetsParameter(visible), cursor ?? null, limit],
      5,
      order,
    );
    const { rows: shown, ...neighbours } = keysetPage(page, rows, ({ id }) => id);
    return { watching: this.settings !== undefined, notifications: shown.map(viewOf), ...neighbours };
  }

  /** One of those that somebody may see; undefined: there is none of that id for them. */
  async find(id: string, visible: VisibleTargets): Promise<NotificationView | undefined> {
    const where = `n.fired_at is not null and n.id = $1 and ($2::text[] is null or n.target = any($2))`;
    const [row] = await this.read(where, [id, targetsParameter(visible), 1], 3);
    return row && viewOf(row);
  }

  /** Where messages go, and how that went. */
  async routes(): Promise<NotificationRoutesView> {
    const routes = this.settings?.routes ?? [];
    const rows = await withDatabase('reading routes of notifications', () =>
      this.dataSource.query<RouteRow[]>(
        `select r.name, count(m.*) filter (where m.state = 'waiting')::int as waiting, count(m.*) filter (where m.state = 'sent')::int as sent,
           count(m.*) filter (where m.state = 'given-up')::int as given_up, max(m.ended_at) filter (where m.state = 'sent') as last_sent_at,
           (select p.problem from recon.notification_message p where p.route = r.name and (p.problem is not null or p.state = 'sent')
            order by coalesce(p.ended_at, p.next_at) desc, p.position desc limit 1) as problem,
           (select ${message('t')} from recon.notification_message t where t.route = r.name and t.kind = 'test' order by t.position desc limit 1) as test
         from unnest($1::text[]) as r (name) left join recon.notification_message m on m.route = r.name group by r.name`,
        [routes.map(({ name }) => name)],
      ),
    );
    return {
      routes: routes.map(({ name, kind, severities, to }): NotificationRouteView => {
        const row = rows.find((one) => one.name === name);
        return {
          ...{ name, kind, severities, to, waiting: row?.waiting ?? 0, sent: row?.sent ?? 0, givenUp: row?.given_up ?? 0 },
          ...{
            lastSentAt: isoTime(row?.last_sent_at ?? null),
            problem: row?.problem ?? null,
            test: row?.test ? deliveryOf(row.test) : null,
          },
        };
      }),
    };
  }

  private read(where: string, values: readonly unknown[], limitParameter: number, order: 'asc' | 'desc' = 'desc'): Promise<Row[]> {
    return withDatabase('reading notifications', () =>
      this.dataSource.query<Row[]>(
        `select n.*, ${states} as state, coalesce(d.deliveries, '[]') as deliveries from recon.notification n left join lateral (
           select json_agg(${message('m')} order by m.position desc) as deliveries from (
             select * from recon.notification_message m where m.notification_id = n.id order by m.position desc limit ${mostDeliveries}) m) d on true
         where ${where} order by n.fired_at ${order}, n.id ${order} limit $${limitParameter}`,
        [...values],
      ),
    );
  }
}

interface RouteRow {
  readonly name: string;
  readonly waiting: number;
  readonly sent: number;
  readonly given_up: number;
  readonly last_sent_at: Date | null;
  readonly problem: string | null;
  readonly test: NotificationDeliveryView | null;
}

function viewOf(row: Row): NotificationView {
  const condition = conditions.find(({ code }) => code === row.condition);
  const count = Number(row.count);
  const at = (column: string): string | null => isoTime(row[column]);
  const acknowledgedAt = at('acknowledged_at');
  return {
    ...{ id: row.id, condition: String(row.condition), about: row.about === '' ? null : row.about, target: row.target, count },
    ...{ severity: row.severity as NotificationSeverity, state: row.state as NotificationView['state'] },
    text: condition?.says(row.about, count) ?? `${String(row.condition)} ${row.about}`,
    ...{ since: at('since') ?? '', firedAt: at('fired_at') ?? '', clearedAt: at('cleared_at') },
    remindedAt: at('told_at') === at('fired_at') ? null : at('told_at'),
    acknowledged:
      acknowledgedAt === null ? null : { at: acknowledgedAt, by: String(row.acknowledged_by), reason: String(row.acknowledged_reason) },
    ...{ runbook: condition?.runbook ?? 'docs/runbooks/notifications.md', page: condition?.page ?? null },
    deliveries: (row.deliveries as NotificationDeliveryView[]).map(deliveryOf),
  };
}

/** PostgreSQL writes times into JSON in its own way. */
function deliveryOf({ createdAt, endedAt, nextAt, ...rest }: NotificationDeliveryView): NotificationDeliveryView {
  const iso = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());
  return { ...rest, createdAt: iso(createdAt) ?? '', endedAt: iso(endedAt), nextAt: iso(nextAt) };
}
