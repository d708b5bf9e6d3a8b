import { Controller, Get, Query } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { Documented, RequirePermission } from '@tributary/platform';
import type { MovementsPage, SumView } from '@tributary/contracts';
import { z } from 'zod';
import { listFile } from '../../shared/accept/list-file.js';
import { currencyText, filterText, pageFields, timeRange } from '../../shared/accept/list-query.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { movementSheet } from '../decide/movement-csv.js';
import { MovementListRepository } from '../emit/movement-list.repository.js';

const filter = {
  kind: z.enum(['refunded', 'fees', 'disputes', 'paidOut']).optional(),
  currency: currencyText.optional(),
  ...timeRange,
  id: filterText.optional(),
  payout: filterText.optional(),
};
const cursor = z
  .string()
  .max(300)
  .regex(/^\d{1,15}~[^\0]+$/s, 'is no cursor of this list');
const filterQuery = z.object(filter);
const pageQuery = z.object({ ...filter, ...pageFields(cursor) });

/** Movements of Stripe's balance, which belong to no target. The HTTP contract is services/recon/README.md. */
@Controller()
@RequirePermission('payments.read')
export class MovementController {
  constructor(private readonly movements: MovementListRepository) {}

  @Get('movements')
  @Documented({ does: 'Movements of the balance at Stripe, newest first.', answers: 'MovementsPage', query: pageQuery })
  list(@Query() request: unknown): Promise<MovementsPage> {
    const { limit, after, before, ...selected } = parseRequest(pageQuery, request);
    return this.movements.list(selected, { limit, after, before });
  }

  @Get('movements/totals')
  @Documented({ does: 'Count and sums of the movements that a filter selects.', answers: 'SumView', query: filterQuery })
  totals(@Query() request: unknown): Promise<SumView> {
    return this.movements.totals(parseRequest(filterQuery, request));
  }

  @Get('movements.csv')
  @Documented({ does: 'Movements of the balance at Stripe as a file.', answers: 'csv', query: filterQuery })
  file(@Query() request: unknown): Promise<StreamableFile> {
    const selected = parseRequest(filterQuery, request);
    return listFile({
      name: 'movements',
      sheet: movementSheet,
      read: async (page) => {
        const { movements, next } = await this.movements.list(selected, page);
        return { rows: movements, next };
      },
    });
  }
}
