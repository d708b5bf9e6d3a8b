/// <reference lib="dom" />
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, startStack } from '@tributary/local-stack';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { startConsole } from '../src/testing/console-system.js';
import type { ConsoleSystem } from '../src/testing/console-system.js';
import { chromiumPath, screens } from './testing/console-in-chromium.js';
import { expectSoon } from './testing/expect-soon.js';
import { LetterStandIn } from './testing/letter-stand-in.js';

const root = join(import.meta.dirname, '../../..');
const password = 'wet stone over a slow river';
const letter = {
  ...{
    id: 'dl_1',
    state: 'open',
    cause: 'erp.kinetic.business-rule',
    text: 'the check reference is used already',
    group: 'g',
    attempts: 1,
  },
  ...{ topic: 'postings.kinetic-main.v1', sequence: 'pi_1', eventType: 'postings.posting-requested', deadAt: '2026-11-21T06:11:00.000Z' },
};
const message = { id: 'dl_1', key: 'cus_1', headers: {}, schema: null, value: { note: 'before' }, problem: null, length: 20 };

(chromiumPath ? describe : describe.skip)('a session that ends in the middle of an edit', () => {
  const recon = new LetterStandIn();
  let stack: Awaited<ReturnType<typeof startStack>>;
  let system: ConsoleSystem;
  let browser: Browser;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    mkdirSync(screens, { recursive: true });
    const built = spawnSync(process.execPath, ['tools/build-page.mjs'], { cwd: root, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`);
    stack = await startStack({ postgres: true });
    const [port = 0] = await freePorts(1);
    url = `http://127.0.0.1:${port}`;
    const variables = { RECON_URL: await recon.start(), CONSOLE_WEB_DIR: join(root, 'services/console/web/dist'), CONSOLE_URL: url };
    system = await startConsole(stack.databaseUrl, variables, port);
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
    recon.answers.set('GET /dead-letters/dl_1/case', [200, { letter, kept: true, order: null }]);
    recon.answers.set('GET /dead-letters/dl_1/message', [200, message]);
    recon.answers.set('POST /dead-letters/dl_1/check-edit', [200, { ok: true, differences: [{ path: 'note' }], money: [] }]);
    recon.answers.set('POST /dead-letter-orders', [202, { id: 'ord_2', waitsFor: [] }]);
    const { directory, credentials, hasher } = system.parts.authority;
    for (const [name, role] of [
      ['Ada', 'accountant'],
      ['Bob', 'engineer'],
      ['Vic', 'viewer'],
    ] as const) {
      const person = await directory.add({ name, login: name.toLowerCase(), grants: [{ role, target: '*' }] }, 'test');
      await credentials.setPassword(person?.id ?? '', await hasher.hash(password), 'test');
    }
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await recon.stop();
    await stack?.stop();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    await page.goto(`${url}/letters/dl_1`);
    await signIn(page.locator('body'));
    await page.getByRole('heading', { name: 'Decide' }).waitFor();
  });
  afterEach(() => page.close());

  const signIn = async (where: ReturnType<Page['locator']>): Promise<void> => {
    await where.getByLabel('Sign-in name').fill('ada');
    await where.getByLabel('Password').fill(password);
    await where.getByRole('button', { name: 'Sign in', exact: true }).click();
  };

  it('loses nothing that was typed: the edit, the reason and the comment are there after signing in again, and the order is given', async () => {
    await page.getByRole('button', { name: 'Show the message' }).click();
    await page.getByRole('button', { name: 'Edit it' }).click();
    await page.getByLabel('The message, to edit').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('{ "note": "typed for an hour" }');
    await page.getByText('It fits its schema.').waitFor();
    const form = page.getByRole('form', { name: 'Replay the edit' });
    await form.getByLabel('Why').fill('the reference was wrong');
    await page.getByLabel('Say something about it').fill('asked the bank');
    await system.database.query('delete from console.session');
    await form.getByRole('button').click();
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor({ timeout: 30_000 });
    await page.screenshot({ path: join(screens, 'letter-session-ended.png') });
    expect(recon.posted.filter(({ path }) => path === '/dead-letter-orders')).toEqual([]);
    await signIn(page.getByRole('dialog'));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectSoon(() => page.getByLabel('The message, to edit').textContent()).toContain('typed for an hour');
    await expectSoon(() => form.getByLabel('Why').inputValue()).toBe('the reference was wrong');
    await expectSoon(() => page.getByLabel('Say something about it').inputValue()).toBe('asked the bank');
    await expectSoon(() => form.getByRole('button').isEnabled()).toBe(true);
    await form.getByRole('button').click();
    await page.getByText('It is carried out now.').waitFor();
    expect(recon.posted.at(-1)?.body).toMatchObject({ editedValue: { note: 'typed for an hour' }, reason: 'the reference was wrong' });
  }, 90_000);

  it('gives selected letters to a person who may work on them: nobody else is offered', async () => {
    recon.answers.set('GET /dead-letters?state=notClosed&limit=100', [200, { deadLetters: [{ ...letter, assignee: null }], next: null }]);
    recon.answers.set('POST /dead-letters/dl_1/assignment', [200, { assignee: { subject: 'person:bob', name: 'Bob' } }]);
    await page.goto(`${url}/desk?view=letters`);
    await page.getByLabel('Select dl_1').check();
    await expectSoon(() => page.getByLabel('Give to').locator('option').allTextContents()).toEqual(['somebody', 'me', 'Bob', 'nobody']);
    await page.getByLabel('Give to').selectOption({ label: 'Bob' });
    await page.getByText('1 letter given to Bob.').waitFor();
    const subject = expect.stringMatching(/^person:/) as string;
    expect(recon.posted.at(-1)).toEqual({
      path: '/dead-letters/dl_1/assignment',
      body: { assignee: { subject, name: 'Bob' }, replaces: null },
    });
  });
});
