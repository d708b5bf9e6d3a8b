/**
 * One live stream for all tabs of a browser. A browser opens at most six HTTP/1.1 connections to one server, and a stream occupies one for
 * as long as its tab is open: the seventh tab would never load.
 *
 * The tab that holds the Web Lock is the leader: it opens the stream and forwards its messages through a BroadcastChannel. When that tab is
 * closed, the browser gives the lock to the next tab, which opens the stream again. A frozen leader keeps its lock, so a visible tab that
 * gets no answer from the leader takes the lock over. Without Web Locks (a page over plain HTTP from another machine), each tab has a
 * stream of its own, but only while it is visible.
 */

/** State of the connection to recon. `connecting`: no message received yet. `silent`: open, but no message received for too long. */
export type Connection = 'connecting' | 'live' | 'silent' | 'lost';

/** What a tab knows about the stream. Times are those of this machine, ms since the epoch. */
export interface FeedState {
  /** The newest snapshot as it was received, JSON. */
  readonly snapshot: string | undefined;
  /** Time of recon's last message, whether it reported a change or that nothing had changed. */
  readonly checkedAt: number | undefined;
  readonly connection: Connection;
}

/** recon sends a message at least every 15 s; after this long without one the figures may be outdated. */
export const silentAfterMs = 40_000;
/** How long a leader may take to answer before it counts as frozen. A leader that runs answers immediately, even in a hidden tab. */
export const leaderAnswersWithinMs = 5_000;
const reopenAfterMs = 2_000;
const watchEveryMs = 5_000;
/**
 * Name of the channel and the lock. A new version of the protocol between tabs needs a new name, so that pages of two releases do not mix.
 */
export const feedName = 'tributary-feed-1';

type Message = { readonly kind: 'hello' } | { readonly kind: 'state'; readonly state: FeedState };

/** The part of EventSource that is used here. */
export interface Stream {
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

/** The part of BroadcastChannel that is used here. */
export interface Channel {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/**
 * The part of Web Locks that is used here. The lock is held until the promise of the callback settles; an AbortError means that another tab
 * took the lock.
 */
export type RequestLock = (options: { steal?: boolean; signal?: AbortSignal }, held: () => Promise<void>) => Promise<void>;

/** The browser functions that are used here; replaced in tests. */
export interface FeedHost {
  openStream(): Stream;
  openChannel(): Channel | undefined;
  readonly requestLock: RequestLock | undefined;
  isVisible(): boolean;
  /** @returns a function that removes the listener. */
  onVisibilityChange(call: () => void): () => void;
  now(): number;
}

const closed = 2; // EventSource.CLOSED

/** The feed of one tab, shared with the other tabs. */
export class SharedFeed {
  private state: FeedState = { snapshot: undefined, checkedAt: undefined, connection: 'connecting' };
  private readonly ended = new AbortController();
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private readonly channel: Channel | undefined;
  private stream: Stream | undefined;
  private endLead: (() => void) | undefined;
  private leaderHeardAt: number;
  private askedLeaderAt: number | undefined;
  private readonly stopWatching: () => void;

  constructor(
    private readonly host: FeedHost,
    private readonly onState: (state: FeedState) => void,
  ) {
    this.leaderHeardAt = host.now();
    this.channel = host.requestLock ? host.openChannel() : undefined;
    const watch = setInterval(() => this.watch(), watchEveryMs);
    const forget = host.onVisibilityChange(() => this.onVisibility());
    this.stopWatching = () => {
      clearInterval(watch);
      forget();
    };
    if (this.channel) {
      this.channel.onmessage = (event) => this.onMessage(event.data as Message);
      this.channel.postMessage({ kind: 'hello' } satisfies Message);
      this.queue(false);
    } else {
      this.onVisibility();
    }
  }

  /** Ends the stream, or leaves the queue for the lock. */
  close(): void {
    this.ended.abort();
    this.stopWatching();
    for (const timer of this.timers) clearTimeout(timer);
    this.endLead?.();
    this.closeStream();
    this.channel?.close();
  }

  private get leads(): boolean {
    return this.endLead !== undefined;
  }

  private queue(steal: boolean): void {
    const held = (): Promise<void> =>
      new Promise((resolve) => {
        if (this.ended.signal.aborted) return resolve();
        this.endLead = resolve;
        this.openStream();
      });
    // A request with `steal` cannot have an abort signal.
    this.host.requestLock?.(steal ? { steal } : { signal: this.ended.signal }, held).catch(() => {
      // Another tab took the lock, or this tab was closed while it waited for the lock.
      const led = this.leads;
      this.endLead = undefined;
      if (this.ended.signal.aborted) return;
      if (led) this.closeStream();
      this.leaderHeardAt = this.host.now();
      this.queue(false);
    });
  }

  private openStream(): void {
    this.closeStream();
    const stream = this.host.openStream();
    this.stream = stream;
    stream.addEventListener('snapshot', (event) => this.change({ snapshot: event.data, checkedAt: this.host.now(), connection: 'live' }));
    stream.addEventListener('checked', () => this.change({ checkedAt: this.host.now(), connection: 'live' }));
    stream.onopen = () => this.change({ connection: 'live' });
    stream.onerror = () => {
      this.change({ connection: 'lost' });
      // A refused connection (502 of the console while recon is unavailable) ends an EventSource permanently: open a new one.
      if (stream === this.stream && stream.readyState === closed)
        this.later(() => stream === this.stream && this.openStream(), reopenAfterMs);
    };
  }

  private closeStream(): void {
    this.stream?.close();
    this.stream = undefined;
  }

  private change(change: Partial<FeedState>): void {
    this.show({ ...this.state, ...change });
    this.tell();
  }

  private tell(): void {
    if (this.leads) this.channel?.postMessage({ kind: 'state', state: this.state } satisfies Message);
  }

  private show(state: FeedState): void {
    this.state = state;
    this.onState(state);
  }

  private onMessage(message: Message): void {
    if (message.kind === 'hello') return this.tell();
    if (this.leads) return; // sent by a former leader that has not noticed yet that it lost the lock
    this.leaderHeardAt = this.host.now();
    this.askedLeaderAt = undefined;
    this.show(message.state);
  }

  /** Without Web Locks: a stream of its own, while the tab is visible. */
  private onVisibility(): void {
    if (this.channel) return this.watch();
    if (this.host.isVisible() && !this.stream) this.openStream();
    if (!this.host.isVisible() && this.stream) this.closeStream();
  }

  private watch(): void {
    const now = this.host.now();
    if (this.stream && this.state.connection === 'live' && now - (this.state.checkedAt ?? now) > silentAfterMs) {
      this.change({ connection: 'silent' });
      this.openStream(); // the connection may be broken without an error event
    }
    if (!this.channel || this.leads || !this.host.isVisible()) return;
    if (this.askedLeaderAt !== undefined && now - this.askedLeaderAt >= leaderAnswersWithinMs) {
      this.askedLeaderAt = undefined;
      this.queue(true);
    } else if (this.askedLeaderAt === undefined && now - this.leaderHeardAt > silentAfterMs) {
      this.askedLeaderAt = now;
      this.channel.postMessage({ kind: 'hello' } satisfies Message);
      this.later(() => this.watch(), leaderAnswersWithinMs);
    }
  }

  private later(call: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.ended.signal.aborted) call();
    }, ms);
    this.timers.add(timer);
  }
}

/** The browser functions of a real browser. */
export const browserHost: FeedHost = {
  openStream: () => new EventSource('/api/feed') as Stream,
  openChannel: () => (typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(feedName)),
  requestLock:
    typeof navigator !== 'undefined' && 'locks' in navigator
      ? (options, held) => navigator.locks.request(feedName, options, held) as Promise<void>
      : undefined,
  isVisible: () => document.visibilityState === 'visible',
  onVisibilityChange: (call) => {
    document.addEventListener('visibilitychange', call);
    return () => document.removeEventListener('visibilitychange', call);
  },
  now: () => Date.now(),
};
