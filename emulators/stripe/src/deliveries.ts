import type { Random } from './random.js';
import { sendDelivery } from './send-delivery.js';
import type { Endpoint } from './send-delivery.js';
import type { Store, StripeObject } from './store.js';

/** How events are delivered. */
export interface DeliveryPlan {
  /** Probability that an event is delivered twice. */
  readonly duplicates: number;
  /** Events are held back for a random time up to this, so they overtake each other. */
  readonly reorderMs: number;
  /** Waits before the second, third, ... attempt; the last one repeats. Stripe retries for days (section 3); this is short on purpose. */
  readonly retryDelaysMs: readonly number[];
}

/** Every event once and in order. */
export const plainPlan: DeliveryPlan = { duplicates: 0, reorderMs: 0, retryDelaysMs: [250, 500, 1_000, 2_000] };

/** The state of one delivery. */
export interface DeliveryRecord {
  readonly event: string;
  readonly type: string;
  readonly url: string;
  attempts: number;
  lastStatus: number;
  acknowledged: boolean;
}

const maxConcurrent = 16;

/** Delivers events: signed, at least once, out of order on request, repeated until a 2xx (section 3). Redirects are not followed. */
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

  /** Delivers the events that are not acknowledged yet, after a restart. */
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

  /** Signs any body with an endpoint's secrets and sends it once. @returns the HTTP status, 0 for no answer. */
  sendRaw(body: string, url: string | undefined): Promise<number> {
    const endpoint = url === undefined ? this.configured[0] : this.configured.find((one) => one.url === url);
    return endpoint ? sendDelivery(body, endpoint) : Promise.resolve(0);
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

  /** Configured endpoints get every event; registered ones the types they asked for, from their creation on; disabled and deleted ones none. */
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
    while (!this.closed && this.running < maxConcurrent) {
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
    if (!this.records.includes(record)) return; // reset in the meantime
    if (!this.endpointsFor(event).some(({ url }) => url === endpoint.url)) {
      // A disabled or deleted endpoint loses what is pending (section 3).
      this.records.splice(this.records.indexOf(record), 1);
      return;
    }
    record.attempts += 1;
    const status = await sendDelivery(
      JSON.stringify({ ...event, pending_webhooks: Math.max(1, this.pendingWebhooks(event)) }, null, 2),
      endpoint,
    );
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
