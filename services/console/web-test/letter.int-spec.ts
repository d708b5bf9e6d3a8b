/// <reference lib="dom" />
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ConsoleInChromium } from './testing/console-in-chromium.js';
import { chromiumPath, screens } from './testing/console-in-chromium.js';
import { consoleOver } from './testing/console-over.js';
import { expectSoon } from './testing/expect-soon.js';
import { LetterStandIn } from './testing/letter-stand-in.js';

const amount = { minor: '22355', currency: 'EUR', text: '223.55', exact: true };
const letter = {
  ...{ id: 'dl_7Q3M2K9ZC4T8WXYR', state: 'open', result: null, cause: 'erp.kinetic.business-rule', held: false, attempts: 3 },
  text: 'posting kinetic-main/cash-receipt/ch_1: kinetic.business-rule (CheckRef): the check reference is used already',
  ...{ group: 'tributary-sink-kinetic-main', topic: 'postings.kinetic-main.v1', partition: 3, offset: '184', sequence: 'pi_1' },
  ...{ eventType: 'postings.posting-requested', messageId: 'req_1', eventId: 'evt_1', firstFailureAt: '2026-11-21T06:00:00.000Z' },
  ...{ deadAt: '2026-11-21T06:11:00.000Z', closedAt: null, money: amount, parkedBehind: 2, assignee: null },
};
const found = {
  letter,
  ...{ deadLetterTopic: 'postings.kinetic-main.v1.tributary-sink-kinetic-main.dlq', traceId: '0af7651916cd43dd8448eb211c80319c' },
  ...{ lastFailureAt: '2026-11-21T06:10:00.000Z', kept: true, question: null, guilty: { named: 'CheckRef', path: 'fields.CheckRef' } },
  parked: [185, 186].map((offset) => ({ offset: String(offset), eventId: `evt_${offset}`, parkedAt: letter.deadAt, money: null })),
  generations: [
    { id: 'dl_BEFORE', cause: 'erp.silent', deadAt: '2026-11-20T06:00:00.000Z', attempts: 12, state: 'closed', result: 'dead-again' },
    { id: letter.id, cause: letter.cause, deadAt: letter.deadAt, attempts: 3, state: 'open', result: null },
  ],
  audit: [{ at: '2026-11-20T07:00:00.000Z', order: 'ord_1', done: 'given: replay', by: 'Ada', reason: 'the ERP is back' }],
  comments: [
    { id: 'com_1', at: '2026-11-21T07:00:00.000Z', by: { subject: 'person:1', name: 'Ada' }, text: 'asked the bank\nanswer by Friday' },
  ],
};
const value = {
  postingKey: 'kinetic-main/cash-receipt/ch_1',
  fields: { TranType: 'PayInv', CheckRef: 'ch_1', DocTranAmt: '223.55' },
  amount: { minor: '22355', currency: 'EUR' },
};
const message = {
  ...{ id: letter.id, key: 'cus_1', headers: { ce_type: 'postings.posting-requested' }, problem: null, length: 812 },
  schema: {
    ...{ id: 7, name: 'tributary.postings.PostingRequested', version: 2, isCurrent: true, doc: 'Make this document be there.' },
    fields: [{ path: 'amount.minor', type: 'minor-units', doc: 'Minor units.' }],
  },
  value,
};
const path = `/dead-letters/${letter.id}`;
const dry = {
  ...{ facts: null, mappingVersion: 'v7', ignoredReason: null, problem: null },
  postings: [
    {
      ...{ postingKey: value.postingKey, target: 'kinetic-main', kind: 'cash-receipt', open: [], lines: [], problem: null },
      calls: [{ method: 'POST', path: '/api/v2/Erp.BO.CashRecSvc/Update', body: '{"CheckRef":"ch_1"}', text: 'enters the receipt' }],
      effect: [
        { role: 'clearing', account: '1010', debit: amount, credit: null },
        { role: 'receivable', account: '1200', debit: null, credit: amount },
      ],
      totals: [{ debit: amount, credit: amount }],
    },
  ],
};

(chromiumPath ? describe : describe.skip)('the page of a letter', () => {
  const { recon, shown } = consoleOver(new LetterStandIn());
  let page: Page;
  let now: Record<string, unknown>;

  beforeEach(() => {
    now = { ...found };
    shown.problems.length = 0; // of a test before, which asked for what is refused
    recon.posted.length = 0;
    recon.read.length = 0;
    recon.answers.clear();
    recon.answers.set(`GET ${path}/case`, () => [200, now]);
    recon.answers.set(`GET ${path}/message`, [200, message]);
    recon.answers.set(`POST ${path}/dry-run`, [200, dry]);
    recon.answers.set('POST /dead-letter-orders', [202, { id: 'ord_2', waitsFor: [] }]);
  });
  afterEach(() => page.close());

  const open = async (options: Parameters<ConsoleInChromium['open']>[1] = { viewport: { width: 1400, height: 1000 } }): Promise<void> => {
    page = await shown.open(`/letters/${letter.id}`, options);
    await page.getByText('the check reference is used already').waitFor();
    await page.getByText('ledger day').waitFor(); // the page is drawn anew when the format of the company is known
  };
  const type = async (text: string): Promise<void> => {
    await page.getByLabel('The message, to edit').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(text);
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  it('says what failed and what to do, where it was, what waits behind it, and what came of it before', async () => {
    await open();
    await expectSoon(() => page.title()).toContain(letter.id);
    const main = page.locator('main');
    for (const part of [
      '223.55',
      '3 attempts',
      '2 messages behind it',
      'Dead-lettered 2 times',
      'the ERP is back',
      'answer by Friday',
      'req_1',
    ])
      await expectSoon(() => main.textContent()).toContain(part);
    await expectSoon(() => page.getByLabel('Trace').inputValue()).toBe(found.traceId);
    await expectSoon(() => main.textContent()).toContain('What to do');
    expect(recon.read.filter((one) => one.endsWith('/message'))).toEqual([]);
  });

  it('reads the message when somebody asks for it, once, with the guilty field marked', async () => {
    await open();
    await button('Show the message').click();
    await page.locator('.cm-marked').first().waitFor();
    await expectSoon(async () => (await page.locator('.cm-marked').allTextContents()).join('')).toBe('"CheckRef": "ch_1"');
    await page.getByText('It failed because of CheckRef, which is marked.').waitFor();
    await page.getByText('as messages are written today').click();
    await page.getByText('Minor units.').waitFor();
    expect(recon.read.filter((one) => one.endsWith('/message'))).toEqual([`${path}/message`]);
    await page.screenshot({ path: join(screens, 'letter-light.png'), fullPage: true });
  });

  it('checks an edit while somebody types, calls money out, shows the difference, tries and orders it', async () => {
    const edited = { ...value, amount: { ...value.amount, minor: '22400' } };
    recon.answers.set(`POST ${path}/check-edit`, (body) => {
      const { amount: given } = (body as { value: typeof value }).value;
      return typeof given.minor === 'number'
        ? [200, { ok: false, problems: [{ path: 'amount.minor', expected: 'a whole number as text', found: 'a number' }] }]
        : [
            200,
            { ok: true, differences: [{ path: 'amount.minor' }], money: [{ path: 'amount.minor', before: '"22355"', after: '"22400"' }] },
          ];
    });
    recon.answers.set('POST /dead-letter-orders', [
      202,
      { id: 'ord_2', waitsFor: ['it changes money: amount.minor from "22355" to "22400"'] },
    ]);
    await open();
    await button('Show the message').click();
    await button('Edit it').click();
    await type('{ "postingKey": ');
    await page.getByText(/This is no JSON/).waitFor();
    await type(JSON.stringify({ ...value, amount: { ...value.amount, minor: 22400 } }, undefined, 2));
    await page.getByText('Line 9: amount.minor expected a whole number as text, found a number').waitFor();
    await expectSoon(() => button('Replay it like this').isDisabled()).toBe(true);
    await type(JSON.stringify(edited, undefined, 2));
    await page.getByText('It changes money.').waitFor();
    await page.locator('.cm-deletedChunk').first().waitFor();
    await button('Try the edit').click();
    await page.getByText('/api/v2/Erp.BO.CashRecSvc/Update').waitFor();
    expect(recon.posted.at(-1)).toEqual({ path: `${path}/dry-run`, body: { value: edited } });
    await page.screenshot({ path: join(screens, 'letter-edit.png'), fullPage: true });
    const form = page.getByRole('form', { name: 'Replay the edit' });
    await form.getByLabel('Why').fill('the amount was wrong');
    await form.getByRole('button').click();
    await page.getByText('It waits until somebody else approves it:').waitFor();
    expect(recon.posted.at(-1)).toEqual({
      path: '/dead-letter-orders',
      body: { action: 'replay', scope: 'one', ids: [letter.id], editedValue: edited, reason: 'the amount was wrong' },
    });
  });

  it('keeps a draft while its person looks at another page, and in no storage of the browser', async () => {
    recon.answers.set(`POST ${path}/check-edit`, [200, { ok: true, differences: [{ path: 'note' }], money: [] }]);
    await open();
    await button('Show the message').click();
    await button('Edit it').click();
    await type('{ "note": "Ada Lovelace" }');
    await page.getByText('It fits its schema.').waitFor();
    await page.getByRole('link', { name: 'Books' }).first().click();
    await page.getByRole('heading', { name: 'Books', exact: true }).waitFor();
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain('Ada');
    await page.goBack();
    await expectSoon(() => page.getByLabel('The message, to edit').textContent()).toContain('Ada Lovelace');
    await page.reload();
    await page.getByText('the check reference is used already').waitFor();
    expect(await page.locator('main').textContent()).not.toContain('Ada Lovelace');
  });

  it('is worked by single keys: the message, an edit, a dry run', async () => {
    await open();
    await page.keyboard.press('e');
    await page.getByText('version 2, id 7').waitFor();
    await page.keyboard.press('d');
    await page.getByText('/api/v2/Erp.BO.CashRecSvc/Update').waitFor();
    await page.keyboard.press('e');
    await page.getByLabel('The message, to edit').waitFor();
  });

  it('answers the question that a held letter asks', async () => {
    now = {
      ...found,
      letter: { ...letter, held: true, cause: 'refund.approval', text: 'Is the refund of 223.55 EUR right? Answers: post, skip.' },
      question: { code: 'refund.approval', answers: ['post', 'skip'] },
    };
    page = await shown.open(`/letters/${letter.id}`);
    const form = page.getByRole('form', { name: 'Answer' });
    await form.getByText('Is the refund of 223.55 EUR right?').waitFor();
    await expectSoon(() => form.getByRole('button').isDisabled()).toBe(true);
    await form.getByRole('radio', { name: 'post', exact: true }).check();
    await form.getByLabel('Why').fill('the controller said so');
    await form.getByRole('button').click();
    await page.getByText('It is carried out now.').waitFor();
    expect(recon.posted).toEqual([
      {
        path: '/dead-letter-orders',
        body: { action: 'replay', scope: 'one', ids: [letter.id], answer: 'post', reason: 'the controller said so' },
      },
    ]);
  });

  it('takes a letter, says who was quicker, and comments', async () => {
    recon.answers.set(`POST ${path}/assignment`, () => {
      now = { ...found, letter: { ...letter, assignee: { subject: 'person:2', name: 'Grace' } } };
      return [409, { error: 'assignment.changed', message: 'Somebody was quicker: it is assigned to Grace by now. Nothing was changed.' }];
    });
    recon.answers.set(`POST ${path}/comments`, (body) => {
      const said = { id: 'com_2', at: '2026-11-21T08:00:00.000Z', by: { subject: 'person:1', name: 'Ada' }, ...(body as object) };
      now = { ...now, comments: [...found.comments, said] };
      return [201, said];
    });
    await open();
    await button('Take it').click();
    await page.getByText('Somebody was quicker').waitFor();
    await page.locator('strong', { hasText: 'Grace' }).waitFor();
    expect(recon.posted).toEqual([{ path: `${path}/assignment`, body: { assignee: 'me', replaces: null } }]);
    await page.getByLabel('Say something about it').fill('then it is yours');
    await button('Comment').click();
    await page.getByText('2 comments').waitFor();
    await expectSoon(() => page.getByLabel('Say something about it').inputValue()).toBe('');
  });

  it.each([
    [
      'controls, directions and half surrogates',
      { ...message, value: { 'a\u202eb': 'x\u0000\ud800\u2066', fields: { CheckRef: '\u001b[31m' } } },
    ],
    ['a value of 1 MB', { ...message, value: { big: 'x'.repeat(1_000_000), fields: { CheckRef: 'y' } }, problem: 'it is cut' }],
    ['deep nesting', { ...message, value: JSON.parse(`${'['.repeat(100)}"deep"${']'.repeat(100)}`) as unknown }],
    ['an unknown schema', { ...message, schema: null, value: null, problem: 'the catalogue has no event x.y' }],
    ['an answer that is none', 'nothing of this'],
  ])('shows a message with %s', async (_, hostile) => {
    recon.answers.set(`GET ${path}/message`, [200, hostile]);
    await open();
    await button('Show the message').click();
    await page.getByText(/byte/).waitFor();
    await page.waitForTimeout(300);
    expect(await page.locator('main').innerText()).not.toMatch(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u,
    );
    expect(await page.getByText('could not be shown:').count()).toBe(0);
    expect(shown.problems).toEqual([]);
  });

  it('says that a message is not kept, and that a letter is unknown', async () => {
    now = { ...found, kept: false };
    await open();
    await page.getByText('Its bytes are not kept any more').waitFor();
    await page.close();
    recon.answers.set('GET /dead-letters/dl_none/case', [
      404,
      { error: 'dead-letter.unknown', message: 'There is no dead letter dl_none.' },
    ]);
    page = await shown.open('/letters/dl_none');
    await page.getByText('There is no dead letter dl_none that you may see.').waitFor();
    shown.problems.length = 0; // the browser reports the 404 itself
  });

  it.each(['light', 'dark'] as const)('breaks no rule of WCAG that a machine can check, %s', async (colorScheme) => {
    await open({ bypassCSP: true, colorScheme, viewport: { width: 1400, height: 1000 } });
    await button('Show the message').click();
    await page.locator('.cm-marked').first().waitFor();
    await button('Try it').click();
    await page.getByText('/api/v2/Erp.BO.CashRecSvc/Update').waitFor();
    await button('Edit it').click();
    await page.getByLabel('The message, to edit').waitFor();
    expect(await shown.violations(page)).toEqual([]);
    await page.screenshot({ path: join(screens, `letter-${colorScheme}-all.png`), fullPage: true });
  });

  it('fits on a phone', async () => {
    await open({ viewport: { width: 360, height: 740 } });
    await button('Show the message').click();
    await page.locator('.cm-marked').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.screenshot({ path: join(screens, 'letter-phone.png'), fullPage: true });
  });
});
