import { Controller, Get, Query } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { TodayView } from '@tributary/contracts';
import { z } from 'zod';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { TodayReader } from '../emit/today.reader.js';

const query = z.object({ day: z.iso.date('a day such as 2026-11-21').optional() });

/** GET /today: what a person has to do, and the money of a day from Stripe to the ledger. The HTTP contract is services/recon/README.md. */
@Controller('today')
@RequirePermission('payments.read')
export class TodayController {
  constructor(private readonly reader: TodayReader) {}

  @Get()
  @Documented({ does: 'What has to be done, and the money of a day from Stripe to the ledger.', answers: 'TodayView', query })
  today(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<TodayView> {
    const { day } = parseRequest(query, request);
    const visible = targetsFor(identity, 'payments.read');
    return this.reader.today({ visible, letters: targetsFor(identity, 'letters.read'), date: day });
  }
}
