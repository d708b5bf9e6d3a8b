/**
 * What a process of the simulation waits for: a time, ms, or a latch, or whichever of both comes first. The process gets true when the latch
 * opened.
 */
export type Wait = number | Latch | { readonly latch: Latch; readonly ms: number };
/** A process of the simulation: it yields what it waits for. */
export type Process<T = void> = Generator<Wait, T, boolean>;

/** A condition that becomes true once. */
export class Latch {
  isOpen = false;
  private waiters: (() => void)[] = [];

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    const { waiters } = this;
    this.waiters = [];
    for (const waiter of waiters) waiter();
  }

  onOpen(run: () => void): void {
    if (this.isOpen) run();
    else this.waiters.push(run);
  }
}

/** A condition that occurs repeatedly; `next` is its next occurrence. */
export class Bell {
  next = new Latch();

  readonly ring = (): void => {
    const { next } = this;
    this.next = new Latch();
    next.open();
  };
}

/** One running copy of a service: it can be killed and frozen, and its wall clock may be wrong. */
export class Host {
  alive = true;
  frozenUntil = 0;
  /** Error of its wall clock, ms. */
  skewMs = 0;
  readonly born: number;

  constructor(
    readonly name: string,
    readonly engine: Engine,
  ) {
    this.born = engine.now;
  }

  /** Its wall clock. */
  now(): number {
    return this.engine.now + this.skewMs;
  }

  /** Measures the time since now, ms: the larger of monotonic and wall-clock time, as services/erp-sink/src/emit/calls/lease.ts does. */
  stopwatch(): () => number {
    const [monotonic, wall] = [this.engine.now, this.now()];
    return () => Math.max(this.engine.now - monotonic, this.now() - wall);
  }
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A virtual clock and one queue of events. Events of equal times run in the order in which they were scheduled. */
export class Engine {
  now: number;
  events = 0;
  private order = 0;
  private readonly heap: Event[] = [];
  /** Called with an error that a process threw: always a defect of the simulator or the core. */
  onCrash: (error: unknown) => void = (error) => {
    throw error;
  };

  constructor(startAt: number) {
    this.now = startAt;
  }

  at(time: number, run: () => void): void {
    const event: Event = { at: Math.max(time, this.now), order: this.order++, run };
    const { heap } = this;
    let index = heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(event, heap[parent] as Event)) break;
      heap[index] = heap[parent] as Event;
      index = parent;
    }
    heap[index] = event;
  }

  /** Runs all events up to that time, as long as `goesOn`. */
  runUntil(time: number, goesOn: () => boolean = () => true): void {
    for (let next = this.heap[0]; next && next.at <= time && goesOn(); next = this.heap[0]) {
      this.pop();
      this.now = next.at;
      this.events += 1;
      next.run();
    }
    if (goesOn() && this.now < time) this.now = time;
  }

  /** Starts a process on a host: it ends with the host (kill -9 runs no `finally`), and is suspended while the host is frozen. */
  start(host: Host | undefined, process: Process<unknown>): void {
    const resume = (opened: boolean): void => {
      if (host && !host.alive) return;
      if (host && host.frozenUntil > this.now) return this.at(host.frozenUntil, () => resume(opened));
      let next: IteratorResult<Wait, unknown>;
      try {
        next = process.next(opened);
      } catch (error) {
        return this.onCrash(error);
      }
      if (!next.done) this.wait(next.value, resume);
    };
    this.at(this.now, () => resume(false));
  }

  private wait(wait: Wait, resume: (opened: boolean) => void): void {
    if (typeof wait === 'number') return this.at(this.now + wait, () => resume(false));
    let isResumed = false;
    const once = (opened: boolean): void => {
      if (isResumed) return;
      isResumed = true;
      resume(opened);
    };
    const latch = wait instanceof Latch ? wait : wait.latch;
    latch.onOpen(() => this.at(this.now, () => once(true)));
    if (!(wait instanceof Latch)) this.at(this.now + wait.ms, () => once(false));
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop() as Event;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Event, heap[child] as Event)) child += 1;
      if (!before(heap[child] as Event, last)) break;
      heap[index] = heap[child] as Event;
      index = child;
    }
    heap[index] = last;
  }
}

function before(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** A fair lock: one process at a time, in order of arrival. */
export class Turns {
  private tail: Latch | undefined;

  *take<T>(work: () => Process<T>): Process<T> {
    const before = this.tail;
    const mine = new Latch();
    this.tail = mine;
    if (before) yield before;
    try {
      return yield* work();
    } finally {
      if (this.tail === mine) this.tail = undefined;
      mine.open();
    }
  }
}
