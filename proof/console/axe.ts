import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { addressesOf } from './addresses.js';
import type { StackInBrowser } from './running-stack.js';

const themes = ['light', 'dark'] as const;
const axeSource = join(workspaceRoot, 'node_modules', 'axe-core', 'axe.min.js');
const rules = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`;

/** One page in both themes: which rules of WCAG 2.2 A and AA it breaks, of those that a machine can check. */
export interface CheckedPage {
  readonly address: string;
  readonly light: readonly string[];
  readonly dark: readonly string[];
}

/** Routes x themes x axe, as a table. @returns the pages; a page that shows nothing is one, with what was to be seen. */
export async function checkPages(stack: StackInBrowser, say: (line: string) => void): Promise<CheckedPage[]> {
  const { addresses, without } = await addressesOf(stack);
  const pages: CheckedPage[] = [];
  say(`${'page'.padEnd(48)} light  dark   (rules of WCAG 2.2 A and AA that are broken)`);
  for (const address of addresses) {
    const [light = [], dark = []] = [await broken(stack, address, themes[0]), await broken(stack, address, themes[1])];
    pages.push({ address, light, dark });
    const shown = address.length > 46 ? `${address.slice(0, 45)}…` : address;
    say(`${shown.padEnd(48)} ${String(light.length).padStart(5)} ${String(dark.length).padStart(5)}`);
    for (const rule of new Set([...light, ...dark])) say(`       ${rule}`);
  }
  if (without.length > 0) say(`not looked at, because nothing of it is there: ${without.join(', ')}`);
  return pages;
}

async function broken(stack: StackInBrowser, address: string, colorScheme: 'light' | 'dark'): Promise<readonly string[]> {
  const page = await stack.open(address, { bypassCSP: true, colorScheme, viewport: { width: 1400, height: 900 } });
  try {
    await page.evaluate(readFileSync(axeSource, 'utf8'));
    return await page.evaluate<string[]>(rules);
  } finally {
    await page.close();
  }
}
