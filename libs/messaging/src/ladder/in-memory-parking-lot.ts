import type { Head, OrderResult } from '@tributary/posting';
import type { IncomingMessage } from '../envelope.js';
import { partitionFenced } from './ladder.errors.js';
import type { LadderClaim, LadderPartition, SequenceChange, ParkingLot, StoredSequence } from './parking-lot.js';

interface StoredPartition {
  fence: bigint;
  readonly heads: Map<string, Head>;
  readonly parked: Map<bigint, { readonly sequence: string; readonly message: IncomingMessage }>;
}

/** A parking lot in memory: for tests of handlers, and the reference for other implementations. */
export class InMemoryParkingLot implements ParkingLot {
  private readonly partitions = new Map<string, StoredPartition>();
  private readonly orders = new Map<string, OrderResult>();

  async claim(partition: LadderPartition): Promise<{ claim: LadderClaim; sequences: StoredSequence[] }> {
    const stored = this.of(partition);
    stored.fence += 1n;
    const names = new Set([...stored.heads.keys(), ...[...stored.parked.values()].map(({ sequence }) => sequence)]);
    const offsets = [...stored.parked.keys()].sort((a, b) => (a < b ? -1 : 1));
    const sequences = [...names].map((sequence) => ({
      sequence,
      head: stored.heads.get(sequence),
      parked: offsets.filter((offset) => stored.parked.get(offset)?.sequence === sequence),
    }));
    return { claim: { ...partition, fence: stored.fence }, sequences };
  }

  async store(claim: LadderClaim, sequence: string, changes: readonly SequenceChange[]): Promise<void> {
    const stored = this.of(claim);
    if (stored.fence !== claim.fence) throw partitionFenced(claim, sequence);
    for (const change of changes) {
      if (change.kind === 'park') stored.parked.set(change.message.offset, { sequence, message: change.message });
      else if (change.kind === 'unpark') stored.parked.delete(change.offset);
      else if (change.kind === 'answer') this.orders.set(change.order, change.result);
      else if (change.head) stored.heads.set(sequence, change.head);
      else stored.heads.delete(sequence);
    }
  }

  async read(partition: LadderPartition, offset: bigint): Promise<IncomingMessage | undefined> {
    return this.of(partition).parked.get(offset)?.message;
  }

  async answered(order: string): Promise<OrderResult | undefined> {
    return this.orders.get(order);
  }

  private of({ group, topic, partition }: LadderPartition): StoredPartition {
    const name = `${group}\n${topic}\n${partition}`;
    let stored = this.partitions.get(name);
    if (!stored) this.partitions.set(name, (stored = { fence: 0n, heads: new Map(), parked: new Map() }));
    return stored;
  }
}
