import { Body, ConflictException, Controller, Get, HttpCode, NotFoundException, Param, Post, Query } from '@nestjs/common';
import type { NotificationRoutesView, NotificationRouteView, NotificationsPage, NotificationView } from '@tributary/contracts';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { CurrentCaller } from '../../shared/accept/current-caller.js';
import { filterText, pageFields } from '../../shared/accept/list-query.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { reasonText } from '../../shared/accept/typed-text.js';
import type { Caller } from '../../shared/decide/caller.js';
import { NotificationDeeds } from '../emit/notification-deeds.js';
import { NotificationReader } from '../emit/notification.reader.js';

const listQuery = z.strictObject({
  state: z.enum(['open', 'firing', 'acknowledged', 'cleared']).optional(),
  condition: filterText.optional(),
  ...pageFields(filterText),
});
const acknowledgement = z.strictObject({ reason: reasonText });

/** What operators are told of. The HTTP contract is services/recon/README.md. */
@Controller()
@RequirePermission('payments.read')
export class NotificationController {
  constructor(
    private readonly reader: NotificationReader,
    private readonly deeds: NotificationDeeds,
  ) {}

  @Get('notifications')
  @Documented({ does: 'What operators were told of, newest first.', answers: 'NotificationsPage', query: listQuery })
  list(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<NotificationsPage> {
    const { state, condition, ...page } = parseRequest(listQuery, query);
    return this.reader.list({ state, condition, visible: targetsFor(identity, 'payments.read') }, page);
  }

  /** Silences reminders until the condition is over. 409: it is over, or somebody acknowledged it before. */
  @Post('notifications/:id/acknowledge')
  @RequirePermission('notifications.acknowledge')
  @HttpCode(200)
  @Documented({
    does: 'Silences reminders until the condition is over.',
    answers: 'NotificationView',
    body: acknowledgement,
    command: 'notifications acknowledge',
    refuses: { 400: ['notification.invalid'], 404: ['notification.unknown'], 409: ['notification.not-open'] },
  })
  async acknowledge(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<NotificationView> {
    const { reason } = parseRequest(acknowledgement, body, 'notification.invalid');
    const visible = targetsFor(caller.identity, 'notifications.acknowledge');
    const before = await this.reader.find(id, visible);
    if (!before) throw new NotFoundException({ error: 'notification.unknown', message: `There is no notification ${id.slice(0, 100)}.` });
    if (!(await this.deeds.acknowledge(id, caller, reason)))
      throw new ConflictException({
        error: 'notification.not-open',
        message: before.state === 'cleared' ? 'It is over: nobody is reminded of it any more.' : 'Somebody acknowledged it before.',
      });
    return (await this.reader.find(id, visible)) ?? before;
  }

  @Get('notification-routes')
  @RequirePermission('notifications.manage', { target: () => '*' })
  @Documented({ does: 'Where notifications go, without secrets, and how the last test ended.', answers: 'NotificationRoutesView' })
  routes(): Promise<NotificationRoutesView> {
    return this.reader.routes();
  }

  /** Puts a test for the route into the outbox; `GET /notification-routes` says how it ended. */
  @Post('notification-routes/:id/test')
  @RequirePermission('notifications.manage', { target: () => '*' })
  @HttpCode(202)
  @Documented({
    does: 'Sends a test over a route; GET /notification-routes says how it ended.',
    answers: 'NotificationRouteView',
    command: 'notifications test',
    refuses: { 404: ['notification-route.unknown'] },
  })
  async test(@Param('id') name: string, @CurrentCaller() caller: Caller): Promise<NotificationRouteView> {
    const found = (await this.deeds.test(name, caller))
      ? (await this.reader.routes()).routes.find((route) => route.name === name)
      : undefined;
    if (!found)
      throw new NotFoundException({
        error: 'notification-route.unknown',
        message: `There is no route ${name.slice(0, 100)}: RECON_NOTIFICATIONS_FILE names them.`,
      });
    return found;
  }
}
