import { createHmac } from 'node:crypto';
import type { Random } from './random.js';
import type { Store, StripeObject } from './store.js';

export interface Endpoint {
  readonly url: string;
  /** Every live secret signs: while one is being rolled there are two (docs/reference/stripe.md, section 2). */
  readonly secrets: readonly string[];
  /** What an event of another version would be: this emulator has one, so nothing else is accepted. */
  readonly apiVersion?: string;
}

export interface DeliveryPlan {
  /** Chance that an event is delivered twice. */
  readonly duplicates: number;
  /** Events are held back for a random time up to this, so they overtake each other. */
  readonly reorderMs: number;
  /** Waits before the second, third, ... attempt; the last one repeats. Stripe retries for days (section 3); this is short on purpose. */
  readonly retryDelaysMs: readonly number[];
}

export const plainPlan: DeliveryPlan = { duplicates: 0, reorderMs: 0, retryDelaysMs: [250, 500, 1_000, 2_000] };

export interface DeliveryRecord {
  readonly event: string;
  readonly type: string;
  readonly url: string;
  attempts: number;
  lastStatus: number;
  acknowledged: boolean;
}

const atOnce = 16;
const patienceMs = 10_000;

/** Delivers events: signed, at least once, unordered when told to, again until a 2xx comes (section 3). Redirects are not followed. */
export class Deliveries {
  private plan: DeliveryPlan = plainPlan;
  private readonly records: DeliveryRecord[] = [];
  private readonly queue: (() => Promise<void>)[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private running = 0;
  private acknowledgedBefore = 0;
  private closed = false;

  constructor(
    private readonly store: Store,
    private readonly configured: readonly Endpoint[],
    private readonly random: Random,
  ) {}

  setPlan(plan: Partial<DeliveryPlan>): DeliveryPlan {
    this.plan = { ...this.plan, ...plan };
    return this.plan;
  }

  /** Events that nobody has acknowledged yet, for example after a restart. */
  resume(): void {
    this.acknowledgedBefore = this.store.deliveredCount;
    for (const event of this.store.all('events')) this.deliver(event);
  }

  deliver(event: StripeObject): void {
    for (const endpoint of this.outstanding(event)) {
      const times = this.random() < this.plan.duplicates ? 2 : 1;
      for (let time = 0; time < times; time += 1) {
        const record: DeliveryRecord = {
          event: event.id,
          type: event.type as string,
          url: endpoint.url,
          attempts: 0,
          lastStatus: 0,
          acknowledged: false,
        };
        this.records.push(record);
        this.later(this.random() * this.plan.reorderMs, () => this.attempt(event, endpoint, record));
      }
    }
  }

  list(): readonly DeliveryRecord[] {
    return this.records;
  }

  /** How many endpoints have not acknowledged an event: its `pending_webhooks` (section 3). */
  pendingWebhooks(event: StripeObject): number {
    return this.outstanding(event).length;
  }

  /** Signs a body as an endpoint's events are signed and sends it once, for bodies that no event would have. @returns the status, 0 for no answer. */
  sendRaw(body: string, url: string | undefined): Promise<number> {
    const endpoint = url === undefined ? this.configured[0] : this.configured.find((one) => one.url === url);
    return endpoint ? send(body, endpoint) : Promise.resolve(0);
  }

  get pending(): number {
    return this.records.filter((record) => !record.acknowledged).length;
  }

  get acknowledged(): number {
    return this.acknowledgedBefore + this.records.length - this.pending;
  }

  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  reset(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.queue.length = 0;
    this.records.length = 0;
    this.acknowledgedBefore = 0;
    this.plan = plainPlan;
  }

  private outstanding(event: StripeObject): Endpoint[] {
    return this.endpointsFor(event).filter(({ url }) => !this.store.isDelivered(nameOf(event, url)));
  }

  /** The configured ones take everything; a registered one what it asked for, from when it was made on; a disabled or deleted one nothing. */
  private endpointsFor(event: StripeObject): Endpoint[] {
    const registered = this.store
      .all('webhook_endpoints')
      .filter(({ status, created, enabled_events: types }) => {
        const wanted = types as readonly string[] | undefined;
        return (
          status === 'enabled' &&
          (created ?? 0) <= (event.created ?? 0) &&
          (wanted?.includes('*') || wanted?.includes(event.type as string))
        );
      })
      .map(({ url, secret }) => ({ url: url as string, secrets: [secret as string] }));
    return [...this.configured, ...registered];
  }

  private later(ms: number, run: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.queue.push(run);
      this.pump();
    }, ms);
    this.timers.add(timer);
  }

  private pump(): void {
    while (!this.closed && this.running < atOnce) {
      const next = this.queue.shift();
      if (!next) return;
      this.running += 1;
      void next().finally(() => {
        this.running -= 1;
        this.pump();
      });
    }
  }

  private async attempt(event: StripeObject, endpoint: Endpoint, record: DeliveryRecord): Promise<void> {
    if (!this.records.includes(record)) return; // reset meanwhile
    if (!this.endpointsFor(event).some(({ url }) => url === endpoint.url)) {
      // A disabled or deleted endpoint loses what is pending (section 3).
      this.records.splice(this.records.indexOf(record), 1);
      return;
    }
    record.attempts += 1;
    const status = await send(JSON.stringify({ ...event, pending_webhooks: Math.max(1, this.pendingWebhooks(event)) }, null, 2), endpoint);
    if (this.closed || !this.records.includes(record)) return;
    record.lastStatus = status;
    if (record.lastStatus >= 200 && record.lastStatus < 300) {
      record.acknowledged = true;
      this.store.markDelivered(nameOf(event, endpoint.url));
      return;
    }
    const delays = this.plan.retryDelaysMs;
    this.later(delays[Math.min(record.attempts, delays.length) - 1] ?? 1_000, () => this.attempt(event, endpoint, record));
  }
}

const nameOf = (event: StripeObject, url: string): string => `${event.id} ${url}`;

/** Each attempt is signed anew with a new time (section 3). @returns the status, 0 for no answer. */
async function send(body: string, endpoint: Endpoint): Promise<number> {
  const time = Math.floor(Date.now() / 1_000);
  const signatures = endpoint.secrets.map((secret) => `v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`);
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': [`t=${time}`, ...signatures].join(','),
      },
      body,
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
