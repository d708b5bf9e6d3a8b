import { amountDiffersCode, neverAskedCode, unbalancedCode } from '@tributary/posting';
import type { OrderAction } from '@tributary/posting';
import type { DeadLetter, SimBroker } from './broker.js';
import type { Message, SimDatabase } from './database.js';
import type { SimErp } from './erp.js';
import type { Tracker } from './tracker.js';
import type { World } from './world.js';

/** How often operators look at dead letters and held postings, ms. */
const roundMs = 90_000;
const rounds = 14;

/**
 * What operators do after the storm: correct what the ERP rejected, delete duplicates, replay dead letters or skip one. Their orders go to the
 * replay topic, each with an id of its own, as those of `tributary dlq`.
 */
export class SimOperator {
  private orders = 0;
  private readonly skips = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly broker: SimBroker,
    private readonly database: SimDatabase,
    private readonly erp: SimErp,
    private readonly tracker: Tracker,
    private readonly orderRelease: (batchId: string) => void,
  ) {}

  *working(): Generator<number, void, boolean> {
    this.erp.ledger.mended = true;
    this.erp.ledger.closedUntil = 0;
    this.erp.ledger.locked.clear();
    for (let round = 0; round < rounds; round += 1) {
      this.removeDuplicates();
      this.endBatches();
      yield* this.order();
      yield roundMs;
    }
  }

  /** Deletes duplicates, and what was stored in part and can be neither finished nor deleted by the sink. */
  private removeDuplicates(): void {
    for (const { key, posting } of this.database.postings.values()) {
      if (posting.state === 'held' && posting.half !== undefined) this.erp.ledger.discard(posting.half.reference['id'] ?? '', key);
      if (!posting.hasDuplicate && posting.state !== 'held') continue;
      this.world.trace('operator', () => `deletes the duplicate of ${key}`);
      this.erp.ledger.removeDuplicates(key);
    }
  }

  /** Ends releases that the ERP works on for ever, and orders another one where the target refused. */
  private endBatches(): void {
    const { ledger } = this.erp;
    for (const [batchId, state] of ledger.batches) {
      if (state !== 'posting') continue;
      if (this.world.dice.chance(0.5)) ledger.releaseBatch(batchId);
      else ledger.batches.set(batchId, 'open');
    }
    for (const [batchId, { state }] of this.database.batches) if (state === 'failed') this.orderRelease(batchId);
  }

  /** Every open dead letter: replays nearly all, skips some that were rejected, and sends some orders twice, as impatient operators do. */
  private *order(): Generator<number, void, boolean> {
    const { dice } = this.world;
    for (const [name, letter] of this.openDeadLetters()) {
      const { partition, offset } = letter;
      const message = this.messageAt(partition, offset);
      if (!message) continue;
      const action = this.actionFor(name, letter.code, message);
      if (action === 'skip') this.skips.add(name);
      const id = `order_${(this.orders += 1)}`;
      this.tracker.ordered(partition, offset);
      const times = dice.chance(0.2) ? 2 : 1;
      this.world.trace('operator', () => `orders ${action} of ${name} ${message.request.requestId} (${id})${times > 1 ? ' twice' : ''}`);
      for (let time = 0; time < times; time += 1)
        this.broker.replays[partition]?.append({ message, attempts: 0, dueAt: 0, order: { id, action } }, false);
      yield dice.between(0, 400);
    }
  }

  /** A request with another amount than the booked one is skipped: replayed, it would be held again. */
  private actionFor(name: string, code: string, { request }: Message): OrderAction {
    if (this.skips.has(name) || code === amountDiffersCode || code === unbalancedCode) return 'skip';
    const isOrphan = request.needs.some(({ postingKey }) => !this.database.postings.has(postingKey));
    if (code === neverAskedCode && isOrphan) return 'skip';
    return request.bad && this.world.dice.chance(0.3) ? 'skip' : 'replay';
  }

  /** Dead letters that need an operator, by their own state and the outcome of their request; see services/recon/src/desk/decide. */
  private openDeadLetters(): Map<string, DeadLetter> {
    const open = new Map<string, DeadLetter>();
    for (const letter of this.broker.deadLetters) {
      const { partition, offset, requestId } = letter;
      const result = this.database.outcomes.get(requestId)?.result;
      const head = [...(this.database.lot.get(partition)?.heads.values() ?? [])].find((one) => one.offset === offset);
      const isBlocking = head !== undefined && head.place !== 'rung' && head.order === undefined;
      if (isBlocking || (head === undefined && (result === 'rejected' || result === 'held'))) open.set(`${partition}/${offset}`, letter);
    }
    return open;
  }

  private messageAt(partition: number, offset: bigint): Message | undefined {
    const [record] = this.broker.postings[partition]?.from(offset) ?? [];
    return record?.offset === offset ? record.value : undefined;
  }
}
