import { Controller, Get, Query } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { TargetOutcomesView } from '@tributary/contracts';
import { z } from 'zod';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { TargetOutcomesRepository } from '../emit/target-outcomes.repository.js';

const query = z.object({
  until: z.iso.datetime({ offset: true, error: 'a time such as 2026-11-21T08:00:00Z' }).optional(),
  hours: z.coerce.number().int().min(1).max(168).default(24),
});

/** GET /target-outcomes: what became of the postings of each target, hour by hour. */
@Controller('target-outcomes')
@RequirePermission('payments.read')
export class TargetOutcomesController {
  constructor(private readonly repository: TargetOutcomesRepository) {}

  @Get()
  @Documented({ does: 'What became of the postings of each target, hour by hour.', answers: 'TargetOutcomesView', query })
  hourly(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<TargetOutcomesView> {
    const { until, hours } = parseRequest(query, request);
    return this.repository.hourly(until === undefined ? new Date() : new Date(until), hours, targetsFor(identity, 'payments.read'));
  }
}
