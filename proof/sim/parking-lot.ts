import type { Head, OrderResult, SequenceState } from '@tributary/posting';
import type { LotPartition, Message, SimDatabase } from './database.js';
import type { Host, Process } from './engine.js';
import type { Tracker } from './tracker.js';
import { Failed } from './world.js';
import type { World } from './world.js';

/** One change of a stored sequence. */
export type SequenceChange =
  | { readonly kind: 'head'; readonly head: Head | undefined }
  | { readonly kind: 'park'; readonly message: Message }
  | { readonly kind: 'unpark'; readonly offset: bigint }
  | { readonly kind: 'answer'; readonly order: string; readonly result: OrderResult };

/** The parking lot as one member sees it. Imitates libs/messaging/src/ladder/postgres-parking-lot.ts. */
export class SimParkingLot {
  constructor(
    private readonly world: World,
    private readonly host: Host,
    private readonly database: SimDatabase,
    private readonly tracker: Tracker,
    private readonly partition: number,
  ) {}

  /** Takes over the partition and reads its blocked sequences. */
  *claim(): Process<{ fence: number; sequences: readonly [string, SequenceState][] }> {
    return yield* this.database.transaction(this.host, `claiming partition ${this.partition}`, () => {
      const lot = this.database.partitionOf(this.partition);
      lot.fence += 1;
      return { fence: lot.fence, sequences: this.world.core.glue.lotIsRead ? sequencesOf(lot) : [] };
    });
  }

  /** The result that an order already has. */
  *answered(order: string): Process<OrderResult | undefined> {
    return yield* this.database.transaction(this.host, 'reading an order', () => this.database.orders.get(order));
  }

  /** A parked message. @throws {Failed} when it is missing. */
  *read(offset: bigint): Process<Message> {
    const { database } = this;
    const message = yield* database.transaction(this.host, 'reading a parked message', () =>
      database.partitionOf(this.partition).parked.get(offset),
    );
    if (!message) throw new Failed('ladder.parked-message-missing', 'pause', `parked message ${offset} is missing from the store`);
    return message;
  }

  /** Stores changes of one sequence, all or none. @returns false when another member has taken over the partition. */
  *store(fence: number, sequence: string, changes: readonly SequenceChange[]): Process<boolean> {
    const { database, world, host, partition } = this;
    const { lotIsFenced } = world.core.glue;
    let lost = false;
    yield* database.transaction(host, `storing sequence ${sequence}`, () => {
      const lot = database.partitionOf(partition);
      lost = lot.fence !== fence;
      if (lost && lotIsFenced) return;
      // I7: a former owner of the partition stores nothing.
      world.checks.that('I7', !lost, () => `sequence ${sequence} of partition ${partition} is stored by ${host.name}, which has lost it`);
      for (const change of changes) this.apply(lot, sequence, change);
    });
    return !lost || !lotIsFenced;
  }

  private apply(lot: LotPartition, sequence: string, change: SequenceChange): void {
    switch (change.kind) {
      case 'answer':
        this.database.orders.set(change.order, change.result);
        return;
      case 'unpark':
        lot.parked.delete(change.offset);
        return;
      case 'park':
        if (this.world.core.glue.parkIsStored) lot.parked.set(change.message.offset, change.message);
        return;
      case 'head':
        if (!change.head) lot.heads.delete(sequence);
        else {
          this.tracker.heads(this.partition, change.head, sequence);
          lot.heads.set(sequence, change.head);
        }
    }
  }
}

function sequencesOf({ heads, parked }: LotPartition): [string, SequenceState][] {
  const offsets = [...parked.keys()].sort((a, b) => (a < b ? -1 : 1));
  const sequences = new Set([...heads.keys(), ...[...parked.values()].map(({ request }) => request.sequence)]);
  return [...sequences].map((sequence) => [
    sequence,
    {
      head: heads.get(sequence),
      parked: offsets.filter((offset) => parked.get(offset)?.request.sequence === sequence),
      releasing: false,
    },
  ]);
}
