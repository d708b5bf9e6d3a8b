import type { Merchant } from './merchant.js';
import { ApiProblem } from './problem.js';

/** The body of `POST /_control/account`. */
type Body = Readonly<Record<string, unknown>>;

/** What banks, cardholders and Stripe do without being asked, by name. Answers with the object that it is about. */
const actions: Readonly<Record<string, (merchant: Merchant, body: Body) => unknown>> = {
  'dispute.open': (merchant, body) =>
    merchant.disputes.open(text(body, 'charge'), {
      ...optional(body, 'amount', integer),
      ...optional(body, 'reason', text),
      ...(body.kind === undefined ? {} : { kind: oneOf(body, 'kind', ['chargeback', 'inquiry', 'prevented'] as const) }),
    }),
  'dispute.escalate': (merchant, body) => merchant.disputes.escalate(text(body, 'dispute')),
  'dispute.appeal': (merchant, body) => merchant.disputes.appeal(text(body, 'dispute')),
  'dispute.answer': (merchant, body) => merchant.disputes.answer(text(body, 'dispute'), (body.evidence ?? {}) as Record<string, unknown>),
  'dispute.close': (merchant, body) =>
    merchant.disputes.close(text(body, 'dispute'), oneOf(body, 'end', ['won', 'lost', 'warning_closed']), body.feeReturned === true),
  'refund.pending': (merchant, body) =>
    merchant.refund(text(body, 'charge'), optional(body, 'amount', integer).amount, { status: 'pending' }),
  'refund.succeed': (merchant, body) => merchant.refunds.succeed(text(body, 'refund'), optional(body, 'reference', text).reference),
  'refund.fail': (merchant, body) => merchant.refunds.fail(text(body, 'refund'), optional(body, 'reason', text).reason),
  'payout.automatic': (merchant, body) => ({ payout: merchant.payouts.automatic(text(body, 'currency')) ?? null }),
  'payout.paid': (merchant, body) => merchant.payouts.paid(text(body, 'payout')),
  'payout.reconcile': (merchant, body) =>
    merchant.payouts.reconcile(text(body, 'payout'), body.traceId === undefined ? '0' : text(body, 'traceId')),
  'payout.fail': (merchant, body) =>
    merchant.payouts.fail(text(body, 'payout'), optional(body, 'code', text).code, optional(body, 'message', text).message),
  'fraud-warning': (merchant, body) => merchant.fraudWarnings.report(text(body, 'charge'), optional(body, 'fraudType', text).fraudType),
  'bank-debit.clear': (merchant, body) => merchant.bankDebits.clear(text(body, 'charge')),
  'bank-debit.bounce': (merchant, body) => merchant.bankDebits.bounce(text(body, 'charge')),
  fee: (merchant, body) => merchant.stripeCharges.usageFee(integer(body, 'amount'), text(body, 'currency'), text(body, 'description')),
  tax: (merchant, body) => merchant.stripeCharges.taxOnFees(integer(body, 'amount'), text(body, 'currency'), text(body, 'description')),
  reserve: (merchant, body) => merchant.stripeCharges.reserve(integer(body, 'amount'), text(body, 'currency')),
  movement: (merchant, body) =>
    merchant.stripeCharges.any({
      type: text(body, 'type'),
      category: text(body, 'category'),
      amount: integer(body, 'amount'),
      currency: text(body, 'currency'),
      ...optional(body, 'source', text),
      ...optional(body, 'description', text),
    }),
  rate: (merchant, body) => {
    const rate = { currency: text(body, 'to'), times: integer(body, 'times'), per: integer(body, 'per') };
    merchant.ledger.rates.set(text(body, 'currency'), rate);
    return rate;
  },
  time: (merchant, body) => ({ now: Math.floor(merchant.timeline.advance(integer(body, 'seconds') * 1_000) / 1_000) }),
};

/** Does what `action` names. @throws {ApiProblem} 400 naming the field that is wrong, or the actions there are. */
export function accountAction(merchant: Merchant, body: Body): unknown {
  const name = text(body, 'action');
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action) throw wrong('action', `one of ${Object.keys(actions).join(', ')}`);
  try {
    return action(merchant, body);
  } catch (error) {
    if (error instanceof RangeError) throw new ApiProblem(400, { type: 'invalid_request_error', message: error.message });
    throw error;
  }
}

function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw wrong(name, 'a text');
  return value;
}

function integer(body: Body, name: string): number {
  const value = body[name];
  if (!Number.isSafeInteger(value)) throw wrong(name, 'an integer');
  return value as number;
}

function oneOf<Choice extends string>(body: Body, name: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === body[name]);
  if (!found) throw wrong(name, `one of ${choices.join(', ')}`);
  return found;
}

function optional<Name extends string, Value>(
  body: Body,
  name: Name,
  read: (body: Body, name: string) => Value,
): { readonly [key in Name]?: Value } {
  return body[name] === undefined ? {} : ({ [name]: read(body, name) } as { [key in Name]: Value });
}

function wrong(name: string, expected: string): ApiProblem {
  return new ApiProblem(400, {
    type: 'invalid_request_error',
    param: name,
    message: `POST /_control/account: "${name}" should be ${expected}.`,
  });
}
