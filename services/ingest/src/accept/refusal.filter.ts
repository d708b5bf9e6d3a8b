import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusals } from './refusals.js';

/** Answers every request that is not accepted: `{error: <code>, message}` with the HTTP status of the code. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(private readonly refusals: Refusals) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    // Health checks and unknown paths have answers of their own; what Fastify could not read comes as plain text.
    if (error instanceof HttpException && typeof error.getResponse() === 'object')
      return void reply.status(error.getStatus()).send(error.getResponse());
    const request = http.getRequest<FastifyRequest>();
    const name = (request.params as { endpoint?: string } | null)?.endpoint;
    const { status, headers, body } = this.refusals.answer(error, name, request.raw.complete);
    void reply.status(status).headers(headers).send(body);
  }
}
