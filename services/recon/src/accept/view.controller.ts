import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Counts, ReconciliationItem, StageView } from '../emit/view.repository.js';
import { ViewRepository } from '../emit/view.repository.js';
import { valid } from './valid.js';

const limit = z.coerce.number().int().min(1).max(500).default(50);
const paymentsQuery = z.object({
  state: z.enum(['inFlight', 'posted', 'ignored', 'held', 'deadLettered']).optional(),
  limit,
  after: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z~[\w-]+$/, 'is no cursor of this list')
    .optional(),
});
const reconciliationQuery = z.object({ state: z.enum(['matched', 'missing', 'different', 'pending']).optional(), limit });

/** The HTTP contract is services/recon/README.md. Read only. */
@Controller()
export class ViewController {
  constructor(private readonly views: ViewRepository) {}

  @Get('counts')
  counts(): Promise<Counts> {
    return this.views.counts();
  }

  @Get('stages')
  stages(): Promise<{ asOf: string; stages: StageView[] }> {
    return this.views.stages();
  }

  @Get('payments')
  payments(@Query() query: unknown): ReturnType<ViewRepository['payments']> {
    const { state, limit: size, after } = valid(paymentsQuery, query);
    return this.views.payments({ limit: size, ...(state ? { state } : {}), ...(after ? { after } : {}) });
  }

  @Get('payments/:id')
  async trace(@Param('id') id: string): Promise<object> {
    const trace = await this.views.trace(id);
    if (!trace) throw new NotFoundException({ error: 'payment.unknown', message: `No payment is known by the id ${id}.` });
    return trace;
  }

  @Get('events/:id')
  async event(@Param('id') id: string): Promise<object> {
    const event = await this.views.event(id);
    if (!event) throw new NotFoundException({ error: 'event.unknown', message: `No event is known by the id ${id}.` });
    return event;
  }

  @Get('reconciliation')
  async reconciliation(@Query() query: unknown): Promise<{ summary: object; items: ReconciliationItem[] }> {
    const { state, limit: size } = valid(reconciliationQuery, query);
    return {
      summary: await this.views.reconciliationSummary(),
      items: await this.views.reconciliation({ limit: size, ...(state ? { state } : {}) }),
    };
  }
}
