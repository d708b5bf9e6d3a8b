/** One message as it goes to the broker. */
export interface EncodedMessage {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string | Buffer>>;
  /** Key, value and headers plus 70 bytes of framing (docs/reference/kafkajs.md, 2.10). */
  readonly bytes: number;
}

/** Limits of a batch, and how one is sent. */
export interface PartitionSendQueueOptions {
  readonly maxMessages: number;
  readonly maxBytes: number;
  /** Resolves when a batch is to be formed. Default: at once. */
  turn?(): Promise<void>;
  /** Sends one batch to one partition. Resolves only when the broker has it; throws for anything else. */
  send(batch: readonly EncodedMessage[], attempt: number): Promise<void>;
  /** Whether an error means that this batch can never be written; every other error is ambiguous and the batch is sent again. */
  isFinal(error: unknown): boolean;
  /** Called before an identical batch is sent again. */
  onResend(error: unknown, attempt: number): Promise<void> | void;
}

interface Queued {
  readonly message: EncodedMessage;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * The send queue of one partition: one unfinished send at a time; messages that arrive in the meantime form the next batch. After an
 * ambiguous failure the *identical* batch is sent again, without a limit. That is what keeps kafkajs' idempotent producer
 * from losing acknowledged records (docs/reference/kafkajs.md, section 1, rules 1 and 3).
 */
export class PartitionSendQueue {
  private queue: Queued[] = [];
  private pumping = false;

  constructor(private readonly options: PartitionSendQueueOptions) {}

  /** Resolves when the message is durable. Rejects only when it can never be written. */
  push(message: EncodedMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ message, resolve, reject });
      // A turn later, so that messages of one event-loop turn share a batch.
      if (!this.pumping) {
        this.pumping = true;
        setImmediate(() => void this.pump());
      }
    });
  }

  get depth(): number {
    return this.queue.length;
  }

  get idle(): boolean {
    return !this.pumping;
  }

  private async pump(): Promise<void> {
    while (this.queue.length > 0) {
      await this.options.turn?.();
      await this.deliver(this.nextBatch());
    }
    this.pumping = false;
  }

  private nextBatch(): Queued[] {
    let bytes = 0;
    let count = 0;
    for (const { message } of this.queue) {
      if (count === this.options.maxMessages || (count > 0 && bytes + message.bytes > this.options.maxBytes)) break;
      bytes += message.bytes;
      count += 1;
    }
    const batch = this.queue.slice(0, count);
    this.queue = this.queue.slice(count);
    return batch;
  }

  private async deliver(batch: readonly Queued[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.options.send(
          batch.map(({ message }) => message),
          attempt,
        );
        for (const { resolve } of batch) resolve();
        return;
      } catch (error) {
        if (this.options.isFinal(error)) return this.isolate(batch, error);
        await this.options.onResend(error, attempt);
      }
    }
  }

  /** Bisects a permanently rejected batch, in order, to isolate the bad message. */
  private async isolate(batch: readonly Queued[], error: unknown): Promise<void> {
    if (batch.length === 1) {
      batch[0]?.reject(error);
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await this.deliver(batch.slice(0, middle));
    await this.deliver(batch.slice(middle));
  }
}

/** Limit for the bytes that wait in all send queues together; callers wait in line for room. */
export class ByteBudget {
  private used = 0;
  private readonly waiting: { bytes: number; go: () => void }[] = [];

  constructor(readonly limit: number) {}

  get inUse(): number {
    return this.used;
  }

  /** Takes room if there is some at once. @returns whether it did; those who wait already come first. */
  take(bytes: number): boolean {
    if (this.waiting.length > 0 || (this.used > 0 && this.used + bytes > this.limit)) return false;
    this.used += bytes;
    return true;
  }

  /** Resolves when there is room. One message larger than the whole budget passes alone. */
  async acquire(bytes: number): Promise<void> {
    if (!this.take(bytes)) await new Promise<void>((go) => this.waiting.push({ bytes, go }));
  }

  release(bytes: number): void {
    this.used -= bytes;
    while (this.waiting[0] && (this.used === 0 || this.used + this.waiting[0].bytes <= this.limit)) {
      const next = this.waiting.shift() as { bytes: number; go: () => void };
      this.used += next.bytes;
      next.go();
    }
  }
}
