import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import { APP_FILTER, BaseExceptionFilter } from '@nestjs/core';
import type { Observable } from 'rxjs';
import { throwError } from 'rxjs';

/**
 * Nest's own filter turns a handler's error into "Internal server error"; the transport needs the error itself, with its disposition.
 * HTTP requests are answered as always.
 */
@Catch()
export class PipelineExceptionFilter extends BaseExceptionFilter implements ExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): Observable<never> | void {
    if (host.getType() === 'rpc') return throwError(() => error);
    super.catch(error, host);
  }
}

/** Put into the root module of every service that has a KafkaTransport; transports are connected with `inheritAppConfig`. */
export const pipelineExceptionFilter = { provide: APP_FILTER, useClass: PipelineExceptionFilter };
