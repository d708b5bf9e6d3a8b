import type { BodyOf, ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readOrder } from '../../orders/read-order.js';
import { readPage } from '../../recon/read.js';
import type { ListPage } from '../../recon/read.js';
import { readCustomer, readCustomerDetail, readQuestion } from '../../recon/read-customer.js';
import type { Customer, CustomerDetail, CustomerQuestion } from '../../recon/read-customer.js';
import { readFlag, readList, readRecord } from '../../recon/read-value.js';
import { order } from '../../shell/http.js';
import { usePageSize } from '../../shell/page-size.js';
import { reconChanged, useRead } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';

const shownQuestions = 20;

/** A page of the list of customers. */
export function useCustomers(query: Readonly<Record<string, string | null>>): Answer<ListPage<Customer>> {
  return useRead('/api/customers', { ...query, limit: String(usePageSize()) }, readCustomers);
}

/** Open questions which customer of a ledger is meant. @param enabled whether whoever looks may read letters. */
export function useQuestions(enabled: boolean): Answer<{ readonly questions: readonly CustomerQuestion[]; readonly more: boolean }> {
  return useRead('/api/customers/questions', { limit: String(shownQuestions) }, readQuestions, { enabled });
}

function readCustomers(value: Sent<ReconShapes['CustomersPage']>): ListPage<Customer> {
  return readPage(value, 'customers', readCustomer);
}

function readQuestions(value: Sent<ReconShapes['CustomerQuestionsPage']>) {
  const { questions, more } = readRecord(value);
  return { questions: readList(questions, readQuestion), more: readFlag(more) };
}

/** One customer. */
export function useCustomer(id: string): Answer<CustomerDetail> {
  return useRead('/api/customers/{id}', { id }, readCustomerDetail);
}

/** An answer to a question: the ledger's customer, an answer that the flow offers, or what is done with any dead letter. */
export type GivenAnswer = Pick<BodyOf<'/api/dead-letter-orders', 'post'>, 'action' | 'reference' | 'acceptDifference' | 'answer'>;

/**
 * Answers the question of a dead letter, as `tributary dlq answer`, `resolve`, `replay` and `skip` do.
 * @returns a sentence that says what was ordered. @throws {ApiError} recon refused it.
 */
export async function answerQuestion(letterId: string, answer: GivenAnswer, reason: string): Promise<string> {
  const body = { ...answer, scope: 'one', ids: [letterId], reason } as const;
  const { id, state } = readOrder(await order('post', '/api/dead-letter-orders', {}, body));
  await reconChanged();
  const ordered = `Ordered as ${id === '' ? 'an order' : id}`;
  return state === 'waiting-approval' ? `${ordered}: it waits for the approval of somebody else.` : `${ordered}.`;
}
