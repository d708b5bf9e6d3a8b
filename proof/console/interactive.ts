/// <reference lib="dom" />
import { gzipSync } from 'node:zlib';
import { until } from './running-stack.js';
import type { StackInBrowser } from './running-stack.js';

const runs = 5;
const slowDown = 4;
const waitedMs = 30_000;

/** One opening of the first page by a browser that has nothing of it. */
export interface Opening {
  /** The first thing was painted, ms after the address was asked for. */
  readonly paintedMs: number;
  /** The figures and the list of payments were drawn. */
  readonly drawnMs: number;
  /** A key pressed after that had acted, and no long task ran any more. */
  readonly interactiveMs: number;
  /** Long tasks until then, ms each. */
  readonly longTasksMs: readonly number[];
}

/** Scripts and styles that a browser loads before it shows the first page. */
export interface FirstLoad {
  readonly openings: readonly Opening[];
  /** As gzip makes them, bytes. */
  readonly bytes: number;
  readonly files: number;
}

/** Runs in the page, before its scripts: writes down when the list is drawn, and presses a key until it acts. */
const watch = `
  globalThis.__opening = {};
  const longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });
  const drawn = () => document.querySelector('main table tbody tr a') && document.querySelector('.standing .figure')?.textContent.match(/\\d/);
  const look = () => {
    if (!drawn()) return requestAnimationFrame(look);
    const drawnMs = performance.now();
    const press = () => {
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }));
      if (!document.activeElement?.closest('main')) return setTimeout(press, 10);
      const acted = performance.now();
      setTimeout(() => {
        const before = longTasks.filter(({ startTime }) => startTime <= acted);
        const ended = before.map(({ startTime, duration }) => startTime + duration);
        const paintedMs = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
        globalThis.__opening = { paintedMs, drawnMs, interactiveMs: Math.max(acted, ...ended), longTasksMs: before.map(({ duration }) => duration) };
      }, 500);
    };
    press();
  };
  requestAnimationFrame(look);
`;

/** Opens the first page again and again with a processor that is four times slower, each time with an empty cache. */
export async function openFirstPage(stack: StackInBrowser): Promise<FirstLoad> {
  const openings: Opening[] = [];
  const sizes = new Map<string, number>();
  for (let run = 0; run < runs; run += 1) {
    const page = await stack.open('/account', { viewport: { width: 1400, height: 900 } });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
    await page.addInitScript(watch);
    page.on('response', (response) => {
      if (!/\/assets\/.*\.(js|css)$/.test(new URL(response.url()).pathname)) return;
      void response.body().then((body) => sizes.set(response.url(), gzipSync(body).length));
    });
    await page.goto(`${stack.url}/`);
    await until(page, 'globalThis.__opening.interactiveMs !== undefined', waitedMs);
    openings.push(rounded(await page.evaluate<Opening>('globalThis.__opening')));
    await page.close();
  }
  return { openings, bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0), files: sizes.size };
}

function rounded({ paintedMs, drawnMs, interactiveMs, longTasksMs }: Opening): Opening {
  return {
    ...{ paintedMs: Math.round(paintedMs), drawnMs: Math.round(drawnMs), interactiveMs: Math.round(interactiveMs) },
    longTasksMs: longTasksMs.map(Math.round),
  };
}
