import type { Page, Request } from 'playwright-core';

/** So long nothing may be asked until a page counts as drawn, ms: longer than an answer takes to lead to the next question. */
const quietMs = 250;
/** A page that goes on asking is looked at after this, ms. */
const atMostMs = 10_000;

interface Requests {
  readonly open: Set<Request>;
  changedAt: number;
}
const watched = new WeakMap<Page, Requests>();

/** Notes what a page asks from now on, for {@link settled}. The live line, which never ends, is left out. */
export function watchRequests(page: Page): void {
  const requests: Requests = { open: new Set(), changedAt: Date.now() };
  watched.set(page, requests);
  page.on('request', (request) => {
    if (request.resourceType() === 'eventsource') return;
    requests.open.add(request);
    requests.changedAt = Date.now();
  });
  const ended = (request: Request): void => {
    if (requests.open.delete(request)) requests.changedAt = Date.now();
  };
  page.on('requestfinished', ended).on('requestfailed', ended);
}

/** Waits until a page has its answers: nothing is asked, and has not been for a moment. */
export async function settled(page: Page): Promise<void> {
  const requests = watched.get(page);
  if (!requests) throw new Error('the page was not opened by ConsoleInChromium');
  const deadline = Date.now() + atMostMs;
  while ((requests.open.size > 0 || Date.now() - requests.changedAt < quietMs) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

/**
 * One reading of a page that has its answers, for a value that later steps compare with: read at once, it may still be that of the page before.
 * @param read without a side effect.
 */
export async function whenSettled<T>(page: Page, read: () => Promise<T>): Promise<T> {
  await settled(page);
  return read();
}
