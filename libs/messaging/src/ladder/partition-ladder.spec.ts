import { headers as names } from '@tributary/contracts';
import { defaultLadderPolicy } from '@tributary/posting';
import type { OrderResult } from '@tributary/posting';
import type { IncomingMessage } from '../envelope.js';
import type { Publisher } from '../message.js';
import { noMetrics } from '../metrics.js';
import { InMemoryParkingLot } from './in-memory-parking-lot.js';
import { PartitionFencedError } from './ladder.errors.js';
import type { ParkingLot } from './parking-lot.js';
import { PartitionLadder } from './partition-ladder.js';

const of = { group: 'sink', topic: 'postings.t.v1', partition: 0 };
const message: IncomingMessage = {
  topic: of.topic,
  partition: of.partition,
  offset: 5n,
  key: Buffer.from('cus_1'),
  value: Buffer.from('{}'),
  headers: { [names.sequence]: 'ch_1' },
  timestamp: 0,
};
/** An operator replays the dead letter. */
const replay: IncomingMessage = {
  ...message,
  topic: `${of.topic}.${of.group}.replay`,
  offset: 0n,
  headers: {
    ...message.headers,
    [names.originalTopic]: of.topic,
    [names.originalPartition]: '0',
    [names.originalOffset]: '5',
    [names.order]: 'order_1',
    [names.orderAction]: 'replay',
  },
};
const publisher: Publisher = { publish: async () => undefined, publishRaw: async () => undefined };

/** A member that owns the partition, or assumes it. Injected messages are processed at once; with `isOver` never, because it is about to learn of its loss. */
function member(lot: ParkingLot, isOver = false, to: Publisher = publisher): { ladder: PartitionLadder; worked: bigint[] } {
  const worked: bigint[] = [];
  const ladder: PartitionLadder = new PartitionLadder({
    ...of,
    lot,
    policy: defaultLadderPolicy,
    publisher: to,
    metrics: noMetrics,
    clock: { now: () => 1_000_000, after: () => () => undefined },
    work: async ({ offset }) => void worked.push(offset),
    inject: async (given) => {
      if (isOver) throw new Error('the partition went to another member');
      await ladder.process(given, 1, new AbortController().signal);
    },
    log: () => undefined,
  });
  return { ladder, worked };
}

async function deadLetter({ ladder }: { ladder: PartitionLadder }): Promise<void> {
  const failure = { disposition: 'reject', code: 'erp.refused', text: '', context: {}, attempts: 1, firstAt: 1, lastAt: 1 } as const;
  await ladder.settle(message, failure);
}

/** The parking lot of a member that can be suspended while it reads the result of an order. */
class StoppableLot extends InMemoryParkingLot {
  private readonly waiting: (() => void)[] = [];
  isStopped = true;

  constructor(private readonly shared: InMemoryParkingLot) {
    super();
    this.claim = shared.claim.bind(shared);
    this.store = shared.store.bind(shared);
    this.read = shared.read.bind(shared);
  }

  override async answered(order: string): Promise<OrderResult | undefined> {
    const result = await this.shared.answered(order);
    if (this.isStopped) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return result;
  }

  goOn(): void {
    this.isStopped = false;
    for (const resolve of this.waiting) resolve();
  }
}

it('answers an order that was answered while the member was suspended, and never assigns it to a head that no retry record resumes (seed 171916)', async () => {
  const lot = new InMemoryParkingLot();
  const slow = new StoppableLot(lot);
  const stale = member(slow, true);
  await deadLetter(stale);
  // The order arrives twice, because its record was sent again. Both read its result, then the process is suspended.
  const ends = Promise.allSettled([stale.ladder.returned(replay), stale.ladder.returned({ ...replay, offset: 1n })]);

  const owner = member(lot);
  await owner.ladder.returned(replay);
  expect([owner.worked, await lot.answered('order_1')]).toEqual([[5n], 'replayed']);

  slow.goOn();
  const [first, second] = await ends;
  expect(first).toMatchObject({ status: 'rejected', reason: expect.any(PartitionFencedError) });
  // It takes the partition back for a moment, until it learns of the loss.
  expect(second).toMatchObject({ status: 'fulfilled' });
  expect((await lot.claim(of)).sequences).toEqual([]);
});

it('marks a message whose bounded wait has ended as held, although it failed with retry', async () => {
  const written: Record<string, unknown>[] = [];
  const to: Publisher = { ...publisher, publishRaw: async (records) => void written.push(...records.map(({ headers }) => headers)) };
  const failure = {
    disposition: 'retry',
    code: 'stripe.settlement-unknown',
    text: '',
    context: {},
    attempts: 3,
    firstAt: 1,
    lastAt: 1,
    holdAfterMs: 999_999,
  } as const;
  await member(new InMemoryParkingLot(), false, to).ladder.settle(message, failure);
  expect(written).toEqual([expect.objectContaining({ [names.disposition]: 'hold', [names.errorCode]: 'stripe.settlement-unknown' })]);
});
