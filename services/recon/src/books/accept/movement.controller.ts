import { Controller, Get, Query } from '@nestjs/common';
import { RequirePermission } from '@tributary/platform';
import type { MovementsPage } from '@tributary/contracts';
import { z } from 'zod';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { currencyText, filterText, timeRange } from '../../shared/accept/list-query.js';
import { MovementListRepository } from '../emit/movement-list.repository.js';

const query = z.object({
  kind: z.enum(['refunded', 'fees', 'disputes', 'paidOut']).optional(),
  currency: currencyText.optional(),
  ...timeRange,
  id: filterText.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: z
    .string()
    .max(300)
    .regex(/^\d{1,15}~[^\0]+$/s, 'is no cursor of this list')
    .optional(),
});

/** GET /movements: movements of Stripe's balance, which belong to no target. The HTTP contract is services/recon/README.md. */
@Controller('movements')
@RequirePermission('payments.read')
export class MovementController {
  constructor(private readonly movements: MovementListRepository) {}

  @Get()
  list(@Query() request: unknown): Promise<MovementsPage> {
    const { limit, after, ...filter } = parseRequest(query, request);
    return this.movements.list(filter, limit, after);
  }
}
