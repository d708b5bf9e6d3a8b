import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Query, UseFilters } from '@nestjs/common';
import type { OrderView } from '@tributary/contracts';
import { targetsFor } from '@tributary/identity';
import { RequirePermission } from '@tributary/platform';
import { CurrentCaller } from '../../shared/accept/current-caller.js';
import type { Caller } from '../../shared/decide/caller.js';
import { isVisible } from '../../shared/decide/visible-targets.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { ApprovalRepository } from '../emit/approval.repository.js';
import { OrderChecks } from '../emit/order-checks.js';
import type { Checked } from '../emit/order-checks.js';
import { OrderRepository } from '../emit/order.repository.js';
import { approval, filterOf, newOrder, ordersQuery, refuseBy, withReason } from './order-body.js';
import type { NewOrderBody } from './order-body.js';
import { OrderRefusedFilter } from './order-refused.filter.js';

/** Replay orders for dead letters: create, approve, refuse, watch, cancel. The HTTP contract is services/recon/README.md. */
@Controller('dead-letter-orders')
@RequirePermission('letters.read')
@UseFilters(OrderRefusedFilter)
export class OrderController {
  constructor(
    private readonly orders: OrderRepository,
    private readonly approvals: ApprovalRepository,
    private readonly checks: OrderChecks,
  ) {}

  /** Edits and resolves need their own permission beside it; every order needs it for each of its targets. */
  @Post()
  @RequirePermission('orders.create')
  @HttpCode(202)
  async order(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<OrderView> {
    refuseBy(body);
    const order = parseRequest(newOrder, body, 'order.invalid');
    const { edited, approvalReasons, details } = await this.checked(order, caller);
    const id = `ord_${randomUUID()}`;
    await this.orders.create({
      ...{ id, action: order.action, scope: order.scope, filter: filterOf(order), reason: order.reason, caller, approvalReasons, details },
      ...(edited ? { edited } : {}),
      ...(order.reference ? { reference: order.reference } : {}),
      ...(order.answer === undefined ? {} : { reference: { answer: order.answer } }),
      ratePerSecond: order.ratePerSecond,
    });
    return this.known(id);
  }

  @Get()
  async list(@CurrentCaller() { identity }: Caller, @Query() query: unknown): Promise<{ orders: OrderView[] }> {
    const { state, limit } = parseRequest(ordersQuery, query);
    const visible = targetsFor(identity, 'letters.read');
    const orders = await this.orders.list(limit, state);
    return { orders: orders.filter(({ targets }) => targets.every((target) => isVisible(visible, target))) };
  }

  @Get(':id')
  async show(@Param('id') id: string, @CurrentCaller() { identity }: Caller): Promise<OrderView> {
    const visible = targetsFor(identity, 'letters.read');
    const order = await this.known(id);
    if (!order.targets.every((target) => isVisible(visible, target))) throw unknownOrder(id);
    return order;
  }

  @Post(':id/cancel')
  @RequirePermission('orders.cancel')
  @HttpCode(200)
  async cancel(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<OrderView> {
    refuseBy(body);
    const { reason } = parseRequest(withReason, body, 'order.invalid');
    if (!(await this.orders.cancel(id, caller, reason))) throw unknownOrder(id);
    return this.known(id);
  }

  @Post(':id/approve')
  @RequirePermission('orders.approve')
  @HttpCode(200)
  async approve(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<OrderView> {
    refuseBy(body);
    await this.approvals.approve({ id, caller, ...parseRequest(approval, body, 'order.invalid') });
    return this.known(id);
  }

  @Post(':id/refuse')
  @RequirePermission('orders.approve')
  @HttpCode(200)
  async refuse(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<OrderView> {
    refuseBy(body);
    await this.approvals.refuse({ id, caller, ...parseRequest(withReason, body, 'order.invalid') });
    return this.known(id);
  }

  private async checked(order: NewOrderBody, { identity }: Caller): Promise<Checked> {
    const [only] = order.ids ?? [];
    if (order.action === 'resolve' && only !== undefined)
      return this.checks.resolve(only, { named: order.reference ?? {}, isAccepted: order.acceptDifference === true, identity });
    if (order.answer !== undefined) await this.checks.answers(order.ids ?? [], order.answer);
    if (order.editedValue !== undefined && only !== undefined) return this.checks.edit(only, order.editedValue);
    return { approvalReasons: [], details: {} };
  }

  private async known(id: string): Promise<OrderView> {
    const order = await this.orders.find(id);
    if (!order) throw unknownOrder(id);
    return order;
  }
}

const unknownOrder = (id: string): NotFoundException =>
  new NotFoundException({ error: 'order.unknown', message: `There is no order ${id}.` });
