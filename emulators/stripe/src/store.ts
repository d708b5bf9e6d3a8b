import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Any Stripe object: JSON with an id. */
export interface StripeObject {
  readonly id: string;
  readonly object: string;
  readonly created?: number;
  readonly [field: string]: unknown;
}

export type Collection = 'customers' | 'payment_intents' | 'charges' | 'refunds' | 'balance_transactions' | 'events' | 'webhook_endpoints';

/** A stored answer to an idempotent request. */
export interface StoredAnswer {
  readonly fingerprint: string;
  readonly status: number;
  readonly body: unknown;
}

type Entry =
  | { readonly c: Collection; readonly o: StripeObject }
  | { readonly k: string; readonly a: StoredAnswer }
  | { readonly n: number }
  | { readonly d: string };

/**
 * Everything the emulator knows, kept over kill -9: each change is appended to a log before it is answered. Assumed: one account, test mode.
 */
export class Store {
  private readonly collections = new Map<Collection, Map<string, StripeObject>>();
  private readonly answers = new Map<string, StoredAnswer>();
  private readonly delivered = new Set<string>();
  private readonly logFile: string | undefined;
  private counter = 0;

  constructor(
    stateDir: string | undefined,
    private readonly seed = 'tributary',
  ) {
    if (stateDir === undefined) return;
    mkdirSync(stateDir, { recursive: true });
    this.logFile = join(stateDir, 'stripe.jsonl');
    if (existsSync(this.logFile)) for (const line of readFileSync(this.logFile, 'utf8').split('\n')) this.replay(line);
  }

  /** A new id: the prefix and 17 characters that a seed repeats. */
  newId(prefix: string): string {
    this.counter += 1;
    this.append({ n: this.counter });
    return `${prefix}_${createHash('sha256').update(`${this.seed}/${this.counter}`).digest('base64url').replace(/[-_]/g, 'x').slice(0, 17)}`;
  }

  put(collection: Collection, object: StripeObject): void {
    this.apply({ c: collection, o: object });
    this.append({ c: collection, o: object });
  }

  get(collection: Collection, id: string): StripeObject | undefined {
    return this.collections.get(collection)?.get(id);
  }

  /** Oldest first. */
  all(collection: Collection): StripeObject[] {
    return [...(this.collections.get(collection)?.values() ?? [])];
  }

  answerTo(key: string): StoredAnswer | undefined {
    return this.answers.get(key);
  }

  keepAnswer(key: string, answer: StoredAnswer): void {
    this.answers.set(key, answer);
    this.append({ k: key, a: answer });
  }

  /** An event was acknowledged by an endpoint. */
  markDelivered(delivery: string): void {
    this.delivered.add(delivery);
    this.append({ d: delivery });
  }

  isDelivered(delivery: string): boolean {
    return this.delivered.has(delivery);
  }

  reset(): void {
    this.collections.clear();
    this.answers.clear();
    this.delivered.clear();
    this.counter = 0;
    if (this.logFile) rmSync(this.logFile, { force: true });
  }

  dump(): Record<string, StripeObject[]> {
    return Object.fromEntries([...this.collections].map(([name, objects]) => [name, [...objects.values()]]));
  }

  private apply(entry: Entry): void {
    if ('c' in entry) {
      const objects = this.collections.get(entry.c) ?? new Map<string, StripeObject>();
      this.collections.set(entry.c, objects);
      objects.set(entry.o.id, entry.o);
    } else if ('k' in entry) this.answers.set(entry.k, entry.a);
    else if ('n' in entry) this.counter = entry.n;
    else this.delivered.add(entry.d);
  }

  private replay(line: string): void {
    if (line === '') return;
    try {
      this.apply(JSON.parse(line) as Entry);
    } catch {
      // The last line of a killed process may be cut: it was never answered.
    }
  }

  private append(entry: Entry): void {
    if (this.logFile) appendFileSync(this.logFile, `${JSON.stringify(entry)}\n`);
  }
}
