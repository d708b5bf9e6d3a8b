import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, UseFilters } from '@nestjs/common';
import { RequirePermission } from '@tributary/platform';
import { events } from '@tributary/contracts';
import { z } from 'zod';
import { answerProblem } from '../decide/question.js';
import { DeadLetterInspector } from '../emit/dead-letter.inspector.js';
import type { DeadLetterFilter } from '../emit/dead-letter-filter.js';
import { OrderRefusedError } from '../emit/order.errors.js';
import { OrderRepository } from '../emit/order.repository.js';
import type { OrderView } from '@tributary/contracts';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { OrderRefusedFilter } from './order-refused.filter.js';

/** Every order has to name its operator and a reason: without them nobody can understand it a year later. */
const who = z.string().trim().min(1, 'who orders it?').max(200);
const why = z.string().trim().min(3, 'why? a few words').max(1_000);
const defaultRate = 10;
const mostPerSecond = 1_000;
const time = z.iso.datetime();

const query = z
  .strictObject({
    cause: z.string().optional(),
    group: z.string().optional(),
    topic: z.string().optional(),
    sequence: z.string().optional(),
    eventType: z.string().optional(),
    from: time.optional(),
    to: time.optional(),
  })
  .refine(
    (given) => Object.values(given).some((value) => value !== undefined),
    'at least one condition: an order for everything is a mistake',
  );

const newOrder = z
  .strictObject({
    action: z.enum(['replay', 'skip', 'resolve']),
    scope: z.enum(['one', 'sequence', 'cause', 'query']),
    ids: z.array(z.string()).min(1).max(1_000).optional(),
    sequence: z.string().min(1).optional(),
    cause: z.string().min(1).optional(),
    group: z.string().min(1).optional(),
    query: query.optional(),
    editedValue: z.unknown().optional(),
    reference: z.record(z.string().min(1), z.string().min(1)).optional(),
    answer: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,49}$/)
      .optional(),
    reason: why,
    by: who,
    ratePerSecond: z.number().positive().max(mostPerSecond).default(defaultRate),
  })
  .superRefine((order, context) => {
    const given = { one: order.ids, sequence: order.sequence, cause: order.cause, query: order.query }[order.scope];
    if (given === undefined)
      context.addIssue({ code: 'custom', path: [order.scope === 'one' ? 'ids' : order.scope], message: `scope "${order.scope}" needs it` });
    const single = order.scope === 'one' && order.ids?.length === 1;
    if (order.editedValue !== undefined && !(order.action === 'replay' && single))
      context.addIssue({ code: 'custom', path: ['editedValue'], message: 'goes with a replay of exactly one dead letter' });
    if (order.action === 'resolve' && !single)
      context.addIssue({
        code: 'custom',
        path: ['action'],
        message: 'resolve says of exactly one dead letter which document stands for it',
      });
    if (order.answer !== undefined && !(order.action === 'replay' && order.scope === 'one'))
      context.addIssue({
        code: 'custom',
        path: ['answer'],
        message: 'answers the question of dead letters that are named, by replaying them',
      });
    if ((order.action === 'resolve') !== (order.reference !== undefined && Object.keys(order.reference).length > 0))
      context.addIssue({
        code: 'custom',
        path: ['reference'],
        message: 'the keys of the document in the ERP: with resolve, and only then',
      });
  });
type NewOrderBody = z.infer<typeof newOrder>;
const cancellation = z.strictObject({ by: who, reason: why });

/** Replay orders for dead letters: create, watch, cancel. The HTTP contract is services/recon/README.md. */
@Controller('dead-letter-orders')
@RequirePermission('letters.read')
@UseFilters(OrderRefusedFilter)
export class OrderController {
  constructor(
    private readonly orders: OrderRepository,
    private readonly inspector: DeadLetterInspector,
  ) {}

  @Post()
  @RequirePermission('orders.create')
  @HttpCode(202)
  async order(@Body() body: unknown): Promise<OrderView> {
    const order = parseRequest(newOrder, body, 'order.invalid');
    const [only] = order.ids ?? [];
    if (order.action === 'resolve' && only !== undefined) await this.checkResolvable(only);
    if (order.answer !== undefined) for (const asked of order.ids ?? []) await this.checkAnswer(asked, order.answer);
    const edited =
      order.editedValue !== undefined && only !== undefined ? await this.inspector.editedBytes(only, order.editedValue) : undefined;
    const id = `ord_${randomUUID()}`;
    await this.orders.create({
      id,
      action: order.action,
      scope: order.scope,
      filter: filterOf(order),
      ...(edited ? { edited } : {}),
      ...(order.reference ? { reference: order.reference } : {}),
      ...(order.answer === undefined ? {} : { reference: { answer: order.answer } }),
      reason: order.reason,
      by: order.by,
      ratePerSecond: order.ratePerSecond,
    });
    return this.known(id);
  }

  @Get()
  async list(): Promise<{ orders: OrderView[] }> {
    return { orders: await this.orders.list(50) };
  }

  @Get(':id')
  show(@Param('id') id: string): Promise<OrderView> {
    return this.known(id);
  }

  @Post(':id/cancel')
  @RequirePermission('orders.cancel')
  @HttpCode(200)
  async cancel(@Param('id') id: string, @Body() body: unknown): Promise<OrderView> {
    const { by, reason } = parseRequest(cancellation, body, 'order.invalid');
    await this.orders.cancel(id, by, reason);
    return this.known(id);
  }

  /** Only a posting request corresponds to one document of the ERP, so only its letter can be resolved. */
  private async checkResolvable(id: string): Promise<void> {
    const { topic, eventType } = await this.inspector.detail(id);
    if (eventType !== events.postingRequested.type)
      throw new OrderRefusedError(
        409,
        'order.not-a-posting',
        `Dead letter ${id} is of ${topic}: only a posting request can be resolved with a document. Replay or skip it.`,
      );
  }

  /** An answer that the question does not offer would only die again. What is closed is refused by the order itself. */
  private async checkAnswer(id: string, answer: string): Promise<void> {
    const { headers, state } = await this.inspector.detail(id);
    const problem = state === 'open' ? answerProblem(id, headers, answer) : undefined;
    if (problem) throw new OrderRefusedError(409, problem.code, problem.text);
  }

  private async known(id: string): Promise<OrderView> {
    const order = await this.orders.find(id);
    if (!order) throw new NotFoundException({ error: 'order.unknown', message: `There is no order ${id}.` });
    return order;
  }
}

function filterOf(order: NewOrderBody): DeadLetterFilter {
  const group = order.group === undefined ? {} : { group: order.group };
  switch (order.scope) {
    case 'one':
      return { ids: [...new Set(order.ids)] };
    case 'sequence':
      return { sequence: order.sequence, ...group };
    case 'cause':
      return { cause: order.cause, ...group };
    case 'query':
      return { ...order.query };
  }
}
