import { chromiumFlags, chromiumPath } from '@tributary/local-stack';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { stackCommand, stackStatus, withRunningStack } from '../stack-command.js';
import type { StackStatus } from '../stack-command.js';

/** The demo day, with the start of everything, is over within this time. */
const dayWithinMs = 600_000;
const pollMs = 2_000;
/** What a page shows after it was opened: lists are read, the live line has said its first figures. */
const drawnAfterMs = 1_500;
/** A list says so while it is not there. */
const stillReads = `/\\b(?:Loading|Reading|Asking|Waiting for the first) /.test(document.querySelector('main')?.innerText ?? '')`;
const readWithinMs = 20_000;
const askedEveryMs = 100;

/** The stack of `npm start` with the demo day in it, and a browser that is signed in there. */
export interface StackInBrowser {
  readonly url: string;
  /** A page of a profile of its own, signed in. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** An answer of the API that the page uses. */
  readonly api: <Answer>(path: string) => Promise<Answer>;
}

/**
 * Does something with the running stack; where none runs one is started, and stopped again.
 * @returns what `act` says; false without a browser.
 */
export async function withStack(say: (line: string) => void, act: (stack: StackInBrowser) => Promise<boolean>): Promise<boolean> {
  if (!chromiumPath) {
    say('not ok pages: there is no Chromium (Debian: apt-get install chromium), or set CHROMIUM_PATH');
    return false;
  }
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] });
  try {
    return await withRunningStack(say, [], async () => act(await signedIn(browser, await readyStack())));
  } finally {
    await browser.close();
  }
}

async function readyStack(): Promise<StackStatus> {
  const deadline = Date.now() + dayWithinMs;
  for (;;) {
    const status = await stackStatus();
    if (status.ready) return status;
    if (Date.now() > deadline) throw new Error(`the stack is not ready after ${dayWithinMs / 1_000} s: ${JSON.stringify(status)}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function signedIn(browser: Browser, { services }: StackStatus): Promise<StackInBrowser> {
  const url = `http://127.0.0.1:${services.console?.port ?? 4000}`;
  const link = /\S+\/sign-in\/link#\S+/.exec(await stackCommand('sign-in', '--console', url))?.[0];
  if (!link) throw new Error('npm run sign-in printed no link');
  const first = await browser.newPage();
  await first.goto(link);
  await first.getByRole('navigation', { name: 'Rooms' }).waitFor();
  const storageState = await first.context().storageState();
  return {
    url,
    open: async (path, options = {}) => {
      const page = await browser.newPage({ storageState, ...options });
      await page.goto(`${url}${path}`);
      await page.locator('main h2, main h1').first().waitFor();
      await page.waitForTimeout(drawnAfterMs);
      await until(page, `!(${stillReads})`, readWithinMs);
      return page;
    },
    api: async (path) => (await (await first.request.get(`${url}/api${path}`)).json()) as never,
  };
}

/** Waits until a condition of the page holds. Asked from outside: the page's own policy lets nothing evaluate texts in it. @throws {Error} after so long. */
export async function until(page: Page, condition: string, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await page.evaluate<boolean>(condition))) {
    if (Date.now() > deadline) throw new Error(`${page.url()}: not so after ${withinMs} ms: ${condition}`);
    await page.waitForTimeout(askedEveryMs);
  }
}
