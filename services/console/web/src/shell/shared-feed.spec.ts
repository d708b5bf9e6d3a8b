import { jest } from '@jest/globals';
import { leaderAnswersWithinMs, SharedFeed, silentAfterMs } from './shared-feed.js';
import type { Channel, FeedHost, FeedState, RequestLock, Stream } from './shared-feed.js';

/** A simulated browser with tabs: one queue for the lock, one channel that all tabs hear, and the open streams. */
class Browser {
  readonly streams: TestStream[] = [];
  private readonly channels = new Set<TestChannel>();
  private readonly waiting: (() => void)[] = [];
  private holder: { reject: (error: Error) => void } | undefined;

  tab(options: { locks?: boolean } = {}): Tab {
    return new Tab(this, options.locks ?? true);
  }

  open(): TestStream[] {
    return this.streams.filter((stream) => stream.readyState !== 2);
  }

  channel(): TestChannel {
    const channel: TestChannel = {
      onmessage: null,
      frozen: false,
      postMessage: (message) => {
        for (const other of this.channels) if (other !== channel && !other.frozen) other.onmessage?.({ data: message } as MessageEvent);
      },
      close: () => this.channels.delete(channel),
    };
    this.channels.add(channel);
    return channel;
  }

  readonly requestLock: RequestLock = (options, held) =>
    new Promise((resolve, reject) => {
      const take = (): void => {
        const holder = { reject };
        this.holder = holder;
        void held().then(() => {
          resolve();
          if (this.holder !== holder) return;
          this.holder = undefined;
          this.waiting.shift()?.();
        });
      };
      if (options.steal) {
        this.holder?.reject(new Error('AbortError'));
        take();
      } else if (this.holder) {
        this.waiting.push(take);
        options.signal?.addEventListener('abort', () => {
          if (!this.waiting.includes(take)) return;
          this.waiting.splice(this.waiting.indexOf(take), 1);
          reject(new Error('AbortError'));
        });
      } else take();
    });
}

interface TestChannel extends Channel {
  frozen: boolean;
}

class TestStream implements Stream {
  readyState = 1;
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(type, listener);
  }

  send(type: string, data = ''): void {
    this.listeners.get(type)?.({ data } as MessageEvent<string>);
  }

  fail(): void {
    this.readyState = 2;
    this.onerror?.({} as Event);
  }

  close(): void {
    this.readyState = 2;
  }
}

class Tab {
  visible = true;
  states: FeedState[] = [];
  readonly feed: SharedFeed;
  readonly channel: TestChannel | undefined;
  private onVisibility: () => void = () => undefined;

  constructor(browser: Browser, locks: boolean) {
    this.channel = locks ? browser.channel() : undefined;
    const host: FeedHost = {
      openStream: () => {
        const stream = new TestStream();
        browser.streams.push(stream);
        return stream;
      },
      openChannel: () => this.channel,
      requestLock: locks ? browser.requestLock : undefined,
      isVisible: () => this.visible,
      onVisibilityChange: (call) => {
        this.onVisibility = call;
        return () => undefined;
      },
      now: () => Date.now(),
    };
    this.feed = new SharedFeed(host, (state) => this.states.push(state));
  }

  show(visible: boolean): void {
    this.visible = visible;
    this.onVisibility();
  }

  get snapshot(): string | undefined {
    return this.states.at(-1)?.snapshot;
  }
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const settled = (): Promise<void> => jest.advanceTimersByTimeAsync(0).then(() => undefined);

it('opens one stream for eight tabs, and all of them hear it', async () => {
  const browser = new Browser();
  const tabs = Array.from({ length: 8 }, () => browser.tab());
  expect(browser.open()).toHaveLength(1);
  browser.open()[0]?.send('snapshot', '1');
  await settled();
  expect(tabs.map(({ snapshot }) => snapshot)).toEqual(Array(8).fill('1'));
});

it('gives a tab that comes later what is known', () => {
  const browser = new Browser();
  browser.tab();
  browser.open()[0]?.send('snapshot', '1');
  expect(browser.tab().snapshot).toBe('1');
  expect(browser.streams).toHaveLength(1);
});

it('hands over when the tab with the stream is closed', async () => {
  const browser = new Browser();
  const [first, second, third] = [browser.tab(), browser.tab(), browser.tab()];
  browser.open()[0]?.send('snapshot', '1');
  first?.feed.close();
  await settled();
  expect(browser.open()).toHaveLength(1);
  browser.open()[0]?.send('snapshot', '2');
  expect([second?.snapshot, third?.snapshot]).toEqual(['2', '2']);
});

it('a closed tab in the queue is not waited for', async () => {
  const browser = new Browser();
  const [first, second, third] = [browser.tab(), browser.tab(), browser.tab()];
  second?.feed.close();
  first?.feed.close();
  await settled();
  browser.open()[0]?.send('snapshot', '2');
  expect(third?.snapshot).toBe('2');
});

it('takes the stream away from a tab that is frozen, and from none that answers', async () => {
  const browser = new Browser();
  const [leader, follower] = [browser.tab(), browser.tab()];
  browser.open()[0]?.send('snapshot', '1');
  await jest.advanceTimersByTimeAsync(silentAfterMs * 3);
  expect(browser.streams.at(-1)).toBeDefined();
  const before = browser.streams.length;
  expect(follower?.states.at(-1)?.snapshot).toBe('1');

  if (leader?.channel) leader.channel.frozen = true;
  leader?.show(false);
  if (leader?.channel) leader.channel.postMessage = () => undefined;
  await jest.advanceTimersByTimeAsync(silentAfterMs + leaderAnswersWithinMs * 4);
  expect(browser.streams.length).toBeGreaterThan(before);
  browser.streams.at(-1)?.send('snapshot', '2');
  expect(follower?.snapshot).toBe('2');
});

it('says that the line is silent, and opens it again', async () => {
  const browser = new Browser();
  const tab = browser.tab();
  browser.open()[0]?.send('snapshot', '1');
  await jest.advanceTimersByTimeAsync(silentAfterMs + 10_000);
  expect(tab.states.map(({ connection }) => connection)).toContain('silent');
  expect(browser.open()).toHaveLength(1);
  expect(browser.streams.length).toBeGreaterThan(1);
});

it('knows when it was checked although nothing changed', async () => {
  const browser = new Browser();
  const tab = browser.tab();
  browser.open()[0]?.send('snapshot', '1');
  const changed = tab.states.at(-1)?.checkedAt;
  await jest.advanceTimersByTimeAsync(15_000);
  browser.open()[0]?.send('checked');
  expect(tab.states.at(-1)).toMatchObject({ snapshot: '1', connection: 'live', checkedAt: (changed ?? 0) + 15_000 });
});

it('opens a refused stream again', async () => {
  const browser = new Browser();
  const tab = browser.tab();
  browser.open()[0]?.fail();
  expect(tab.states.at(-1)?.connection).toBe('lost');
  await jest.advanceTimersByTimeAsync(2_000);
  expect(browser.open()).toHaveLength(1);
});

it('without locks, listens only while it is looked at', () => {
  const browser = new Browser();
  const tabs = Array.from({ length: 8 }, () => browser.tab({ locks: false }));
  for (const tab of tabs.slice(1)) tab.show(false);
  expect(browser.open()).toHaveLength(1);
  tabs[3]?.show(true);
  expect(browser.open()).toHaveLength(2);
});
