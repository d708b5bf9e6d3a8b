import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import { ReleaseRefusedError } from '../emit/batches/release-order.js';

interface Reply {
  status(code: number): { send(body: object): void };
}

/** Answers a release that cannot be ordered or decided about with its HTTP status and `{ error, message }`. */
@Catch(ReleaseRefusedError)
export class ReleaseRefusedFilter implements ExceptionFilter<ReleaseRefusedError> {
  catch(error: ReleaseRefusedError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Reply>().status(error.status).send({ error: error.code, message: error.message });
  }
}
