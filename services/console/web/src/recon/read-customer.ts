import type { ReconShapes } from './api-shapes.js';
import { readSum } from './read.js';
import { readAmount, readCount, readList, readNamedTexts, readRecord, readText } from './read-value.js';
import type { Amount, NamedText, Sum } from './shapes.js';

/** What a ledger has for a customer of Stripe. */
export interface CustomerPair {
  readonly target: string | null;
  readonly state: string | null;
  readonly reference: readonly NamedText[];
  readonly since: string | null;
  readonly others: readonly string[];
  readonly result: string | null;
}

/** A customer of Stripe. */
export interface Customer {
  readonly customerId: string | null;
  readonly name: string | null;
  readonly state: string | null;
  readonly pairs: readonly CustomerPair[];
  readonly lastPaymentAt: string | null;
}

/** An open question about a customer. */
export interface CustomerQuestion {
  readonly letterId: string | null;
  readonly customerId: string | null;
  readonly state: string | null;
  readonly target: string | null;
  readonly cause: string | null;
  readonly asksWho: boolean;
  readonly text: string | null;
  readonly since: string | null;
  readonly money: Amount | null;
  readonly parkedBehind: number | null;
  readonly candidates: readonly { readonly title: string | null; readonly reference: readonly NamedText[] }[];
  readonly answers: readonly string[];
}

/** Everything about one customer. */
export interface CustomerDetail extends Customer {
  readonly questions: readonly CustomerQuestion[];
  readonly hints: readonly { readonly kind: string | null; readonly text: string | null; readonly customers: readonly string[] }[];
  readonly payments: Sum;
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly erasedAt: string | null;
}

/** Reads whatever recon sent as a customer. */
export function readCustomer(value: unknown): Customer {
  const { customerId, name, state, pairs, lastPaymentAt } = readRecord<ReconShapes['CustomerView']>(value);
  return {
    customerId: readText(customerId),
    name: readText(name),
    state: readText(state),
    pairs: readList(pairs, readPair),
    lastPaymentAt: readText(lastPaymentAt),
  };
}

function readPair(value: unknown): CustomerPair {
  const { target, state, reference, since, others, result } = readRecord<ReconShapes['CustomerPairView']>(value);
  return {
    target: readText(target),
    state: readText(state),
    reference: readNamedTexts(reference),
    since: readText(since),
    others: readTexts(others),
    result: readText(result),
  };
}

/** Reads whatever recon sent as a question about a customer. */
export function readQuestion(value: unknown): CustomerQuestion {
  const { customerId } = readRecord<ReconShapes['CustomerQuestionsPage']['questions'][number]>(value);
  const { letterId, state, target, cause, asksWho, text, since, money, parkedBehind, candidates, answers } =
    readRecord<ReconShapes['CustomerQuestionView']>(value);
  return {
    letterId: readText(letterId),
    customerId: readText(customerId),
    state: readText(state),
    target: readText(target),
    cause: readText(cause),
    asksWho: asksWho === true,
    text: readText(text),
    since: readText(since),
    money: readAmount(money),
    parkedBehind: readCount(parkedBehind),
    candidates: readList(candidates, (one) => {
      const { title, reference } = readRecord<ReconShapes['CustomerCandidateView']>(one);
      return { title: readText(title), reference: readNamedTexts(reference) };
    }),
    answers: readTexts(answers),
  };
}

/** Reads whatever recon sent about one customer. */
export function readCustomerDetail(value: unknown): CustomerDetail {
  const { questions, hints, payments, events, erasedAt } = readRecord<ReconShapes['CustomerDetail']>(value);
  return {
    ...readCustomer(value),
    questions: readList(questions, readQuestion),
    hints: readList(hints, (one) => {
      const { kind, text, customers } = readRecord<ReconShapes['CustomerHintView']>(one);
      return { kind: readText(kind), text: readText(text), customers: readTexts(customers) };
    }),
    payments: readSum(payments),
    events: readList(events, (one) => readRecord(one)),
    erasedAt: readText(erasedAt),
  };
}

const readTexts = (value: unknown): string[] => readList(value, readText).filter((text) => text !== null);
