import type { ReconShapes } from '../../recon/api-shapes.js';
import { readPage } from '../../recon/read.js';
import type { ListPage } from '../../recon/read.js';
import { readCustomer, readCustomerDetail, readQuestion } from '../../recon/read-customer.js';
import type { Customer, CustomerDetail, CustomerQuestion } from '../../recon/read-customer.js';
import { readList, readRecord, readText } from '../../recon/read-value.js';
import { postJson } from '../../shell/http.js';
import { queryClient, reconKey, useRecon } from '../../shell/query.js';
import { reconPath } from '../../shell/recon-path.js';
import type { Answer } from '../../shell/query.js';

/** Rows per request. */
const pageSize = 50;
const shownQuestions = 20;

/** A page of the list of customers. */
export function useCustomers(query: Readonly<Record<string, string | null>>): Answer<ListPage<Customer>> {
  return useRecon(reconPath('/customers', {}, { ...query, limit: String(pageSize) }), (value) =>
    readPage(value, 'customers', readCustomer),
  );
}

/** Open questions which customer of a ledger is meant. @param enabled whether whoever looks may read letters. */
export function useQuestions(enabled: boolean): Answer<{ readonly questions: readonly CustomerQuestion[]; readonly more: boolean }> {
  return useRecon(
    reconPath('/customers/questions', {}, { limit: String(shownQuestions) }),
    (value) => {
      const { questions, more } = readRecord<ReconShapes['CustomerQuestionsPage']>(value);
      return { questions: readList(questions, readQuestion), more: more === true };
    },
    { enabled },
  );
}

/** One customer. */
export function useCustomer(id: string): Answer<CustomerDetail> {
  return useRecon(reconPath('/customers/{id}', { id }), readCustomerDetail);
}

/** An answer to a question: the ledger's customer, an answer that the flow offers, or what is done with any dead letter. */
export type GivenAnswer =
  | { readonly action: 'resolve'; readonly reference: Readonly<Record<string, string>>; readonly acceptDifference?: boolean }
  | { readonly action: 'replay'; readonly answer?: string }
  | { readonly action: 'skip' };

/**
 * Answers the question of a dead letter, as `tributary dlq answer`, `resolve`, `replay` and `skip` do.
 * @returns a sentence that says what was ordered. @throws {ApiError} recon refused it.
 */
export async function answerQuestion(letterId: string, answer: GivenAnswer, reason: string): Promise<string> {
  const given = readRecord(await postJson('/dead-letter-orders', { ...answer, scope: 'one', ids: [letterId], reason }));
  await queryClient.invalidateQueries({ queryKey: [reconKey] });
  return readText(given.state) === 'waiting-approval'
    ? `Ordered as ${readText(given.id) ?? 'an order'}: it waits for the approval of somebody else.`
    : `Ordered as ${readText(given.id) ?? 'an order'}.`;
}
