import type { ReconShapes } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { readSum } from './read.js';
import {
  readAmount,
  readCount,
  readerOf,
  readFlag,
  readList,
  readNamedTexts,
  readRecord,
  readRow,
  readText,
  readWords,
} from './read-value.js';

/** What a ledger has for a customer of Stripe. */
export type CustomerPair = ReturnType<typeof readPair>;
/** A customer of Stripe. */
export type Customer = ReturnType<typeof readCustomer>;
/** An open question about a customer. */
export type CustomerQuestion = ReturnType<typeof readQuestion>;
/** Everything about one customer. */
export type CustomerDetail = ReturnType<typeof readCustomerDetail>;

const readPair = readerOf<ReconShapes['CustomerPairView']>()({
  target: readText,
  state: readText,
  reference: readNamedTexts,
  since: readText,
  others: readWords,
  result: readText,
});

/** Reads whatever recon sent as a customer. */
export const readCustomer = readerOf<ReconShapes['CustomerView']>()({
  customerId: readText,
  name: readText,
  state: readText,
  pairs: (value) => readList(value, readPair),
  lastPaymentAt: readText,
});

const readCandidate = readerOf<ReconShapes['CustomerCandidateView']>()({ title: readText, reference: readNamedTexts });

/** Reads whatever recon sent as a question about a customer; on the page of a customer it does not name them. */
export const readQuestion = readerOf<ReconShapes['CustomerQuestionView'] | ReconShapes['CustomerQuestionsPage']['questions'][number]>()({
  letterId: readText,
  customerId: readText,
  state: readText,
  target: readText,
  cause: readText,
  asksWho: readFlag,
  text: readText,
  since: readText,
  money: readAmount,
  parkedBehind: readCount,
  candidates: (value) => readList(value, readCandidate),
  answers: readWords,
});

const readHint = readerOf<ReconShapes['CustomerHintView']>()({ kind: readText, text: readText, customers: readWords });

/** Reads whatever recon sent about one customer. Its events are shown as rows of a list. */
export function readCustomerDetail(value: Sent<ReconShapes['CustomerDetail']>) {
  const { questions, hints, payments, events, erasedAt } = readRecord(value);
  return {
    ...readCustomer(value),
    questions: readList(questions, readQuestion),
    hints: readList(hints, readHint),
    payments: readSum(payments),
    events: readList(events, readRow),
    erasedAt: readText(erasedAt),
  };
}
