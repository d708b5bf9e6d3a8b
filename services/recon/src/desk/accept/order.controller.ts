import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Query, UseFilters } from '@nestjs/common';
import type { OrderPreview, OrderView, OrderedLettersPage, OrdersView } from '@tributary/contracts';
import { targetsFor } from '@tributary/identity';
import { Documented, RequirePermission } from '@tributary/platform';
import { CurrentCaller } from '../../shared/accept/current-caller.js';
import type { Caller } from '../../shared/decide/caller.js';
import { isVisible } from '../../shared/decide/visible-targets.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { ApprovalRepository } from '../emit/approval.repository.js';
import { OrderChecks } from '../emit/order-checks.js';
import type { Checked } from '../emit/order-checks.js';
import { OrderListRepository } from '../emit/order-list.repository.js';
import { OrderRepository } from '../emit/order.repository.js';
import type { NewOrder } from '../emit/order.repository.js';
import { OrderSteeringRepository } from '../emit/order-steering.repository.js';
import { OrderedLetterRepository } from '../emit/ordered-letter.repository.js';
import type { Steer } from '../decide/steering.js';
import { approval, filterOf, newOrder, orderedLettersQuery, ordersQuery, previewedOrder, refuseBy, withReason } from './order-body.js';
import type { OrderedLettersBody } from './order-body.js';
import { OrderRefusedFilter } from './order-refused.filter.js';

/** An order with what was found out about it, without the terms of whoever gives it. */
type Planned = Omit<NewOrder, 'id' | 'reason' | 'ratePerSecond' | 'expectedLetters'>;

/** Replay orders for dead letters: count, create, approve, refuse, watch, pause, continue, cancel. The HTTP contract is services/recon/README.md. */
@Controller('dead-letter-orders')
@RequirePermission('letters.read')
@UseFilters(OrderRefusedFilter)
export class OrderController {
  constructor(
    private readonly orders: OrderRepository,
    private readonly given: OrderListRepository,
    private readonly approvals: ApprovalRepository,
    private readonly checks: OrderChecks,
    private readonly steering: OrderSteeringRepository,
    private readonly ordered: OrderedLetterRepository,
  ) {}

  /** Edits and resolves need their own permission beside it; every order needs it for each of its targets. */
  @Post()
  @RequirePermission('orders.create')
  @HttpCode(202)
  @Documented({
    does: 'Orders a replay, skip or resolve of dead letters.',
    answers: 'OrderView',
    body: newOrder,
    command: 'dlq replay',
    refuses: { 400: ['order.invalid', 'order.by-in-body'], 409: [] },
  })
  async order(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<OrderView> {
    refuseBy(body);
    const order = parseRequest(newOrder, body, 'order.invalid');
    const id = `ord_${randomUUID()}`;
    const { reason, ratePerSecond, expectedLetters } = order;
    await this.orders.create({ ...(await this.planned(order, caller)), id, reason, ratePerSecond, expectedLetters });
    return this.known(id);
  }

  /** How many letters and how much money an order would be about, and whether somebody else would have to approve it. Nothing is ordered. */
  @Post('preview')
  @RequirePermission('orders.create')
  @HttpCode(200)
  @Documented({
    does: 'How many letters and how much money an order would be about, and whether somebody else would have to approve it.',
    answers: 'OrderPreview',
    body: previewedOrder,
    command: 'dlq replay',
    asksOnly: true,
    refuses: { 400: ['order.invalid', 'order.by-in-body'] },
  })
  async preview(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<OrderPreview> {
    refuseBy(body);
    return this.orders.preview(await this.planned(parseRequest(previewedOrder, body, 'order.invalid'), caller));
  }

  @Get()
  @Documented({ does: 'Orders, newest first, and how many fit in all.', answers: 'OrdersView', query: ordersQuery })
  async list(@CurrentCaller() { identity }: Caller, @Query() query: unknown): Promise<OrdersView> {
    const { after, before, limit, ...filter } = parseRequest(ordersQuery, query);
    const visible = targetsFor(identity, 'letters.read');
    const [page, total] = await Promise.all([
      this.given.list(filter, { after, before, limit }, visible),
      this.given.total(filter, visible),
    ]);
    return { ...page, total };
  }

  @Get(':id')
  @Documented({ does: 'One order.', answers: 'OrderView', refuses: { 404: ['order.unknown'] } })
  show(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<OrderView> {
    return this.visible(id, caller);
  }

  @Get(':id/letters')
  @Documented({
    does: 'The letters of an order, and how far each is.',
    answers: 'OrderedLettersPage',
    query: orderedLettersQuery,
    refuses: { 404: ['order.unknown'] },
  })
  async letters(@Param('id') id: string, @CurrentCaller() caller: Caller, @Query() query: unknown): Promise<OrderedLettersPage> {
    const { kind, ...page } = parseRequest(orderedLettersQuery, query);
    await this.visible(id, caller);
    return this.ordered.list(id, kind, page);
  }

  @Post(':id/cancel')
  @RequirePermission('orders.cancel')
  @HttpCode(200)
  @Documented({
    does: 'Ends an order: what was not dispatched stays a dead letter.',
    answers: 'OrderView',
    body: withReason,
    command: 'dlq cancel',
    refuses: { 400: ['order.invalid'], 404: ['order.unknown'], 409: [] },
  })
  cancel(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<OrderView> {
    return this.steer('cancel', id, body, caller);
  }

  /** Nothing more is dispatched until it is continued; what was dispatched is answered. */
  @Post(':id/pause')
  @RequirePermission('orders.cancel')
  @HttpCode(200)
  @Documented({
    does: 'Dispatches nothing more of an order until it is continued.',
    answers: 'OrderView',
    body: withReason,
    command: 'dlq pause',
    refuses: { 400: ['order.invalid'], 404: ['order.unknown'], 409: [] },
  })
  pause(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<OrderView> {
    return this.steer('pause', id, body, caller);
  }

  @Post(':id/continue')
  @RequirePermission('orders.create')
  @HttpCode(200)
  @Documented({
    does: 'Continues an order that was paused.',
    answers: 'OrderView',
    body: withReason,
    command: 'dlq continue',
    refuses: { 400: ['order.invalid'], 404: ['order.unknown'], 409: [] },
  })
  continue(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<OrderView> {
    return this.steer('continue', id, body, caller);
  }

  @Post(':id/approve')
  @RequirePermission('orders.approve')
  @HttpCode(200)
  @Documented({
    does: 'Approves an order of somebody else.',
    answers: 'OrderView',
    body: approval,
    command: 'dlq approve',
    refuses: { 400: ['order.invalid'], 404: ['order.unknown'], 409: [] },
  })
  async approve(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<OrderView> {
    refuseBy(body);
    await this.approvals.approve({ id, caller, ...parseRequest(approval, body, 'order.invalid') });
    return this.known(id);
  }

  @Post(':id/refuse')
  @RequirePermission('orders.approve')
  @HttpCode(200)
  @Documented({
    does: 'Refuses an order that waits for approval.',
    answers: 'OrderView',
    body: withReason,
    command: 'dlq refuse',
    refuses: { 400: ['order.invalid'], 404: ['order.unknown'], 409: [] },
  })
  async refuse(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<OrderView> {
    refuseBy(body);
    await this.approvals.refuse({ id, caller, ...parseRequest(withReason, body, 'order.invalid') });
    return this.known(id);
  }

  private async steer(steer: Steer, id: string, body: unknown, caller: Caller): Promise<OrderView> {
    refuseBy(body);
    const { reason } = parseRequest(withReason, body, 'order.invalid');
    if (!(await this.steering.steer(steer, { id, caller, reason }))) throw unknownOrder(id);
    return this.known(id);
  }

  /** What an order is about, with what was found out about it. */
  private async planned(order: OrderedLettersBody, caller: Caller): Promise<Planned> {
    if (order.action === 'resolve' && order.reference === undefined) return this.byHand(order, caller);
    const { edited, approvalReasons, details } = await this.checked(order, caller);
    return {
      ...{ action: order.action, scope: order.scope, filter: filterOf(order), caller, approvalReasons, details },
      ...(edited ? { edited } : {}),
      ...(order.reference ? { reference: order.reference } : {}),
      ...(order.answer === undefined ? {} : { reference: { answer: order.answer } }),
    };
  }

  /** What was put right by hand: the letters that fit and whose ledger shows it, by name. */
  private async byHand(order: OrderedLettersBody, caller: Caller): Promise<Planned> {
    const asked = { action: order.action, scope: order.scope, filter: filterOf(order), caller };
    const { ids, documents, leftOut, approvalReasons } = await this.checks.byHand(await this.orders.chosen(asked));
    const details = { asked: { scope: asked.scope, filter: asked.filter }, documents, leftOut: leftOut.map(({ letter }) => letter) };
    return { ...asked, scope: 'one', filter: { ids }, documents, leftOut, approvalReasons, details };
  }

  private async checked(order: OrderedLettersBody, { identity }: Caller): Promise<Checked> {
    const [only] = order.ids ?? [];
    if (order.action === 'resolve' && only !== undefined)
      return this.checks.resolve(only, { named: order.reference ?? {}, isAccepted: order.acceptDifference === true, identity });
    if (order.answer !== undefined) await this.checks.answers(order.ids ?? [], order.answer);
    if (order.editedValue !== undefined && only !== undefined) return this.checks.edit(only, order.editedValue);
    return { approvalReasons: [], details: {} };
  }

  private async visible(id: string, { identity }: Caller): Promise<OrderView> {
    const visible = targetsFor(identity, 'letters.read');
    const order = await this.known(id);
    if (!order.targets.every((target) => isVisible(visible, target))) throw unknownOrder(id);
    return order;
  }

  private async known(id: string): Promise<OrderView> {
    const order = await this.orders.find(id);
    if (!order) throw unknownOrder(id);
    return order;
  }
}

const unknownOrder = (id: string): NotFoundException =>
  new NotFoundException({ error: 'order.unknown', message: `There is no order ${id}.` });
