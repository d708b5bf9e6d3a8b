import { BadRequestException, Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { encodeAvro } from '@tributary/contracts';
import type { TranslationView } from '@tributary/contracts';
import { errorCodeOf } from '@tributary/domain';
import { Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { DRY_TRANSLATOR } from '../transform.tokens.js';
import type { StripeEventTranslator } from './stripe-event.translator.js';
import { BudgetedWork, translationBudget } from './translation-budget.js';

const asked = z.strictObject({ body: z.base64() });

/** Translates a body without publishing anything, for dry runs of dead letters. */
@Controller('translations')
@RequirePermission('translations.run')
export class TranslationController {
  private readonly budgeted = new BudgetedWork(translationBudget);

  /** @param translator reads Stripe within a share of its own, so that dry runs take no call from events. */
  constructor(@Inject(DRY_TRANSLATOR) private readonly translator: StripeEventTranslator) {}

  /** @param given `{ body }`: the bytes of a Stripe event, base64, so that they arrive unchanged. */
  @Post()
  @HttpCode(200)
  @Documented({
    does: 'Translates the bytes of a Stripe event without publishing anything, for dry runs.',
    answers: 'TranslationView',
    body: asked,
    asksOnly: true,
    noCommand: 'recon asks it for a dry run',
    refuses: { 400: ['body.invalid'], 503: ['translations.busy', 'translations.late'] },
  })
  async translate(@Body() given: unknown): Promise<TranslationView> {
    const parsed = asked.safeParse(given);
    if (!parsed.success)
      throw new BadRequestException({ error: 'body.invalid', message: 'send { "body": "<the bytes of a Stripe event, base64>" }' });
    return this.budgeted.run(() => this.viewOf(Buffer.from(parsed.data.body, 'base64')));
  }

  private async viewOf(body: Buffer): Promise<TranslationView> {
    try {
      const { event, translation } = await this.translator.translate(body);
      const facts = translation.facts.map(({ eventId, event: { type, record }, sequence, value }) => {
        if (record === undefined) throw new TypeError(`event ${type} has no record`);
        return {
          eventId,
          eventType: type,
          sequence,
          sourceEventId: event.id,
          value: Buffer.from(encodeAvro(record, value)).toString('base64'),
        };
      });
      return { facts, ignoredReason: translation.record.ignoredReason, problem: null };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { facts: [], ignoredReason: null, problem: { code: errorCodeOf(error), text } };
    }
  }
}
