import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, RequirePermission } from '@tributary/platform';
import type { PaymentsPage } from '@tributary/contracts';
import { z } from 'zod';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { paymentHeader, paymentLines } from '../decide/payment-csv.js';
import { PaymentRepository } from '../emit/payment.repository.js';
import { paymentFilter } from './payment-query.js';

const query = z.object(paymentFilter);
/** Payments that are in memory at once. */
const pageSize = 500;

/** GET /payments.csv: all payments that the filters of `GET /payments` select, as a file that is read while it is sent. */
@Controller()
@RequirePermission('payments.read')
export class PaymentFileController {
  constructor(private readonly payments: PaymentRepository) {}

  @Get('payments.csv')
  async file(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<StreamableFile> {
    const filter = parseRequest(query, request);
    const visible = targetsFor(identity, 'payments.read');
    const pageAfter = (after?: string): Promise<PaymentsPage> => this.payments.payments({ ...filter, limit: pageSize, after }, visible);
    const first = await pageAfter();
    const begin = paymentHeader + paymentLines(first.payments); // before the answer begins, so that an error is an answer
    return new StreamableFile(Readable.from(pieces(begin, first.next, pageAfter)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="payments.csv"',
    });
  }
}

async function* pieces(begin: string, next: string | null, pageAfter: (after: string) => Promise<PaymentsPage>): AsyncGenerator<string> {
  yield begin;
  for (let after = next; after !== null;) {
    const page = await pageAfter(after);
    yield paymentLines(page.payments);
    after = page.next;
  }
}
