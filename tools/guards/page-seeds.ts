import type { Seed } from './seed.js';

const syntax = 'no-restricted-syntax';
const looksAtOnce = (asserted: string): string =>
  ["import type { Page } from 'playwright-core';", `export const look = async (page: Page): Promise<void> => ${asserted};`].join('\n');

/** Violations of the rule that a test of a page waits for what it asserts. */
export const pageSeeds: readonly Seed[] = [
  {
    refuses: 'a figure of a page that is asserted at once',
    file: 'services/console/web-test/seed-60.int-spec.ts',
    code: looksAtOnce("expect(await page.getByText('One thing is missing').count()).toBe(1)"),
    rule: syntax,
    message: /expectSoon/,
  },
  {
    refuses: 'a text of a page that is made plain and asserted at once',
    file: 'proof/console/seed-61.int-spec.ts',
    code: looksAtOnce("expect(((await page.locator('main').textContent()) ?? '').trim()).toContain('12.50')"),
    rule: syntax,
    message: /expectSoon/,
  },
  {
    refuses: 'an address of a page that is asserted at once',
    file: 'services/console/web-test/seed-62.int-spec.ts',
    code: looksAtOnce("expect(new URL(page.url()).pathname).toBe('/books')").replace(
      'async (page: Page): Promise<void>',
      '(page: Page): void',
    ),
    rule: syntax,
    message: /expectSoon/,
  },
  {
    refuses: 'a figure of a page that is compared with later, read while the page before may still stand there',
    file: 'services/console/web-test/seed-63.int-spec.ts',
    code: [
      "import type { Page } from 'playwright-core';",
      'export const look = async (page: Page): Promise<number> => {',
      "  const rows = await page.locator('tbody tr').count();",
      '  return rows;',
      '};',
    ].join('\n'),
    rule: syntax,
    message: /whenSettled/,
  },
];
