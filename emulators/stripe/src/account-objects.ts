import { mergedMetadata, previousAttributes } from './merchant-rules.js';
import { eventObject } from './objects.js';
import type { Cause } from './objects.js';
import { ApiProblem } from './problem.js';
import type { Collection, Store, StripeObject } from './store.js';
import type { Timeline } from './timeline.js';

/** The objects of the account and the events about them: what payments, refunds, disputes and payouts have in common. */
export class AccountObjects {
  constructor(
    readonly store: Store,
    readonly timeline: Timeline,
    private readonly onEvent: (event: StripeObject) => void,
  ) {}

  /** The object of that id. @throws {ApiProblem} 404 resource_missing, in Stripe's words. */
  need(collection: Collection, id: string, word: string, param = 'id'): StripeObject {
    const found = this.store.get(collection, id);
    if (!found || found.deleted === true)
      throw new ApiProblem(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${word}: '${id}'`, param });
    return found;
  }

  /**
   * Changes fields of an object; metadata is merged and an empty value deletes its key (section 7). Without a change there is no event.
   * @param type of the event; a payment intent has none for this.
   */
  change(
    collection: Collection,
    id: string,
    word: string,
    changes: Record<string, unknown>,
    type: string | null,
    cause: Cause | null = null,
  ): StripeObject {
    const before = this.need(collection, id, word);
    const metadata = changes.metadata === undefined ? before.metadata : mergedMetadata(before.metadata, changes.metadata);
    const after: StripeObject = { ...before, ...changes, ...(metadata === undefined ? {} : { metadata }) };
    const previous = previousAttributes(before, after);
    if (Object.keys(previous).length === 0) return before;
    this.store.put(collection, after);
    if (type !== null) this.emit(type, after, previous, cause);
    return after;
  }

  /** Stores an event about a copy of the object and hands it to the deliveries. @param previous old values of changed fields. */
  emit(type: string, object: StripeObject, previous: Record<string, unknown> | undefined, cause: Cause | null): void {
    const event = eventObject(this.store.newId('evt'), this.seconds(), type, object, previous, cause);
    this.store.put('events', event);
    this.onEvent(event);
  }

  /** The account's time, seconds since the epoch. */
  seconds(): number {
    return this.timeline.seconds();
  }
}
