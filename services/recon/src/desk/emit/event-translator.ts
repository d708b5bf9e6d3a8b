import { decodeAvro } from '@tributary/contracts';
import type { RoutedFact } from '@tributary/mapping';
import { definitionOf } from '@tributary/messaging';
import { authorizedFetch, serviceFetchOf, serviceProblem } from '@tributary/platform';
import type { ServiceTlsConfig, TokenSource } from '@tributary/platform';
import { z } from 'zod';
import type { DryRun } from '../decide/dry-run.js';
import { OrderRefusedError } from './order.errors.js';

const timeoutMs = 10_000;

/** Response of transform; its contract is the README of transform. */
const answer = z.object({
  facts: z.array(
    z.object({ eventId: z.string(), eventType: z.string(), sequence: z.string(), sourceEventId: z.string(), value: z.base64() }),
  ),
  ignoredReason: z.string().nullable(),
  problem: z.object({ code: z.string(), text: z.string() }).nullable(),
});

/** A raw event with the facts it is translated into. */
export interface TranslatedEvent {
  readonly facts: readonly RoutedFact[];
  readonly ignoredReason: string | null;
  readonly problem: DryRun['problem'];
}

/** Asks transform to translate raw events, because recon has no mappers of its own. */
export class EventTranslator {
  private readonly fetch: typeof fetch;

  /**
   * @param url base address of transform; undefined when none is configured.
   * @param tokens say to transform that recon asks.
   * @param config certificates of the call. @throws {ConfigurationError} in production, for plain http to another machine.
   */
  constructor(
    private readonly url: string | undefined,
    tokens?: TokenSource,
    config: ServiceTlsConfig = {},
  ) {
    this.fetch = authorizedFetch(serviceFetchOf(config, url, timeoutMs), tokens);
  }

  /** @throws {OrderRefusedError} when transform is not configured or does not answer. */
  async translate(bytes: Buffer): Promise<TranslatedEvent> {
    if (this.url === undefined)
      throw new OrderRefusedError(
        409,
        'dry-run.no-transform',
        'A raw event is translated by transform, and TRANSFORM_URL is not set for recon.',
      );
    const { facts, ...others } = await this.ask(bytes, this.url);
    return { ...others, facts: facts.map(({ value, ...fact }) => ({ ...fact, value: decoded(fact.eventType, value) })) };
  }

  private async ask(bytes: Buffer, url: string): Promise<z.infer<typeof answer>> {
    const silent = (why: string): OrderRefusedError =>
      new OrderRefusedError(503, 'dry-run.transform-silent', `transform did not translate the event: ${why}. Try again when it is well.`);
    try {
      const response = await this.fetch(new URL('/translations', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ body: bytes.toString('base64') }),
      });
      if (!response.ok) throw silent(`it answered ${response.status}`);
      return answer.parse(await response.json());
    } catch (error) {
      if (error instanceof OrderRefusedError) throw error;
      throw silent(error instanceof z.ZodError ? 'its answer is not of this version' : serviceProblem(error));
    }
  }
}

function decoded(eventType: string, value: string): unknown {
  const record = definitionOf(eventType)?.record;
  if (record === undefined)
    throw new OrderRefusedError(503, 'dry-run.transform-silent', `transform made a ${eventType}, which is not known here.`);
  return decodeAvro(record, Buffer.from(value, 'base64'));
}
