import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { Counts, EventView, Overview, PaymentDetail, PaymentsPage, ReconciliationPage, Stages, SumView } from '@tributary/contracts';
import { z } from 'zod';
import { storableId } from '../../shared/decide/storable-text.js';
import { OverviewRepository } from '../emit/overview.repository.js';
import { PaymentRepository } from '../emit/payment.repository.js';
import { ViewRepository } from '../emit/view.repository.js';
import { pageFields } from '../../shared/accept/list-query.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { paymentFilter } from './payment-query.js';

const reconciliation = z.enum(['matched', 'missing', 'different', 'pending']).optional();
const standing = z.enum(['inLedger', 'onItsWay', 'needsPerson', 'notBooked', 'failedAtStripe']).optional();
const currency = z.string().min(1).max(16).optional();
const cursor = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z~/, 'is no cursor of this list')
  .refine((text) => !text.includes('\u0000'), 'is no cursor of this list');
const page = pageFields(cursor);
const paymentsQuery = z.object({ ...paymentFilter, ...page });
const totalsQuery = z.object(paymentFilter);
const reconciliationQuery = z.object({ state: reconciliation, standing, currency, limit: page.limit, after: page.after });

/** Counts, stages, events, payments and reconciliation. Read only; the HTTP contract is services/recon/README.md. */
@Controller()
@RequirePermission('payments.read')
export class ViewController {
  constructor(
    private readonly views: ViewRepository,
    private readonly payments: PaymentRepository,
    private readonly figures: OverviewRepository,
  ) {}

  @Get('counts')
  @Documented({ does: 'What became of the deliveries of Stripe events.', answers: 'Counts' })
  counts(@CurrentIdentity() identity: Identity): Promise<Counts> {
    return this.views.counts(targetsFor(identity, 'payments.read'));
  }

  @Get('stages')
  @Documented({ does: 'How many messages passed each stage, and how many are on their way to it.', answers: 'Stages' })
  stages(@CurrentIdentity() identity: Identity): Promise<Stages> {
    return this.views.stages(targetsFor(identity, 'payments.read'));
  }

  @Get('overview')
  @Documented({ does: 'Every figure with its sums, and what is open.', answers: 'Overview' })
  overview(@CurrentIdentity() identity: Identity): Promise<Overview> {
    return this.figures.overview(targetsFor(identity, 'payments.read'));
  }

  @Get('payments')
  @Documented({ does: 'Payments, newest first.', answers: 'PaymentsPage', query: paymentsQuery })
  list(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<PaymentsPage> {
    return this.payments.payments(parseRequest(paymentsQuery, query), targetsFor(identity, 'payments.read'));
  }

  @Get('payments/totals')
  @Documented({ does: 'Count and sums of the payments that a filter selects.', answers: 'SumView', query: totalsQuery })
  totals(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<SumView> {
    return this.payments.totals(parseRequest(totalsQuery, query), targetsFor(identity, 'payments.read'));
  }

  @Get('payments/:id')
  @Documented({ does: 'One payment with its steps, documents and money.', answers: 'PaymentDetail', refuses: { 404: ['payment.unknown'] } })
  async trace(@CurrentIdentity() identity: Identity, @Param('id') id: string): Promise<PaymentDetail> {
    const detail = await this.payments.detail(storableId(id), targetsFor(identity, 'payments.read'));
    if (!detail) throw new NotFoundException({ error: 'payment.unknown', message: `No payment is known by the id ${id}.` });
    return detail;
  }

  @Get('events/:id')
  @Documented({ does: 'One Stripe event with what became of it.', answers: 'EventView', refuses: { 404: ['event.unknown'] } })
  async event(@CurrentIdentity() identity: Identity, @Param('id') id: string): Promise<EventView> {
    const event = await this.views.event(storableId(id), targetsFor(identity, 'payments.read'));
    if (!event) throw new NotFoundException({ error: 'event.unknown', message: `No event is known by the id ${id}.` });
    return event;
  }

  @Get('reconciliation')
  @Documented({ does: 'Captured payments beside the entries of the ledger.', answers: 'ReconciliationPage', query: reconciliationQuery })
  async reconciliation(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<ReconciliationPage> {
    const visible = targetsFor(identity, 'payments.read');
    const { state, ...filter } = parseRequest(reconciliationQuery, query);
    return {
      summary: await this.figures.reconciliationSummary(visible),
      ...(await this.payments.reconciliation({ ...filter, reconciliation: state }, visible)),
    };
  }
}
