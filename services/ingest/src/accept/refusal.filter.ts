import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { DeliveryRefusedError } from '../decide/refusal.js';
import { requests } from './ingest.metrics.js';

interface FilterOptions {
  readonly logger: Logger;
  readonly retryAfterS: number;
  readonly bodyLimitBytes: number;
  isEndpoint(name: string): boolean;
}

/** Answers every request that is not accepted: `{error: <code>, message}` with the HTTP status of the code. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(private readonly options: FilterOptions) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    // Health checks and unknown paths have answers of their own; what Fastify could not read comes as plain text.
    if (error instanceof HttpException && typeof error.getResponse() === 'object')
      return void reply.status(error.getStatus()).send(error.getResponse());
    this.refuse(this.refusalFor(error), http.getRequest<FastifyRequest>(), reply);
  }

  private refuse(refusal: DeliveryRefusedError, request: FastifyRequest, reply: FastifyReply): void {
    const name = (request.params as { endpoint?: string } | null)?.endpoint;
    const endpoint = name !== undefined && this.options.isEndpoint(name) ? name : 'unknown';
    requests.inc({ endpoint, outcome: refusal.code });
    this.log(refusal, endpoint);
    if (refusal.status === 405) reply.header('allow', 'POST');
    if (refusal.status === 503) reply.header('retry-after', String(this.options.retryAfterS));
    if (!request.raw.complete) reply.header('connection', 'close'); // what is still coming is not read
    void reply.status(refusal.status).send({ error: refusal.code, message: refusal.message });
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
