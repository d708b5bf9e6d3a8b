import { LRUCache } from 'lru-cache';
import CircuitBreaker from 'opossum';
import { setTimeout as delay } from 'node:timers/promises';
import type { StripeClient, StripeObjectKind } from './stripe-client.js';
import { isListKind } from './stripe-lists.js';
import { failureOf, reasonOf, retryAfterOfStripe } from './stripe-errors.js';
import { TokenBucket } from './token-bucket.js';

/** The answer to a look-up. `object` is the JSON of the pinned version. */
export type Lookup =
  | { readonly kind: 'found'; readonly object: Readonly<Record<string, unknown>>; readonly fromCache: boolean }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Which account to read, and how fresh the object has to be. */
export interface LookupOptions {
  /** Connected account; null for the own one. */
  readonly account: string | null;
  /** As it is now: never from the cache. */
  readonly fresh?: boolean;
  /** Waits for a turn as long as it takes, instead of being unavailable at the rate limit. */
  readonly patient?: boolean;
}

/** Rate, longest wait and circuit of the reader. */
export interface StripeReaderOptions {
  readonly ratePerSecond: number;
  readonly maxWaitMs: number;
  readonly now?: () => number;
  /** How long an open circuit stays open before one call tries again. */
  readonly circuitResetMs?: number;
}

/** Objects kept, and for how long. Customers change; balance transactions only become available. A missing object may come soon. Lists are not kept. */
const maxCached = 10_000;
const ttlMs = { customer: 60_000, balance_transaction: 600_000, charge: 5_000, balance: 1_000 } as const;
const absentTtlMs = 5_000;
/** Shortest pause before the next page asks for its turn again. */
const turnPauseMs = 50;
/** Half of at least this many calls within 10 s fail: stop calling for a while. */
const circuit = {
  errorThresholdPercentage: 50,
  volumeThreshold: 6,
  resetTimeout: 10_000,
  rollingCountTimeout: 10_000,
  timeout: false,
} as const;

/**
 * Reads objects for enrichment: cached, rate-limited, behind a circuit breaker. Never throws: enrichment is optional, so
 * `unavailable` is a result.
 */
export class StripeReader {
  private readonly cache = new LRUCache<string, Lookup>({ max: maxCached });
  private readonly bucket: TokenBucket;
  private readonly maxWaitMs: number;
  private readonly now: () => number;
  /** Until then Stripe asked not to be called. */
  private quietUntil = 0;
  private readonly breaker: CircuitBreaker<[StripeObjectKind, string, string | null], Lookup>;

  constructor(
    private readonly client: StripeClient,
    options: StripeReaderOptions,
  ) {
    const { ratePerSecond, maxWaitMs } = options;
    this.maxWaitMs = maxWaitMs;
    this.now = options.now ?? Date.now;
    this.bucket = new TokenBucket({ ratePerSecond, burst: Math.max(1, Math.floor(ratePerSecond)), maxWaitMs }, this.now);
    this.breaker = new CircuitBreaker((kind, id, account) => this.read(kind, id, account), {
      ...circuit,
      resetTimeout: options.circuitResetMs ?? circuit.resetTimeout,
    });
  }

  /** The object, `absent` (answered: not there), or `unavailable` (no answer, no turn, circuit open, key refused). */
  async find(kind: StripeObjectKind, id: string, options: LookupOptions): Promise<Lookup> {
    const key = `${options.account ?? ''}/${kind}/${id}`;
    const known = options.fresh ? undefined : this.cache.get(key);
    if (known) return known.kind === 'found' ? { ...known, fromCache: true } : known;
    if (this.breaker.opened) return { kind: 'unavailable', reason: 'circuit open' };
    if (!options.patient && this.quietMs > 0) return { kind: 'unavailable', reason: 'Stripe asked to wait' };
    if (options.patient) await this.turn();
    else if (!(await this.turnNow())) return { kind: 'unavailable', reason: 'rate limit' };
    try {
      const lookup = await this.breaker.fire(kind, id, options.account);
      this.keep(key, kind, lookup);
      return lookup;
    } catch (error) {
      return { kind: 'unavailable', reason: reasonOf(error) };
    }
  }

  /** Clears the timers of the breaker. */
  close(): void {
    this.breaker.shutdown();
  }

  /** How long Stripe still wants not to be called, ms. */
  private get quietMs(): number {
    return this.quietUntil - this.now();
  }

  private keep(key: string, kind: StripeObjectKind, lookup: Lookup): void {
    if (lookup.kind === 'absent') this.cache.set(key, lookup, { ttl: absentTtlMs });
    if (lookup.kind === 'found' && !isListKind(kind)) this.cache.set(key, lookup, { ttl: ttlMs[kind] });
  }

  /** Whether there was a turn within the longest wait. */
  private async turnNow(): Promise<boolean> {
    const waitMs = this.bucket.take();
    if (waitMs !== undefined && waitMs > 0) await delay(waitMs);
    return waitMs !== undefined;
  }

  /** Waits for a turn as long as it takes: the pages of a list before this one are read already, or the fact cannot do without. */
  private readonly turn = async (): Promise<void> => {
    while (this.quietMs > 0) await delay(this.quietMs);
    for (;;) {
      const waitMs = this.bucket.take();
      if (waitMs === undefined || waitMs > 0) await delay(waitMs ?? Math.max(turnPauseMs, this.maxWaitMs));
      if (waitMs !== undefined) return;
    }
  };

  /** Throws only for what should open the circuit. */
  private async read(kind: StripeObjectKind, id: string, account: string | null): Promise<Lookup> {
    try {
      return { kind: 'found', object: await this.client.retrieve(kind, id, account, this.turn), fromCache: false };
    } catch (error) {
      this.quietUntil = Math.max(this.quietUntil, this.now() + (retryAfterOfStripe(error) ?? 0));
      const failure = failureOf(error);
      if (failure === 'absent') return { kind: 'absent' };
      if (failure === 'refused') return { kind: 'unavailable', reason: reasonOf(error) };
      throw error;
    }
  }
}
