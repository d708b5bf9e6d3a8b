import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { may, targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { CustomerDetail, CustomerQuestionsPage, CustomersPage } from '@tributary/contracts';
import { z } from 'zod';
import { listFile } from '../../shared/accept/list-file.js';
import { filterText, pageFields } from '../../shared/accept/list-query.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { storableId } from '../../shared/decide/storable-text.js';
import { PaymentRepository } from '../../views/emit/payment.repository.js';
import { customerSheet } from '../decide/customer-csv.js';
import { sharedHints } from '../decide/customer-question.js';
import { CustomerQuestions } from '../emit/customer-questions.js';
import type { QuestionReader } from '../emit/customer-questions.js';
import { CustomerRepository } from '../emit/customer.repository.js';

const filter = {
  id: filterText.optional(),
  number: filterText.optional(),
  state: z.enum(['paired', 'doubtful', 'several', 'missing']).optional(),
};
const filterQuery = z.object(filter);
const pageQuery = z.object({ ...filter, ...pageFields(filterText) });
const questionsQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) });
/** Most open questions on the page of one customer. */
const mostQuestions = 50;

/** Customers of Stripe, and what each ledger has for them. The HTTP contract is services/recon/README.md. */
@Controller()
@RequirePermission('payments.read')
export class CustomerController {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly questions: CustomerQuestions,
    private readonly payments: PaymentRepository,
  ) {}

  @Get('customers')
  @Documented({ does: 'Customers of Stripe, and what each ledger has for them.', answers: 'CustomersPage', query: pageQuery })
  async list(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<CustomersPage> {
    const { limit, after, before, ...selected } = parseRequest(pageQuery, request);
    const { rows, next, previous } = await this.customers.list(selected, { limit, after, before }, readerOf(identity));
    return { customers: rows, next, previous };
  }

  @Get('customers.csv')
  @Documented({ does: 'Customers as a file.', answers: 'csv', query: filterQuery })
  file(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<StreamableFile> {
    const selected = parseRequest(filterQuery, request);
    const reader = readerOf(identity);
    return listFile({ name: 'customers', sheet: customerSheet, read: (page) => this.customers.list(selected, page, reader) });
  }

  @Get('customers/questions')
  @RequirePermission('letters.read')
  @Documented({ does: 'Open questions which customer of a ledger is meant.', answers: 'CustomerQuestionsPage', query: questionsQuery })
  async open(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<CustomerQuestionsPage> {
    const { limit } = parseRequest(questionsQuery, request);
    const found = await this.questions.asksWho(limit + 1, readerOf(identity));
    return { questions: found.slice(0, limit), more: found.length > limit };
  }

  @Get('customers/:id')
  @Documented({
    does: 'One customer with its questions, hints, payments and events.',
    answers: 'CustomerDetail',
    refuses: { 404: ['customer.unknown'] },
  })
  async detail(@CurrentIdentity() identity: Identity, @Param('id') given: string): Promise<CustomerDetail> {
    const id = storableId(given);
    const reader = readerOf(identity);
    const customer = await this.customers.find(id, reader);
    if (!customer)
      throw new NotFoundException({ error: 'customer.unknown', message: `No customer is known by the id ${given.slice(0, 100)}.` });
    const [questions, changes, payments, events, erasedAt] = await Promise.all([
      may(identity, 'letters.read') ? this.questions.ofCustomer(id, mostQuestions, reader) : [],
      this.customers.changes(id, reader),
      this.payments.totals({ customer: id }, reader.visible),
      this.customers.events(id, reader),
      this.customers.erasedAt(id),
    ]);
    const hints = [...sharedHints(id, customer.pairs), ...changes];
    return { ...customer, questions: questions.map(({ customerId: _same, ...one }) => one), hints, payments, events, erasedAt };
  }
}

/** What somebody may see of customers: those of Stripe are for all, those of ledgers for the own targets (docs/adr/0069). */
function readerOf(identity: Identity): QuestionReader {
  return { visible: targetsFor(identity, 'payments.read'), readsPayloads: (target) => may(identity, 'payloads.read', target) };
}
