import { equal, toDecimalText } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import { isSameRequest, isStored } from './admission.js';
import type { Posting, PostingRequest } from './types.js';

/** Code of a request that asks for another amount than the one that is, or may be, booked under its posting key. */
export const amountDiffersCode = 'posting.amount-differs';

/**
 * The amount that is booked, or may still be booked, under the posting key, if it differs from the amount of the request. Undefined when
 * they agree, or when one of the two is not known (master data, rows of earlier versions). Only for create-once: the other protocols do not
 * book money.
 */
export function conflictingAmount(posting: Posting, request: PostingRequest): Money | undefined {
  if (request.protocol !== 'create-once' || request.amount === undefined) return undefined;
  const booked = bookedAmount(posting, request);
  return booked === undefined || equal(booked, request.amount) ? undefined : booked;
}

function bookedAmount(posting: Posting, request: PostingRequest): Money | undefined {
  if (posting.reference !== undefined) return posting.appliedAmount;
  const mayBeCommitted = posting.sentAt !== undefined || posting.resentAt !== undefined || posting.half !== undefined;
  // An edited replay of the same request is not in conflict with itself as long as nothing was sent.
  const isPromised = isStored(posting) && !isSameRequest(posting, request);
  return mayBeCommitted || isPromised ? posting.request?.amount : undefined;
}

/** Text for the operator: both amounts, and what to do. */
export function amountDiffersText(booked: Money, asked: Money, isPosted: boolean): string {
  const state = isPosted ? 'is posted' : 'is being posted';
  return (
    `this request is over ${amountText(asked)}, and ${amountText(booked)} ${state} under the same posting key; nothing was changed. ` +
    'Compare both with Stripe. If the document in the ERP is right, skip this request; if not, correct it in the ERP and resolve this request with its reference'
  );
}

function amountText(amount: Money): string {
  try {
    return `${toDecimalText(amount)} ${amount.currency}`;
  } catch {
    return `${amount.minor} minor units of ${amount.currency}`;
  }
}
