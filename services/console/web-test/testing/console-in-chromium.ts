/// <reference lib="dom" />
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumFlags, chromiumPath, freePorts } from '@tributary/local-stack';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { watchRequests } from './settled.js';

const root = join(import.meta.dirname, '../../../..');
/** Where screenshots are put, to be looked at. */
export const screens: string = join(root, '.tributary', 'screens');
export { chromiumPath };
if (!chromiumPath)
  process.stderr.write(
    'The console is not tested in a browser here: install Chromium (Debian: apt-get install chromium), or set CHROMIUM_PATH.\n',
  );

const readyWithinMs = 30_000;
/** How many times slower than this machine the processor of a page is (CHROMIUM_SLOWDOWN): finds what a test does not wait for. */
const slowdown = Number(process.env.CHROMIUM_SLOWDOWN ?? 1);

/** The console as it is built now, on a port of its own, and a browser that watches what its pages do. */
export class ConsoleInChromium {
  /** Errors that pages reported, each with the address that it is about. */
  readonly problems: string[] = [];
  /** Addresses outside of the console that pages asked. */
  readonly elsewhere: string[] = [];
  url = '';
  private service: ChildProcess | undefined;
  private browser: Browser | undefined;

  /** @param variables of the console beside its port, RECON_URL at least. @throws {Error} when it cannot be built or is not ready in time. */
  async start(variables: Readonly<Record<string, string>>): Promise<void> {
    mkdirSync(screens, { recursive: true });
    for (const build of ['tools/build-page.mjs', 'tools/build.mjs']) {
      const built = spawnSync(process.execPath, [build], { cwd: root, encoding: 'utf8' });
      if (built.status !== 0) throw new Error(`${build}: ${built.stdout}${built.stderr}`);
    }
    const [port = 0] = await freePorts(1);
    this.url = `http://127.0.0.1:${port}`;
    this.service = spawn(process.execPath, [join(root, 'services/console/dist/main.js')], {
      env: { HTTP_PORT: String(port), LOG_LEVEL: 'warn', ...variables },
      stdio: 'inherit',
    });
    await eventually(async () => expect((await fetch(`${this.url}/ready`)).status).toBe(200));
    this.browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: [...chromiumFlags] });
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    this.service?.kill();
  }

  /**
   * A page of its own browser profile. @param path below the console's address.
   * @param beside another page that was opened beside one: the new one is a further tab of its profile.
   */
  async open(path: string, options: BrowserContextOptions = {}, beside?: Page): Promise<Page> {
    if (!this.browser) throw new Error('the console is not started');
    const profile = beside?.context() ?? (await this.browser.newContext(options));
    const opened = await profile.newPage();
    watchRequests(opened);
    opened.once('close', () => {
      if (profile.pages().length === 0) profile.close().catch(() => undefined); // or it was closed with its last page
    });
    opened.on(
      'console',
      (message) => message.type() === 'error' && this.problems.push(`${message.text()} ${message.location().url}`.trim()),
    );
    opened.on('pageerror', (error) => this.problems.push(error.message));
    opened.on('request', (request) => !request.url().startsWith(this.url) && this.elsewhere.push(request.url()));
    if (slowdown > 1) await slowDown(opened);
    await opened.goto(`${this.url}${path}`);
    return opened;
  }

  /** Rules of WCAG 2.2 A and AA that a machine can check, and a page breaks: `<rule> <element>`. The page has to be opened with `bypassCSP`. */
  async violations(page: Page): Promise<readonly string[]> {
    await page.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
    return page.evaluate<string[]>(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
        .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`,
    );
  }
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}

/** Tries until it does not throw, for half a minute. @throws the last error. */
export async function eventually(what: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    try {
      return await what();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
