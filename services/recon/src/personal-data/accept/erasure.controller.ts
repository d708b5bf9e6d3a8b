import { Body, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post } from '@nestjs/common';
import type { ErasureView } from '@tributary/contracts';
import { Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { CurrentCaller } from '../../shared/accept/current-caller.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { reasonText } from '../../shared/accept/typed-text.js';
import type { Caller } from '../../shared/decide/caller.js';
import { erasureView } from '../decide/erasure-view.js';
import type { KeptTopic } from '../decide/erasure-view.js';
import { Erasures } from '../emit/erasures.js';
import type { ErasureOrder } from '../emit/erasures.js';

/** Injection token: topics whose messages may hold personal data, {@link KeptTopic}. */
export const KEPT_TOPICS = Symbol('KEPT_TOPICS');

const customerId = z.string().regex(/^cus_[A-Za-z0-9_-]{1,250}$/, 'the id of a Stripe customer, like cus_NffrFeUfNV2Hib');
const erasure = z.strictObject({ customerId, reason: reasonText });

/** Erases the personal data of a Stripe customer (docs/how-to/erase-a-customer.md). Whoever does it has the role for all targets. */
@Controller('erasures')
@RequirePermission('personal-data.erase', { target: () => '*' })
export class ErasureController {
  constructor(
    private readonly erasures: Erasures,
    @Inject(KEPT_TOPICS) private readonly topics: readonly KeptTopic[],
  ) {}

  /** What an erasure would overwrite. Changes nothing. 404: recon knows no such customer. */
  @Get(':customerId')
  @Documented({
    does: 'What an erasure would overwrite in the tables of recon.',
    answers: 'ErasureView',
    refuses: { 400: ['erasure.invalid'], 404: ['customer.unknown'] },
  })
  async count(@Param() params: unknown): Promise<ErasureView> {
    return this.erase(parseRequest(z.strictObject({ customerId }), params, 'erasure.invalid').customerId, undefined);
  }

  /** Erases, and remembers the customer. Repeating it is safe. */
  @Post()
  @HttpCode(200)
  @Documented({
    does: 'Erases the personal data of a Stripe customer in the tables of recon.',
    answers: 'ErasureView',
    body: erasure,
    command: 'erase',
    refuses: { 400: ['erasure.invalid'], 404: ['customer.unknown'] },
  })
  async order(@Body() body: unknown, @CurrentCaller() caller: Caller): Promise<ErasureView> {
    const order = parseRequest(erasure, body, 'erasure.invalid');
    return this.erase(order.customerId, { caller, reason: order.reason });
  }

  private async erase(id: string, order: ErasureOrder | undefined): Promise<ErasureView> {
    const erased = await this.erasures.erase(id, order);
    if (!erased)
      throw new NotFoundException({
        error: 'customer.unknown',
        message: `Nothing is stored about ${id}. Take the id from Stripe, or from a payment: guests have none.`,
      });
    return erasureView(id, erased, { done: order !== undefined, topics: this.topics, now: Date.now() });
  }
}
