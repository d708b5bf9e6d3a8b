import { ApiProblem } from './problem.js';
import type { Collection, Store, StripeObject } from './store.js';

/** One page of a list, as Stripe answers it. */
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

const kinds: Readonly<Record<string, Collection>> = {
  customer: 'customers',
  balance_transaction: 'balance_transactions',
  failure_balance_transaction: 'balance_transactions',
  latest_charge: 'charges',
  charge: 'charges',
  payment_intent: 'payment_intents',
  invoice: 'invoices',
};

/** What a balance transaction can come from. */
const sources: readonly Collection[] = ['charges', 'refunds', 'disputes', 'payouts'];

/** Where objects are looked up. */
type Lookup = Pick<Store, 'get'>;

function found(step: string, id: string, store: Lookup): StripeObject | undefined {
  const collection = kinds[step];
  if (collection) return store.get(collection, id);
  return sources.map((source) => store.get(source, id)).find((object) => object !== undefined);
}
const deepest = 4;

/** Replaces ids by objects, as `expand[]` asks (at most four levels, section 5). Unknown paths are refused. */
export function expanded(object: unknown, paths: readonly string[], store: Lookup): unknown {
  return paths.reduce((result, path) => expandOne(result, path.split('.'), store, path), object);
}

function expandOne(value: unknown, steps: readonly string[], store: Lookup, path: string): unknown {
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
  const whole = typeof current === 'string' ? (found(step, current, store) ?? current) : current;
  return { ...object, [step]: typeof whole === 'object' ? expandOne(whole, rest, store, path) : whole };
}
