import type { Batch, Head, OrderResult, Posting } from '@tributary/posting';
import { newPosting } from '@tributary/posting';
import type { Host, Process } from './engine.js';
import type { SimRequest } from './sim-request.js';
import { Failed } from './world.js';
import type { World } from './world.js';

/** Where a request was read, as its dead letter names it. */
export interface Origin {
  readonly partition: number;
  readonly offset: bigint;
}

/** A request as the ledger stores it. */
export interface Stored {
  readonly request: SimRequest;
  readonly origin: Origin;
}

/** A row of erp_sink.posting. */
export interface Row {
  readonly key: string;
  readonly posting: Posting;
  readonly stored: Stored | undefined;
  readonly setAside: Stored | undefined;
  readonly batchId: string | undefined;
  /** When the request began to wait, and when a need that nobody has asked for is decided about, ms. */
  readonly waitingSince: number | undefined;
  readonly decideAt: number | undefined;
  readonly released: boolean;
  readonly changedAt: number;
}

/** A row of erp_sink.outcome. */
export interface Outcome {
  readonly requestId: string;
  readonly number: number;
  readonly result: string;
  readonly digest: string;
  readonly code: string | undefined;
  readonly text: string | undefined;
  readonly due: boolean;
  readonly concludedAt: number;
  readonly reference: string | undefined;
  /** The dead letter to write or to close, because the offset of the request is already committed. */
  readonly deadLetter:
    { readonly request: SimRequest; readonly origin: Origin; readonly status: 'rejected' | 'held' | 'ended' } | undefined;
}

/** A message, as the parking lot and the partition worker know it. */
export interface Message {
  readonly partition: number;
  readonly offset: bigint;
  readonly request: SimRequest;
}

/** One partition in the parking lot. */
export interface LotPartition {
  fence: number;
  readonly heads: Map<string, Head>;
  readonly parked: Map<bigint, Message>;
}

/** How long a client waits for an unavailable database, ms. */
const connectMs = 1_500;
/** Largest difference between the clocks of two database nodes, ms. */
const clockDifferenceMs = 800;

/**
 * PostgreSQL: a transaction is serial and durable, or did not happen; its client may not learn which. (A failover that loses committed
 * transactions is not simulated: the ledger requires synchronous replication.)
 */
export class SimDatabase {
  readonly postings = new Map<string, Row>();
  readonly outcomes = new Map<string, Outcome>();
  readonly batches = new Map<string, Batch>();
  /** Kind of each batch, by its id. */
  readonly groups = new Map<string, string>();
  readonly lot = new Map<number, LotPartition>();
  readonly orders = new Map<string, OrderResult>();
  downUntil = 0;
  private skewMs = 0;

  constructor(private readonly world: World) {}

  /** clock_timestamp(), the same for every client. */
  now(): number {
    return this.world.now + this.skewMs;
  }

  /** Runs `work` at one instant, all or nothing; faults strike before and after it. @throws {Failed} pause or retry. */
  *transaction<T>(host: Host, doing: string, work: () => T): Process<T> {
    const { world } = this;
    const { faults } = world;
    yield world.dice.between(1, 4);
    if (world.now < this.downUntil) {
      yield connectMs;
      throw new Failed('database.silent', 'pause', `${doing}: PostgreSQL does not answer`);
    }
    if (faults.strikes('serialization-failure', 0.02)) throw new Failed('database.conflict', 'retry', `${doing}: 40001`);
    if (faults.strikes('disk-full', 0.02)) throw new Failed('database.silent', 'pause', `${doing}: 53100`);
    const result = work();
    if (faults.strikes('database-failover', 0.01)) {
      this.failOver();
      throw new Failed('database.silent', 'pause', `${doing}: connection lost, commit unknown`);
    }
    yield world.dice.between(1, 3);
    return result;
  }

  failOver(): void {
    const dice = this.world.faults.of('database-failover');
    this.downUntil = this.world.now + dice.between(500, 20_000);
    this.skewMs = dice.between(-clockDifferenceMs, clockDifferenceMs);
    this.world.trace('postgres', () => `failover, back in ${this.downUntil - this.world.now} ms, clock ${this.skewMs} ms`);
  }

  row(key: string): Row {
    return (
      this.postings.get(key) ?? {
        key,
        posting: newPosting,
        stored: undefined,
        setAside: undefined,
        batchId: undefined,
        waitingSince: undefined,
        decideAt: undefined,
        released: false,
        changedAt: this.now(),
      }
    );
  }

  partitionOf(partition: number): LotPartition {
    let stored = this.lot.get(partition);
    if (!stored) this.lot.set(partition, (stored = { fence: 0, heads: new Map(), parked: new Map() }));
    return stored;
  }
}
