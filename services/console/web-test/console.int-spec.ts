/// <reference lib="dom" />
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { ReconStandIn } from './recon-stand-in.js';

const root = join(import.meta.dirname, '../../..');
const screens = join(root, '.tributary', 'screens');
const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = candidates.find((path): path is string => path !== undefined && existsSync(path));
const trace = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded/trace.json'), 'utf8')) as {
  payment: { chargeId: string; amount: { text: string; currency: string } };
  steps: unknown[];
};
const counts = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded/counts.json'), 'utf8')) as Record<string, number>;

if (!executablePath)
  process.stderr.write(
    'The console is not tested in a browser here: install Chromium (Debian: apt-get install chromium), or set CHROMIUM_PATH.\n',
  );

(executablePath ? describe : describe.skip)('the console in Chromium', () => {
  const recon = new ReconStandIn();
  let service: ChildProcess;
  let browser: Browser;
  let page: Page;
  let url: string;
  const problems: string[] = [];
  const elsewhere: string[] = [];

  beforeAll(async () => {
    mkdirSync(screens, { recursive: true });
    // The page and the service as they are now, not as they were built some time ago.
    for (const command of [['node_modules/vite/bin/vite.js', 'build', 'services/console/web', '--logLevel=warn'], ['tools/build.mjs']]) {
      const built = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
      if (built.status !== 0) throw new Error(`${command.join(' ')}: ${built.stdout}${built.stderr}`);
    }
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    service = spawn(process.execPath, [join(root, 'services/console/dist/main.js')], {
      env: { HTTP_PORT: String(port), RECON_URL: await recon.start(), LOG_LEVEL: 'warn' },
      stdio: 'inherit',
    });
    await eventually(async () => expect((await fetch(`${url}/ready`)).status).toBe(200));
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    service?.kill();
    await recon.stop();
  });
  beforeEach(async () => {
    recon.counts = counts;
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => !request.url().startsWith(url) && elsewhere.push(request.url()));
    await page.goto(url);
    await page.getByText('Adds up').waitFor();
  });
  afterEach(() => page.close());

  it('shows the four stages, the sum that adds up, and the ledger', async () => {
    const stages = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded/stages.json'), 'utf8')) as { stages: { total: number }[] };
    expect(await page.locator('.stages .figure').allTextContents()).toEqual(stages.stages.map(({ total }) => String(total)));
    expect(await page.locator('.sum dd').allTextContents()).toEqual(
      [counts.posted, counts.ignored, counts.held, counts.deadLettered, counts.inFlight, counts.accepted].map(String),
    );
    await page.screenshot({ path: join(screens, 'light.png') });
  });

  it('says loudly when the parts do not make the whole (I2)', async () => {
    recon.counts = { ...counts, posted: (counts.posted as number) - 1 };
    recon.push();
    await page.getByText('Does not add up').waitFor();
  });

  it('is used by keyboard alone: move, open, close', async () => {
    await page.locator('tbody a').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('From webhook to ledger').waitFor();
    expect(page.url()).toBe(`${url}/payments/${trace.payment.chargeId}`);
    await page.locator('.steps li').first().waitFor();
    expect(await page.locator('.steps li').count()).toBe(trace.steps.length);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('trace-title');
    await page.keyboard.press('Escape');
    await page.getByText('From webhook to ledger').waitFor({ state: 'detached' });
    expect(page.url()).toBe(`${url}/`);
  });

  it('opens a payment by its link, and says so when nobody knows it', async () => {
    await page.goto(`${url}/payments/${trace.payment.chargeId}`);
    await page.locator('.trace .amount').waitFor();
    expect((await page.locator('.trace .amount').textContent())?.replaceAll(',', '')).toBe(
      `${trace.payment.amount.text} ${trace.payment.amount.currency}`,
    );
    await page.goto(`${url}/payments/ch_nobody`);
    await page.getByText('No payment is known by the id ch_nobody.').waitFor();
    problems.length = 0; // the browser reports the 404 that was asked for
  });

  it('asks for one state, and finds by id and by name', async () => {
    const rows = page.locator('tbody tr');
    const all = await rows.count();
    await page.getByRole('searchbox').fill(trace.payment.chargeId);
    await eventually(async () => expect(await rows.count()).toBe(1));
    await page.getByRole('searchbox').fill('kettle creek');
    await eventually(async () => expect(await rows.count()).toBeGreaterThan(0));
    expect(await rows.count()).toBeLessThan(all);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'Held' }).click();
    await page.getByText('No payment among the newest fits.').waitFor();
    expect(recon.asked).toContain('/payments?limit=100&state=held');
  });

  it('says that the line is lost when recon is away, and recovers', async () => {
    await recon.stop();
    await page.getByText('Connection lost').waitFor();
    await recon.start();
    await page.locator('.line.live').waitFor({ timeout: 20_000 });
    problems.length = 0; // refused connections, on purpose
  });

  it.each(['light', 'dark'] as const)('is readable in %s: contrast of at least 4.5', async (theme) => {
    await page.getByRole('combobox').selectOption(theme);
    const poor = await page.evaluate(contrastBelow, 4.5);
    expect(poor).toEqual([]);
    await page.screenshot({ path: join(screens, `theme-${theme}.png`) });
  });

  it('fits a narrow window', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
    await page.screenshot({ path: join(screens, 'narrow.png') });
  });

  it('talks to nobody else, runs nothing from elsewhere, and reports no error', async () => {
    const headers = (await fetch(url)).headers;
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(`${url}/api/metrics`)).status).toBe(404);
    expect(elsewhere).toEqual([]);
    expect(problems).toEqual([]);
  });
});

/** Runs in the page: texts whose contrast with their background is below a limit (WCAG 2, relative luminance). */
function contrastBelow(limit: number): string[] {
  const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)';
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 || color === 'transparent' ? backgroundOf(element.parentElement) : color;
  };
  const poor = new Set<string>();
  for (const element of document.querySelectorAll('h1, h2, h3, p, dt, dd, td, th, button, a, .chip, .muted, summary')) {
    if (!element.textContent?.trim() || (element as HTMLElement).offsetParent === null) continue;
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(backgroundOf(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < limit) poor.add(`${element.tagName}.${element.className} ${contrast.toFixed(2)}`);
  }
  return [...poor];
}

async function eventually(what: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await what();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
