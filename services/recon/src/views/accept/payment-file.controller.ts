import { Controller, Get, Query } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { listFile } from '../../shared/accept/list-file.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { paymentSheet } from '../decide/payment-csv.js';
import { PaymentRepository } from '../emit/payment.repository.js';
import { paymentFilter } from './payment-query.js';

const query = z.object(paymentFilter);

/** GET /payments.csv: all payments that the filters of `GET /payments` select, as a file. */
@Controller()
@RequirePermission('payments.read')
export class PaymentFileController {
  constructor(private readonly payments: PaymentRepository) {}

  @Get('payments.csv')
  @Documented({ does: 'Payments as a file.', answers: 'csv', query })
  file(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<StreamableFile> {
    const filter = parseRequest(query, request);
    const visible = targetsFor(identity, 'payments.read');
    return listFile({
      name: 'payments',
      sheet: paymentSheet,
      read: async (page) => {
        const { payments, next } = await this.payments.payments({ ...filter, ...page }, visible);
        return { rows: payments, next };
      },
    });
  }
}
