import { HttpException } from '@nestjs/common';
import type { Logger } from 'pino';
import { DeliveryRefusedError } from '../decide/refusal.js';
import { requests } from './ingest.metrics.js';

/** What refusals are told to, and what their answers say. */
export interface RefusalOptions {
  readonly logger: Logger;
  readonly retryAfterS: number;
  readonly bodyLimitBytes: number;
  isEndpoint(name: string): boolean;
}

/** An answer to a delivery that is not accepted. */
export interface RefusalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly error: string; readonly message: string };
}

/** Counts and logs each delivery that is not accepted, and says how it is answered. */
export class Refusals {
  constructor(private readonly options: RefusalOptions) {}

  /**
   * @param error whatever was thrown: what is no refusal is a defect.
   * @param name of the endpoint that was asked for; it becomes a label only when it is configured.
   * @param isWhole whether the whole request has come: otherwise the connection is closed, since what is still coming is not read.
   */
  answer(error: unknown, name: string | undefined, isWhole: boolean): RefusalAnswer {
    const refusal = this.refusalFor(error);
    const endpoint = name !== undefined && this.options.isEndpoint(name) ? name : 'unknown';
    requests.inc({ endpoint, outcome: refusal.code });
    this.log(refusal, endpoint);
    return {
      status: refusal.status,
      headers: {
        ...(refusal.status === 405 ? { allow: 'POST' } : {}),
        ...(refusal.status === 503 ? { 'retry-after': String(this.options.retryAfterS) } : {}),
        ...(isWhole ? {} : { connection: 'close' }),
      },
      body: { error: refusal.code, message: refusal.message },
    };
  }

  private refusalFor(error: unknown): DeliveryRefusedError {
    if (error instanceof DeliveryRefusedError) return error;
    const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
    if (status === 413)
      return new DeliveryRefusedError(
        'stripe.body-too-large',
        `the body is larger than the ${this.options.bodyLimitBytes} bytes that are accepted`,
      );
    if (typeof status === 'number' && status >= 400 && status < 500)
      return new DeliveryRefusedError('stripe.request-unusable', 'the request could not be read', {}, { cause: error });
    return new DeliveryRefusedError('ingest.defect', 'the delivery met a defect; deliver it again later', {}, { cause: error });
  }

  private log(refusal: DeliveryRefusedError, endpoint: string): void {
    const line = { endpoint, outcome: refusal.code, ...refusal.context };
    if (refusal.code === 'ingest.defect') this.options.logger.error({ ...line, err: refusal.cause }, 'a delivery met a defect');
    else if (refusal.status === 503) this.options.logger.warn({ ...line, err: refusal.cause }, refusal.message);
    else this.options.logger.info(line, refusal.message);
  }
}
