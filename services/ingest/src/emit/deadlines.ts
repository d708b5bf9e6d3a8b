/** Something that has to happen within the deadline. */
export interface Deadline {
  /** It has happened. */
  met(): void;
}

interface Entry extends Deadline {
  readonly at: number;
  readonly missed: () => void;
  isOpen: boolean;
}

/**
 * Deadlines of one length with one timer for all of them: each ends after those that began before it. A timer of its own for each delivery
 * costs more than the delivery's place in the queue.
 */
export class Deadlines {
  private entries: Entry[] = [];
  private first = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param now ms of a monotonic clock. */
  constructor(
    private readonly lengthMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Begins one. @param missed called when it is not met in time; not before. */
  begin(missed: () => void): Deadline {
    const entry: Entry = {
      at: this.now() + this.lengthMs,
      missed,
      isOpen: true,
      met: () => {
        entry.isOpen = false;
        if (this.entries[this.first] === entry) this.forgetMet();
      },
    };
    this.entries.push(entry);
    this.timer ??= setTimeout(() => this.look(), this.lengthMs).unref();
    return entry;
  }

  /** Deadlines that are kept: the oldest that is open, and all after it. */
  get kept(): number {
    return this.entries.length - this.first;
  }

  private look(): void {
    this.timer = undefined;
    const now = this.now();
    for (let entry = this.entries[this.first]; entry && (!entry.isOpen || entry.at <= now); entry = this.entries[this.first]) {
      this.first += 1;
      if (!entry.isOpen) continue;
      entry.isOpen = false;
      entry.missed();
    }
    this.forgetMet();
    const next = this.entries[this.first];
    if (next) this.timer = setTimeout(() => this.look(), Math.max(1, Math.ceil(next.at - now))).unref();
  }

  private forgetMet(): void {
    while (this.entries[this.first]?.isOpen === false) this.first += 1;
    if (this.first * 2 < this.entries.length) return;
    this.entries = this.entries.slice(this.first);
    this.first = 0;
  }
}
