import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Any Stripe object: JSON with an id. */
export interface StripeObject {
  readonly id: string;
  readonly object: string;
  readonly created?: number;
  readonly [field: string]: unknown;
}

/** Kinds of objects that the account keeps; `ledger_entries` says which payout took a balance transaction. */
export type Collection =
  | 'customers'
  | 'payment_intents'
  | 'charges'
  | 'refunds'
  | 'disputes'
  | 'early_fraud_warnings'
  | 'payouts'
  | 'balance_transactions'
  | 'ledger_entries'
  | 'checkout_sessions'
  | 'invoices'
  | 'invoice_payments'
  | 'credit_notes'
  | 'events'
  | 'webhook_endpoints';

/** A stored answer to an idempotent request. */
export interface StoredAnswer {
  readonly fingerprint: string;
  readonly status: number;
  readonly body: unknown;
  /** Of the request that was executed; a replay names it. */
  readonly requestId: string;
}

type Entry =
  | { readonly c: Collection; readonly o: StripeObject }
  | { readonly k: string; readonly a: StoredAnswer }
  | { readonly n: number }
  | { readonly m: string; readonly v: unknown }
  | { readonly d: string };

/**
 * Everything the emulator knows, kept over kill -9: each change is appended to a log before it is answered, and what belongs together
 * is one line of it, so that a killed process leaves all of it or nothing. Assumed: one account, test mode.
 */
export class Store {
  private readonly collections = new Map<Collection, Map<string, StripeObject>>();
  private readonly answers = new Map<string, StoredAnswer>();
  private readonly delivered = new Set<string>();
  private readonly notes = new Map<string, unknown>();
  private line: Entry[] | undefined;
  private readonly logFile: string | undefined;
  private counter = 0;

  constructor(
    stateDir: string | undefined,
    private readonly seed = 'tributary',
  ) {
    if (stateDir === undefined) return;
    mkdirSync(stateDir, { recursive: true });
    this.logFile = join(stateDir, 'stripe.jsonl');
    if (existsSync(this.logFile)) this.load(this.logFile);
  }

  /** All changes of `run` become one line of the log. */
  together<Result>(run: () => Result): Result {
    if (this.line) return run();
    this.line = [];
    try {
      return run();
    } finally {
      const entries = this.line;
      this.line = undefined;
      if (entries.length > 0) this.write(entries);
    }
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

  /** A value under a name, kept like everything else. */
  note(name: string, value: unknown): void {
    this.notes.set(name, value);
    this.append({ m: name, v: value });
  }

  noted(name: string): unknown {
    return this.notes.get(name);
  }

  /** Acknowledged by an endpoint, of all time. */
  get deliveredCount(): number {
    return this.delivered.size;
  }

  isDelivered(delivery: string): boolean {
    return this.delivered.has(delivery);
  }

  /** Forgets all but the counter of ids: an id never means two things, whoever remembers the first. */
  reset(): void {
    this.collections.clear();
    this.answers.clear();
    this.delivered.clear();
    this.notes.clear();
    if (this.logFile) writeFileSync(this.logFile, `${JSON.stringify([{ n: this.counter }])}\n`);
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
    else if ('m' in entry) this.notes.set(entry.m, entry.v);
    else this.delivered.add(entry.d);
  }

  /** The last line of a killed process may be cut: it was never answered, so it goes, and the next one starts a line of its own. */
  private load(logFile: string): void {
    const bytes = readFileSync(logFile);
    const whole = bytes.lastIndexOf('\n') + 1;
    if (whole < bytes.byteLength) truncateSync(logFile, whole);
    for (const line of bytes.subarray(0, whole).toString('utf8').split('\n')) {
      if (line === '') continue;
      for (const entry of [JSON.parse(line) as Entry | Entry[]].flat()) this.apply(entry);
    }
  }

  private append(entry: Entry): void {
    if (this.line) this.line.push(entry);
    else this.write([entry]);
  }

  private write(entries: readonly Entry[]): void {
    if (this.logFile) appendFileSync(this.logFile, `${JSON.stringify(entries)}\n`);
  }
}
