import type { AmountView, SumView } from './amounts.js';
import type { EventState } from './payments.js';

/**
 * What a ledger made of a Stripe customer. `paired`: it has one ledger customer. `doubtful`: a person has to say which one it is. `several`: its ledger
 * customer stands for other Stripe customers, too. `missing`: it has none.
 */
export type CustomerState = 'paired' | 'doubtful' | 'several' | 'missing';

/** A Stripe customer in one target. */
export interface CustomerPairView {
  readonly target: string;
  readonly state: CustomerState;
  readonly postingKey: string;
  /** The target's keys of its customer; null: it has none. */
  readonly reference: Readonly<Record<string, string>> | null;
  /** When the target last said so. */
  readonly since: string | null;
  /** Other Stripe customers that the same customer of the target stands for, at most ten. */
  readonly others: readonly string[];
  /** How the newest request for it ended; null: there was none, or it is on its way. */
  readonly result: string | null;
}

/** A customer of a target that may be the one that is meant. */
export interface CustomerCandidateView {
  /** How people call it there. */
  readonly title: string;
  /** Its key, as an answer names it. */
  readonly reference: Readonly<Record<string, string>>;
}

/** An open question about a customer: a held fact or posting, which only a person can judge. */
export interface CustomerQuestionView {
  /** Id of the dead letter that an answer names. */
  readonly letterId: string;
  /** `open`; `ordered`: an order about it has not ended yet. */
  readonly state: string;
  readonly target: string | null;
  readonly cause: string;
  /** True: it asks which customer of the ledger this one is. */
  readonly asksWho: boolean;
  /** What the target or the flow said: the evidence. */
  readonly text: string | null;
  readonly since: string;
  readonly money: AmountView | null;
  readonly parkedBehind: number;
  /** Customers of the target that it named. */
  readonly candidates: readonly CustomerCandidateView[];
  /** Answers that a question of a flow offers; empty: it is answered by naming the customer, by a replay or by a skip. */
  readonly answers: readonly string[];
}

/** Something that looks as if customers were to be merged. Nothing is done about it. */
export interface CustomerHintView {
  /** `shared`: one customer of the ledger stands for several of Stripe. `changed`: the ledger named another customer before. */
  readonly kind: 'shared' | 'changed';
  readonly target: string;
  readonly text: string;
  /** Other Stripe customers that it is about. */
  readonly customers: readonly string[];
}

/** One row of the list of customers. */
export interface CustomerView {
  readonly customerId: string;
  /** Its name as its newest payment has it; null: not known, or whoever asks may not read payloads. */
  readonly name: string | null;
  readonly state: CustomerState;
  readonly pairs: readonly CustomerPairView[];
  /** When its newest payment came; null: it has none. */
  readonly lastPaymentAt: string | null;
}

/** Answer of `GET /customers`, by id. */
export interface CustomersPage {
  readonly customers: readonly CustomerView[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** Answer of `GET /customers/questions`, the longest waiting first. */
export interface CustomerQuestionsPage {
  readonly questions: readonly (CustomerQuestionView & { readonly customerId: string })[];
  /** True: there are more than are listed. */
  readonly more: boolean;
}

/** An event about a customer. */
export interface CustomerEventView {
  readonly eventId: string;
  readonly type: string | null;
  readonly state: EventState;
  readonly reason: string | null;
  readonly receivedAt: string | null;
}

/** Answer of `GET /customers/:id`. */
export interface CustomerDetail extends CustomerView {
  readonly questions: readonly CustomerQuestionView[];
  readonly hints: readonly CustomerHintView[];
  /** Its payments; the list is `GET /payments?customer=`. */
  readonly payments: SumView;
  /** The newest twenty. */
  readonly events: readonly CustomerEventView[];
  /** When its personal data was erased; null: it was not. */
  readonly erasedAt: string | null;
}
