import { StackError } from '@tributary/local-stack';
import type { Child, Exit, ProcessIdentity } from '@tributary/local-stack';
import type { Part, PartState, ProcessPart } from './part.js';

/** The state of one part, for the display and the state file. */
export interface PartView {
  readonly name: string;
  readonly kind: Part['kind'];
  readonly state: PartState;
  readonly port?: number;
  readonly identity?: ProcessIdentity;
  /** Milliseconds from start to ready. */
  readonly tookMs?: number;
  readonly restarts: number;
  /** Why it failed or was restarted. */
  readonly note?: string;
}

/** Delays and limits of the supervisor. */
export interface SupervisorOptions {
  /** Called after every change with the view of all parts, in their order. */
  readonly onChange?: (parts: readonly PartView[]) => void;
  /** Delay before the first restart of a process that ended by itself; doubles up to `restartMaxMs`. */
  readonly restartMs?: number;
  readonly restartMaxMs?: number;
}

interface Entry {
  readonly part: Part;
  state: PartState;
  child?: Child;
  tookMs?: number;
  restarts: number;
  note?: string;
  /** Stopped on request, and not restarted until `resume`. */
  paused?: boolean;
}

/** A process that has been up this long starts its restart delays anew. */
const settledMs = 60_000;

/**
 * Starts parts in the order of their dependencies, restarts a process that ends by itself, and ends all: services first, in their
 * order, which is the order in which data flows, so that each drains into one that still runs; then emulators; then the
 * infrastructure in reverse order.
 */
export class Supervisor {
  private readonly entries: readonly Entry[];
  private stopping = false;
  private readonly restartMs: number;
  private readonly restartMaxMs: number;

  constructor(
    parts: readonly Part[],
    private readonly options: SupervisorOptions = {},
  ) {
    for (const part of parts) {
      const unknown = part.dependsOn.find((name) => !parts.some((other) => other.name === name));
      if (unknown)
        throw new StackError('stack.unknown-part', `describing the stack: ${part.name} depends on ${unknown}, which is not in it`);
    }
    this.entries = parts.map((part) => ({ part, state: 'waiting', restarts: 0 }));
    this.restartMs = options.restartMs ?? 1_000;
    this.restartMaxMs = options.restartMaxMs ?? 30_000;
  }

  view(): PartView[] {
    return this.entries.map(({ part, state, child, tookMs, restarts, note }) => ({
      name: part.name,
      kind: part.kind,
      state,
      restarts,
      ...(part.kind === 'task' ? {} : { port: part.port }),
      ...(child && !child.exit ? { identity: child.identity } : {}),
      ...(tookMs === undefined ? {} : { tookMs }),
      ...(note === undefined ? {} : { note }),
    }));
  }

  /** Resolves when every part is ready or done. @throws the first failure; the caller then stops what is running. */
  async start(): Promise<void> {
    const begun = new Map<string, Promise<void>>();
    const begin = (entry: Entry): Promise<void> => {
      const known = begun.get(entry.part.name);
      if (known) return known;
      const ready = (async () => {
        await Promise.all(entry.part.dependsOn.map((name) => begin(this.entryOf(name))));
        if (this.stopping) throw new StackError('stack.stopped', 'starting the stack: it was told to stop');
        await this.bring(entry);
      })();
      begun.set(entry.part.name, ready);
      return ready;
    };
    const results = this.entries.map(begin);
    results.forEach((result) => result.catch(() => undefined)); // the first failure is reported by the line below
    await Promise.all(results);
  }

  /** Ends everything; `hard` without asking. Safe to call at any time and twice. */
  async stop(hard = false): Promise<void> {
    this.stopping = true;
    const running = (kind: Part['kind']): Entry[] => this.entries.filter((entry) => entry.part.kind === kind);
    if (hard) {
      await Promise.all(this.entries.map((entry) => entry.child?.kill9()));
      return;
    }
    for (const entry of running('service')) await this.end(entry);
    await Promise.all(running('emulator').map((entry) => this.end(entry)));
    for (const entry of running('infrastructure').reverse()) await this.end(entry);
  }

  /** Stops one process in order and does not restart it until `resume`. Nothing happens for a name that is not there. */
  async pause(name: string): Promise<void> {
    const entry = this.entries.find(({ part }) => part.name === name && part.kind !== 'task');
    if (!entry || this.stopping) return;
    entry.paused = true;
    await this.end(entry);
  }

  /** Starts a paused process again; when it does not come up it is restarted like any other. */
  async resume(name: string): Promise<void> {
    const entry = this.entries.find(({ part, paused }) => part.name === name && paused);
    if (!entry || entry.part.kind === 'task' || this.stopping) return;
    entry.paused = false;
    const { part } = entry;
    try {
      await this.bring(entry);
    } catch {
      void this.ended(entry, part, entry.child?.exit ?? { code: null, signal: null }, Date.now());
    }
  }

  private entryOf(name: string): Entry {
    return this.entries.find((entry) => entry.part.name === name) as Entry;
  }

  private async bring(entry: Entry): Promise<void> {
    const started = Date.now();
    this.change(entry, 'starting');
    try {
      if (entry.part.kind === 'task') await entry.part.run();
      else await this.bringProcess(entry, entry.part);
    } catch (error) {
      if (!this.stopping) this.change(entry, 'failed', error instanceof Error ? error.message : String(error));
      throw error;
    }
    entry.tookMs = Date.now() - started;
    this.change(entry, entry.part.kind === 'task' ? 'done' : 'ready');
  }

  private async bringProcess(entry: Entry, part: ProcessPart): Promise<void> {
    const child = await part.start();
    entry.child = child;
    this.change(entry, 'starting');
    if (this.stopping) await child.stop(part.graceMs); // told to stop between spawn and here
    await part.ready(child);
    void child.exited.then((exit) => this.ended(entry, part, exit, Date.now()));
  }

  /** A process ended: expected while stopping or paused, else it is started again after a growing delay (I7). */
  private async ended(entry: Entry, part: ProcessPart, exit: Exit, at: number): Promise<void> {
    let delayMs = this.restartMs;
    let upSince = at;
    for (;;) {
      if (this.stopping || entry.paused) return;
      entry.restarts += 1;
      this.change(entry, 'restarting', `ended with ${exit.signal ?? `code ${exit.code}`}`);
      await new Promise((resolve) => setTimeout(resolve, delayMs).unref());
      if (this.stopping || entry.paused) return;
      try {
        upSince = Date.now();
        const child = await part.start();
        entry.child = child;
        await part.ready(child);
        this.change(entry, 'ready');
        exit = await child.exited;
      } catch {
        await entry.child?.kill9();
        exit = entry.child?.exit ?? exit;
      }
      delayMs = Date.now() - upSince > settledMs ? this.restartMs : Math.min(delayMs * 2, this.restartMaxMs);
    }
  }

  private async end(entry: Entry): Promise<void> {
    const { part, child } = entry;
    if (part.kind === 'task' || !child) return;
    if (!child.exit) {
      this.change(entry, 'stopping');
      if (part.end) await part.end(child, part.graceMs);
      else await child.stop(part.graceMs);
    } else if (entry.state === 'failed') return; // it failed by itself: the reason stays on display
    this.change(entry, 'stopped');
  }

  private change(entry: Entry, state: PartState, note?: string): void {
    entry.state = state;
    if (note === undefined) delete entry.note;
    else entry.note = note;
    this.options.onChange?.(this.view());
  }
}
