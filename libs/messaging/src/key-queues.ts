import type { QueuedMessage } from './queued-message.js';
import type { Timers } from './timers.js';

/** The messages of one key, oldest first. */
export interface KeyQueue {
  readonly key: string;
  readonly items: QueuedMessage[];
  /** Whether its oldest message is in work. */
  running: boolean;
  /** Whether its oldest message waits for a retry. */
  delayed: boolean;
}

/** The queues of one partition, one per record key, and which of them could run their oldest message now. */
export class KeyQueues {
  private readonly queues = new Map<string, KeyQueue>();
  private readonly ready: KeyQueue[] = [];

  constructor(private readonly timers: Timers) {}

  /** Whether any queue could run. */
  get hasReady(): boolean {
    return this.ready.length > 0;
  }

  /** Adds a message to the queue of its key. */
  add(item: QueuedMessage): void {
    const { message } = item;
    // Without a key there is no order to keep: a queue of its own.
    const key = message.key ? message.key.toString('base64') : `offset ${message.offset}`;
    const queue = this.queues.get(key) ?? { key, items: [], running: false, delayed: false };
    this.queues.set(key, queue);
    queue.items.push(item);
    if (queue.items.length === 1) this.ready.push(queue);
  }

  /** The next queue that could run, or undefined. */
  next(): KeyQueue | undefined {
    while (this.ready[0]?.items.length === 0) this.ready.shift();
    return this.ready[0];
  }

  /** Takes the queue that {@link next} returned: its oldest message is in work. */
  start(queue: KeyQueue): void {
    this.ready.shift();
    queue.running = true;
  }

  /** The oldest message is no longer in work: it was finished and removed, is delayed, or runs again. */
  stop(queue: KeyQueue): void {
    queue.running = false;
    if (queue.items.length === 0) this.queues.delete(queue.key);
    else if (!queue.delayed && !this.ready.includes(queue)) this.ready.push(queue);
  }

  /** Holds the queue back. @param onReady called when it is ready again. */
  delay(queue: KeyQueue, ms: number, onReady: () => void): void {
    queue.delayed = true;
    this.timers.later(ms, () => {
      queue.delayed = false;
      this.ready.push(queue);
      onReady();
    });
  }

  /** Every message that is not in work. */
  *waiting(): Iterable<QueuedMessage> {
    for (const { items, running } of this.queues.values()) yield* running ? items.slice(1) : items;
  }
}
