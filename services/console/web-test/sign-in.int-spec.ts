/// <reference lib="dom" />
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, startStack } from '@tributary/local-stack';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { startConsole } from '../src/testing/console-system.js';
import type { ConsoleSystem } from '../src/testing/console-system.js';
import { IdentityProvider, oidcClient } from '../src/testing/identity-provider.js';
import { ReconStandIn } from './recon-stand-in.js';
import { chromiumPath, screens } from './testing/console-in-chromium.js';
import { expectSoon } from './testing/expect-soon.js';

const root = join(import.meta.dirname, '../../..');
/** Names and sign-in names; some that a database holds although no form takes them. */
const hostilePeople = [
  ['Lee', 'lee'],
  ['<img src=x onerror=alert(1)>', 'img'],
  ['\u202egnp.exe', 'rtl'],
  ['x'.repeat(200), 'long'.repeat(20)],
] as const;
const password = 'wet stone over a slow river';

(chromiumPath ? describe : describe.skip)('signing in, in Chromium', () => {
  const recon = new ReconStandIn();
  const provider = new IdentityProvider();
  let stack: Awaited<ReturnType<typeof startStack>>;
  let system: ConsoleSystem;
  let browser: Browser;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    mkdirSync(screens, { recursive: true });
    const built = spawnSync(process.execPath, ['tools/build-page.mjs'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`);
    stack = await startStack({ postgres: true });
    const [port = 0] = await freePorts(1);
    url = `http://127.0.0.1:${port}`;
    const variables = {
      RECON_URL: await recon.start(),
      CONSOLE_WEB_DIR: join(root, 'services/console/web/dist'),
      CONSOLE_URL: url,
      OIDC_ISSUER: await provider.start(url),
      OIDC_CLIENT_ID: oidcClient.id,
      OIDC_CLIENT_SECRET: oidcClient.secret,
      OIDC_GROUPS: '{"finance": ["accountant"]}',
      OIDC_NAME: 'Company account',
    };
    system = await startConsole(stack.databaseUrl, variables, port);
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await recon.stop();
    await provider.stop();
    await stack?.stop();
  });
  beforeEach(async () => {
    await forgetEverybody();
    recon.reset();
    page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  });
  afterEach(() => page.close());

  /** Requests of the page before may still be answered: PostgreSQL ends one of two transactions that wait for each other. */
  async function forgetEverybody(attempts = 5): Promise<void> {
    try {
      await system.database.query('truncate console.person, console.revocation, console.attempts, console.set_up_code cascade');
    } catch (error) {
      if (attempts === 0 || !String(error).includes('deadlock')) throw error;
      await forgetEverybody(attempts - 1);
    }
  }
  async function field(label: string, value: string): Promise<void> {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  async function firstPerson(): Promise<void> {
    const code = await system.parts.authority.setUpCodes.make(undefined);
    await page.goto(`${url}/set-up`);
    await field('Set-up code', code ?? '');
    await field('Your name', 'Kim M.');
    await field('Sign-in name', 'kim');
    await field('Password', password);
    await page.getByRole('button', { name: 'Add and sign in' }).click();
    await page.getByText('Adds up').waitFor();
  }
  /** Status of an answer that only somebody who is signed in gets; 401 at once when a session was ended. */
  const askForCounts = (of: Page): Promise<number> => of.evaluate(() => fetch('/api/counts').then(({ status }) => status));
  async function signIn(): Promise<void> {
    await field('Sign-in name', 'kim');
    await field('Password', password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  it('adds the first person, signs them out and in again, and goes back to the page that was asked for', async () => {
    await page.goto(url);
    await page.getByRole('link', { name: 'Add the first person' }).waitFor();
    await firstPerson();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect((await page.context().cookies()).filter(({ name }) => name === 'tributary')).toEqual([]);

    await page.goto(`${url}/payments?standing=needsPerson`);
    await field('Sign-in name', 'kim');
    await field('Password', 'not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').getByText('wrong').waitFor();
    await expectSoon(() => page.getByLabel('Sign-in name').inputValue()).toBe('kim');
    await signIn();
    await page.getByRole('heading', { name: 'Payments' }).waitFor();
    await expectSoon(() => page.url()).toBe(`${url}/payments?standing=needsPerson`);
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name === 'tributary');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    await expectSoon(() => page.evaluate(() => document.cookie)).toBe('');
  });

  it('signs in by a link once; its code stands in no request line, Referer or address', async () => {
    const grants = [{ role: 'viewer', target: '*' }] as const;
    const person = await system.parts.authority.directory.add({ name: 'Lee', login: 'lee', grants }, 'test');
    const { code } = await system.parts.authority.links.make(person?.id ?? '', 'test');
    const lines: string[] = [];
    page.on('request', (request) => lines.push(`${request.url()} ${JSON.stringify(request.headers())}`));
    await page.goto(`${url}/sign-in/link#${code}`);
    await page.getByText('Adds up').waitFor();
    await expectSoon(() => page.url()).toBe(`${url}/`);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => line.includes(code) && !line.startsWith(`${url}/sign-in/link#`))).toEqual([]);
    await page.getByRole('link', { name: 'Choose a password' }).waitFor();
    await page.goto(`${url}/sign-in/link#${code}`);
    await page.getByRole('alert').getByText('The link was used').waitFor();
  });

  it('keeps what was typed when the session ends, and goes on after signing in again', async () => {
    await firstPerson();
    await page.getByRole('link', { name: 'All payments' }).click();
    await page.getByRole('searchbox').fill('kettle creek');
    await system.database.query('delete from console.session');
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor({ timeout: 30_000 });
    await page.keyboard.press('Escape');
    await expectSoon(() => page.getByRole('heading', { name: 'Your session has ended' }).isVisible()).toBe(true);
    await page.screenshot({ path: join(screens, 'session-ended.png') });
    expect(await violations()).toEqual([]);
    await signIn();
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor({ state: 'detached' });
    await expectSoon(() => page.getByRole('searchbox').inputValue()).toBe('kettle creek');
    await page.locator('.line.live').waitFor();
  });

  it('signs in at the identity provider, and says to somebody without a role what is missing', async () => {
    provider.groups.set('lee', ['finance']);
    const atProvider = async (login: string): Promise<void> => {
      await page.getByRole('link', { name: 'Sign in with Company account' }).click();
      await page.locator('input[name=login]').fill(login);
      await page.locator('input[name=password]').fill('any');
      await page.locator('button[type=submit]').click();
      await page.locator('button[type=submit]').click(); // the consent
    };
    await page.goto(`${url}/books`);
    await atProvider('lee');
    await page.getByRole('link', { name: 'Your account: lee of the provider' }).waitFor();
    await expectSoon(() => page.url()).toBe(`${url}/books`);

    await page.close();
    page = await (await browser.newContext()).newPage();
    await page.goto(url);
    await atProvider('stranger');
    await page.getByRole('heading', { name: 'You may not see this yet' }).waitFor();
    await expectSoon(() => page.locator('main').innerText()).toContain('payments.read');
    expect(recon.openStreams).toBe(0);
    expect(await violations()).toEqual([]);
    await page.screenshot({ path: join(screens, 'forbidden.png') });
  });

  it('makes a token, shows it once, and withdraws it', async () => {
    await firstPerson();
    await page.getByRole('link', { name: /^Your account/ }).click();
    await field('Name of a new token', 'nightly');
    await page.getByRole('button', { name: 'Make a token' }).click();
    const token = await page.getByLabel('Copy the token now').inputValue();
    const overview = (): Promise<number> =>
      fetch(`${url}/api/counts`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);
    expect(await overview()).not.toBe(401);
    await page.screenshot({ path: join(screens, 'account.png'), fullPage: true });
    await page.reload();
    await page.getByRole('button', { name: 'Withdraw nightly' }).click();
    await page.getByText('Withdrawn', { exact: true }).waitFor();
    expect(await page.getByLabel('Copy the token now').count()).toBe(0);
    expect(await overview()).toBe(401);
  });

  it('adds a person with roles and a link, changes their roles, locks them out, withdraws their token', async () => {
    await firstPerson();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('You: somebody else changes your access.').waitFor();
    await page.getByText('Add a person').click();
    await field('Name', 'Lee \u05d0 <b>');
    await field('Sign-in name', 'lee');
    await page.getByRole('button', { name: 'Add a role' }).click();
    await page.getByLabel('Role 2', { exact: true }).selectOption('accountant');
    await page.getByLabel('Target of role 2').fill('ledger one');
    await page.getByRole('button', { name: 'Add and make a link' }).click();
    await page.getByRole('alert').getByText('grants.1.target').waitFor(); // no target has a space
    await expectSoon(() => page.getByLabel('Sign-in name').inputValue()).toBe('lee');
    await page.getByLabel('Target of role 2').fill('ledger-one');
    await page.getByRole('button', { name: 'Add and make a link' }).click();
    const link = await page.getByLabel(/^Link that signs Lee/).inputValue();
    await page.getByText('accountant for ledger-one, viewer').waitFor();

    const theirs = await (await browser.newContext()).newPage();
    await theirs.goto(link);
    await theirs.getByText('Adds up').waitFor();
    expect(await theirs.getByRole('link', { name: 'Settings' }).count()).toBe(0);
    await theirs.goto(`${url}/settings`);
    await theirs.getByRole('heading', { name: 'You may not see this yet' }).waitFor();
    await theirs.goto(`${url}/account`);
    await theirs.getByText('ledger day').waitFor(); // the page is drawn anew in the format of the company
    await theirs.getByLabel('Name of a new token').fill('nightly');
    await theirs.getByRole('button', { name: 'Make a token' }).click();
    await theirs.getByLabel('Copy the token now').or(theirs.getByRole('alert')).first().waitFor();
    expect(await theirs.getByRole('alert').allTextContents()).toEqual([]);
    const token = await theirs.getByLabel('Copy the token now').inputValue();
    const counts = (): Promise<number> =>
      fetch(`${url}/api/counts`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);
    expect(await counts()).not.toBe(401);

    await page.reload();
    await page.getByRole('button', { name: /^Withdraw nightly of Lee/ }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
    await page.getByText('Withdrawn', { exact: true }).waitFor();
    expect(await counts()).toBe(401);

    await page.getByRole('button', { name: /^Roles: Lee/ }).click();
    await page.getByRole('button', { name: 'Take away role 1' }).click();
    await page.getByRole('button', { name: 'Save roles' }).click();
    await page.getByRole('button', { name: 'Save roles' }).waitFor({ state: 'detached' });
    expect(await askForCounts(theirs)).toBe(401);
    await page.getByRole('button', { name: /^Lock out: Lee/ }).click();
    await page.getByRole('button', { name: 'No', exact: true }).click();
    expect(await page.getByText('Locked out').count()).toBe(0);
    await page.getByRole('button', { name: /^Lock out: Lee/ }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
    await page.getByText('Locked out').waitFor();
    await page.getByRole('button', { name: /^Let in: Lee/ }).click();
    await page.getByText('Locked out').waitFor({ state: 'detached' });
    await theirs.close();
  });

  it('lists the own sessions, and ends another one', async () => {
    await firstPerson();
    const other = await (await browser.newContext()).newPage();
    await other.goto(`${url}/books`);
    await other.getByLabel('Sign-in name').fill('kim');
    await other.getByLabel('Password').fill(password);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.getByRole('heading', { name: 'Books' }).waitFor();
    await page.goto(`${url}/account`);
    await page.getByText('This one').waitFor();
    await page.getByRole('button', { name: /^End the session that began at/ }).click();
    await page.getByRole('button', { name: /^End the session that began at/ }).waitFor({ state: 'detached' });
    expect(await askForCounts(other)).toBe(401);
    expect(await askForCounts(page)).not.toBe(401);
    await other.close();
  });

  it('keeps a person who is being typed when the session ends', async () => {
    await firstPerson();
    await page.goto(`${url}/settings`);
    await page.getByText('Add a person').click();
    await field('Name', 'Lee');
    await field('Sign-in name', 'lee');
    await system.database.query('delete from console.session');
    await page.getByRole('button', { name: 'Add and make a link' }).click();
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor({ timeout: 30_000 });
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Sign-in name').fill('kim');
    await dialog.getByLabel('Password').fill(password);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await expectSoon(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Lee');
    await page.getByRole('button', { name: 'Add and make a link' }).click();
    await page.getByLabel('Link that signs Lee in once').waitFor();
  });

  it.each(['light', 'dark'] as const)('breaks no rule of WCAG 2 A and AA that a machine can check, in %s', async (theme) => {
    const found: string[] = [];
    const look = async (name: string): Promise<void> => {
      found.push(...(await violations()).map((violation) => `${name}: ${violation}`));
      await page.screenshot({ path: join(screens, `${name}-${theme}.png`), fullPage: true });
    };
    await open({ colorScheme: theme });
    await system.parts.authority.setUpCodes.make(undefined);
    await page.goto(`${url}/set-up`);
    await page.getByLabel('Set-up code').waitFor();
    await look('set-up');
    await page.goto(`${url}/sign-in?problem=provider-silent`);
    await page.getByRole('alert').waitFor();
    await look('sign-in');
    await firstPerson();
    await page.getByRole('link', { name: /^Your account/ }).click();
    await page.getByText('API tokens').waitFor();
    await look('account');
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate(tooWide)).toEqual([]);
    await look('account-narrow');
    await page.setViewportSize({ width: 1200, height: 800 });
    await page.goto(`${url}/settings`);
    await page.getByText('Add a person').click();
    for (const [name, login] of hostilePeople)
      await system.parts.authority.directory.add({ name, login, grants: [{ role: 'viewer', target: '*' }] }, 'test');
    await page.reload();
    await page.getByRole('button', { name: 'Roles: Lee', exact: true }).click();
    await page.getByRole('button', { name: 'Sign-in link: Lee', exact: true }).click();
    await page.getByLabel('Link that signs Lee in once').waitFor();
    await page.getByText('Add a person').click();
    await look('settings');
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate(tooWide)).toEqual([]);
    await look('settings-narrow');
    expect(found).toEqual([]);
  });

  async function open(options: BrowserContextOptions): Promise<void> {
    await page.close();
    page = await browser.newPage({ viewport: { width: 1200, height: 800 }, bypassCSP: true, ...options });
  }

  /** What axe finds on the page as it is; the checker is evaluated from outside and needs no exception from the policy. */
  async function violations(): Promise<string[]> {
    await page.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
    return page.evaluate<string[]>(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
      .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`,
    );
  }
});

/** Runs in the page: what stands out of the window at its right when the page as a whole can be scrolled sideways. */
function tooWide(): string[] {
  if (document.documentElement.scrollWidth <= document.documentElement.clientWidth) return [];
  return [...document.querySelectorAll('html, body *')]
    .filter((element) => element.getBoundingClientRect().right > window.innerWidth || element === document.documentElement)
    .map((element) => `${element.tagName}.${element.className} ${element.textContent?.slice(0, 40)}`);
}
