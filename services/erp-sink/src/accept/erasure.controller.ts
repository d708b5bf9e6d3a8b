import type { ErasureView } from '@tributary/contracts';
import { BadRequestException, Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { erasureView } from '../decide/erasure-view.js';
import type { LedgerErasureOrder } from '../emit/ledger/ledger-erasure.js';
import { bodyOf, withReason } from './release-bodies.js';
import { ServedLedgers } from './served-ledgers.js';

const customer = z.string().regex(/^cus_[A-Za-z0-9_-]{1,250}$/, 'the id of a Stripe customer, like cus_NffrFeUfNV2Hib');
const erasure = withReason.extend({ customerId: customer });

/** Erases the personal data of a Stripe customer in the ledgers of all targets of this process. Whoever does it has the role for all targets. */
@Controller('erasures')
@RequirePermission('personal-data.erase', { target: () => '*' })
export class ErasureController {
  constructor(@Inject(ServedLedgers) private readonly ledgers: ServedLedgers) {}

  /** What an erasure would overwrite. Changes nothing. */
  @Get(':customerId')
  @Documented({ does: 'What an erasure would overwrite in the ledgers.', answers: 'ErasureView', refuses: { 400: ['erasure.invalid'] } })
  async count(@Param('customerId') customerId: string): Promise<ErasureView> {
    const { success, data, error } = customer.safeParse(customerId);
    if (!success) throw new BadRequestException({ error: 'erasure.invalid', message: `customerId: ${error.issues[0]?.message}` });
    return this.erase(data, undefined);
  }

  /** Erases, and remembers the customer. Repeating it is safe. 400: no `reason`, or no id of a customer. */
  @Post()
  @HttpCode(200)
  @Documented({
    does: 'Erases the personal data of a Stripe customer in the ledgers.',
    answers: 'ErasureView',
    body: erasure,
    command: 'erase',
  })
  async order(@CurrentIdentity() identity: Identity, @Body() body: unknown): Promise<ErasureView> {
    const { customerId, reason } = bodyOf(erasure, body);
    return this.erase(customerId, { identity, reason });
  }

  private async erase(customerId: string, order: LedgerErasureOrder | undefined): Promise<ErasureView> {
    const erased = [];
    for (const { erasure: ledger } of this.ledgers.all()) erased.push(await ledger.erase(customerId, order));
    return erasureView(customerId, erased, order !== undefined);
  }
}
