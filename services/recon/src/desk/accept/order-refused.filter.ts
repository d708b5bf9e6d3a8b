import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import { OrderRefusedError } from '../emit/order.errors.js';

interface Reply {
  status(code: number): { send(body: object): void };
}

/** Answers an order that cannot be carried out with its HTTP status and `{ error, message }`. */
@Catch(OrderRefusedError)
export class OrderRefusedFilter implements ExceptionFilter<OrderRefusedError> {
  catch(error: OrderRefusedError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Reply>().status(error.status).send({ error: error.code, message: error.message });
  }
}
