import { BadRequestException, Body, Controller, HttpCode, Inject, Optional, Post } from '@nestjs/common';
import { encodeAvro } from '@tributary/contracts';
import { errorCodeOf } from '@tributary/domain';
import { z } from 'zod';
import { plainSettings } from '../decide/translate.js';
import type { TranslateSettings } from '../decide/translate.js';
import { Enricher } from '../emit/enricher.js';
import { TRANSLATE_SETTINGS } from './stripe-event.consumer.js';
import { translateBody } from './translate-body.js';

const asked = z.strictObject({ body: z.base64() });

export interface TranslationView {
  /** `value` is Avro of the event's record as this version writes it, base64, without Confluent's prefix. */
  readonly facts: readonly {
    readonly eventId: string;
    readonly eventType: string;
    readonly sequence: string;
    readonly sourceEventId: string;
    readonly value: string;
  }[];
  readonly ignoredReason: string | null;
  /** Why nothing can be made of it; then there are no facts. */
  readonly problem: { readonly code: string; readonly text: string } | null;
}

/** What translating would make of a body: nothing is published. For dry runs of dead letters. */
@Controller('translations')
export class TranslationController {
  constructor(
    @Inject(Enricher) private readonly enricher: Enricher,
    @Optional() @Inject(TRANSLATE_SETTINGS) private readonly settings: TranslateSettings = plainSettings,
  ) {}

  /** @param given `{ body }`: the bytes of a Stripe event, base64, so that no digit of them changes. */
  @Post()
  @HttpCode(200)
  async translate(@Body() given: unknown): Promise<TranslationView> {
    const parsed = asked.safeParse(given);
    if (!parsed.success)
      throw new BadRequestException({ error: 'body.invalid', message: 'send { "body": "<the bytes of a Stripe event, base64>" }' });
    try {
      const { event, translation } = await translateBody(Buffer.from(parsed.data.body, 'base64'), this.enricher, this.settings);
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
