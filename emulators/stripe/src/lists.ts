import { ApiProblem } from './problem.js';
import type { Collection, Store, StripeObject } from './store.js';

export interface Page {
  readonly object: 'list';
  readonly data: readonly StripeObject[];
  readonly has_more: boolean;
  readonly url: string;
}

const defaultLimit = 10;
const largestLimit = 100;

/**
 * One page of a list: newest first; `starting_after` goes to older ones, `ending_before` to newer ones. Source:
 * docs/reference/stripe.md, section 5. Objects of one second keep the order in which they were made (assumed).
 */
export function page(objects: readonly StripeObject[], query: URLSearchParams, url: string): Page {
  const limit = limitOf(query.get('limit'));
  const newestFirst = [...objects].reverse().filter((object) => inTime(object, query));
  const after = query.get('starting_after');
  const before = query.get('ending_before');
  let slice: StripeObject[];
  let hasMore: boolean;
  if (before !== null) {
    const newer = newestFirst.slice(0, indexOf(newestFirst, before));
    slice = newer.slice(Math.max(0, newer.length - limit));
    hasMore = newer.length > limit;
  } else {
    const rest = after === null ? newestFirst : newestFirst.slice(indexOf(newestFirst, after) + 1);
    slice = rest.slice(0, limit);
    hasMore = rest.length > limit;
  }
  return { object: 'list', data: slice, has_more: hasMore, url };
}

function limitOf(text: string | null): number {
  if (text === null) return defaultLimit;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > largestLimit) {
    throw new ApiProblem(400, {
      type: 'invalid_request_error',
      code: 'parameter_invalid_integer',
      param: 'limit',
      message: `Invalid limit: ${text}; it must be between 1 and ${largestLimit}`,
    });
  }
  return limit;
}

function indexOf(objects: readonly StripeObject[], id: string): number {
  const index = objects.findIndex((object) => object.id === id);
  // A cursor pointing at a deleted object fails (section 5).
  if (index < 0) throw new ApiProblem(400, { type: 'invalid_request_error', code: 'resource_missing', message: `No such object: '${id}'` });
  return index;
}

function inTime(object: StripeObject, query: URLSearchParams): boolean {
  const created = object.created ?? 0;
  const bound = (name: string): number | undefined => {
    const text = query.get(name);
    return text === null ? undefined : Number(text);
  };
  const [gte, gt, lte, lt, exact] = ['created[gte]', 'created[gt]', 'created[lte]', 'created[lt]', 'created'].map(bound);
  return (
    (gte === undefined || created >= gte) &&
    (gt === undefined || created > gt) &&
    (lte === undefined || created <= lte) &&
    (lt === undefined || created < lt) &&
    (exact === undefined || created === exact)
  );
}

const kinds = {
  customer: 'customers',
  balance_transaction: 'balance_transactions',
  latest_charge: 'charges',
  charge: 'charges',
  payment_intent: 'payment_intents',
} as const;

/** A balance transaction's source is a charge or a refund. */
const collectionOf = (step: string, id: string): Collection | undefined =>
  step === 'source' ? (id.startsWith('re_') ? 'refunds' : 'charges') : kinds[step as keyof typeof kinds];
const deepest = 4;

/** Replaces ids by objects, as `expand[]` asks (at most four levels, section 5). Unknown paths are refused. */
export function expanded(object: unknown, paths: readonly string[], store: Store): unknown {
  return paths.reduce((result, path) => expandOne(result, path.split('.'), store, path), object);
}

function expandOne(value: unknown, steps: readonly string[], store: Store, path: string): unknown {
  if (steps.length > deepest)
    throw new ApiProblem(400, {
      type: 'invalid_request_error',
      message: `You cannot expand more than ${deepest} levels of a property. Property: ${path}`,
    });
  const [step, ...rest] = steps;
  if (step === undefined || value === null) return value;
  const object = value as Record<string, unknown>;
  if (step === 'data' && Array.isArray(object.data))
    return { ...object, data: object.data.map((item) => expandOne(item, rest, store, path)) };
  if (!Object.hasOwn(object, step) || !(step === 'source' || Object.hasOwn(kinds, step))) {
    throw new ApiProblem(400, { type: 'invalid_request_error', message: `This property cannot be expanded (${step}).` });
  }
  const current = object[step];
  const collection = typeof current === 'string' ? collectionOf(step, current) : undefined;
  const found = collection ? (store.get(collection, current as string) ?? current) : current;
  return { ...object, [step]: typeof found === 'object' ? expandOne(found, rest, store, path) : found };
}
