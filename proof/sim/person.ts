import type { OrderAction } from '@tributary/posting';
import type { SimBroker } from './broker.js';
import type { Message, SimDatabase } from './database.js';
import type { SimErp } from './erp.js';
import type { SimRequest } from './facts.js';
import type { Tracker } from './tracker.js';
import type { World } from './world.js';

/** How often a person looks at the dead letters and at what is held, ms. */
const roundMs = 90_000;
const rounds = 14;

/**
 * What people do once the storm is over: mend what the ERP refused, take away second documents, give dead letters back (or skip one), and
 * ask again for what is held. Orders go the way of `tributary dlq`: the replay topic, each with an id of its own.
 */
export class SimPerson {
  private orders = 0;
  private readonly given = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly broker: SimBroker,
    private readonly database: SimDatabase,
    private readonly erp: SimErp,
    private readonly tracker: Tracker,
    private readonly requests: ReadonlyMap<string, SimRequest>,
    private readonly append: (request: SimRequest, partition: number) => void,
  ) {}

  *working(): Generator<number, void, boolean> {
    this.erp.mended = true;
    this.erp.closedUntil = 0;
    this.erp.locked.clear();
    for (let round = 0; round < rounds; round += 1) {
      this.removeDuplicates();
      yield* this.giveBack();
      this.askAgain();
      yield roundMs;
    }
  }

  private removeDuplicates(): void {
    for (const { key, posting } of this.database.postings.values()) {
      if (!posting.twice) continue;
      this.world.trace('person', () => `takes away the second document of ${key}`);
      this.erp.removeDuplicates(key);
    }
  }

  /** Replays nearly all; skips some that were refused as they are; gives some orders twice, as an impatient person does. */
  private *giveBack(): Generator<number, void, boolean> {
    const { dice } = this.world;
    for (const [partition, { heads }] of this.database.lot)
      for (const head of heads.values()) {
        if (head.place === 'rung' || head.order) continue;
        const message = this.messageAt(partition, head.offset);
        if (!message) continue;
        const name = `${partition}/${head.offset}/${head.attempts}`;
        const action: OrderAction = message.request.bad && dice.chance(0.3) ? 'skip' : 'replay';
        const id = `order_${(this.orders += 1)}`;
        this.tracker.given(partition, head.offset);
        const log = this.broker.replays[partition];
        const times = dice.chance(0.2) ? 2 : 1;
        this.world.trace('person', () => `orders ${action} of ${name} (${id})${times > 1 ? ' twice' : ''}`);
        for (let time = 0; time < times; time += 1) log?.append({ message, attempts: 0, dueAt: 0, order: { id, action } }, false);
        this.given.add(name);
        yield dice.between(0, 400);
      }
  }

  /** What is held in the ledger for a person: its request once more, as a replay of the posting. */
  private askAgain(): void {
    for (const { posting, key } of this.database.postings.values()) {
      const request = posting.request && this.requests.get(posting.request.requestId);
      if (posting.state !== 'held' || posting.sentAt !== undefined || posting.twice || !request) continue;
      this.world.trace('person', () => `asks again for ${key}`);
      this.append(request, this.partitionOf(request));
    }
  }

  private partitionOf(request: SimRequest): number {
    return Number(request.recordKey.split('_')[1]) % this.broker.partitions;
  }

  private messageAt(partition: number, offset: bigint): Message | undefined {
    const [record] = this.broker.postings[partition]?.from(offset) ?? [];
    return record?.offset === offset ? record.value : undefined;
  }
}
