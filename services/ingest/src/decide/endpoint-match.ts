import { DeliveryRefusedError } from './refusal.js';
import type { StripeEvent } from './stripe-event.js';

/** Which events an endpoint accepts. */
export interface EndpointRules {
  readonly name: string;
  readonly livemode: boolean;
  /** null: the endpoint's own account only; `acct_...`: this connected account only; `*`: any connected account. */
  readonly account: string | null;
  /** Version that the endpoint was created with; null: not pinned. */
  readonly apiVersion: string | null;
  /** What happens to events of the other mode. `drop` is for live Connect endpoints, which Stripe sends test events too. */
  readonly otherMode: 'refuse' | 'drop';
}

/** What happens to an event at its endpoint. */
export interface EndpointMatch {
  /** True: accepted. False: answered with 200 and discarded, as the endpoint is configured. */
  readonly take: boolean;
  /** The body is written in another API version than the endpoint is pinned to. It is accepted and marked; transform adapts versions. */
  readonly versionMismatch: boolean;
}

/**
 * Whether an event belongs to the endpoint that it was sent to. Nothing is booked in the wrong mode or for the wrong account.
 * @throws {DeliveryRefusedError} stripe.wrong-mode, stripe.wrong-account: the endpoint is set up wrongly, here or at Stripe. Stripe
 *   tries again for three days, so nothing is lost while somebody corrects it.
 */
export function matchEndpoint(event: StripeEvent, endpoint: EndpointRules): EndpointMatch {
  checkAccount(event, endpoint);
  if (event.livemode !== endpoint.livemode) {
    if (endpoint.otherMode === 'drop') return { take: false, versionMismatch: false };
    throw new DeliveryRefusedError(
      'stripe.wrong-mode',
      `event ${event.id} is of ${mode(event.livemode)} mode, endpoint ${endpoint.name} takes ${mode(endpoint.livemode)} mode`,
      { event: event.id, endpoint: endpoint.name },
    );
  }
  return { take: true, versionMismatch: endpoint.apiVersion !== null && event.apiVersion !== endpoint.apiVersion };
}

function checkAccount(event: StripeEvent, endpoint: EndpointRules): void {
  const expected = endpoint.account;
  const matches = expected === '*' ? event.account !== undefined : event.account === (expected ?? undefined);
  if (matches) return;
  throw new DeliveryRefusedError(
    'stripe.wrong-account',
    `event ${event.id} belongs to ${event.account ?? 'the own account'}, which endpoint ${endpoint.name} does not take`,
    { event: event.id, endpoint: endpoint.name },
  );
}

const mode = (livemode: boolean): string => (livemode ? 'live' : 'test');
