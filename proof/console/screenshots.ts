import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import type { Page } from 'playwright-core';
import { addressOfName } from './addresses.js';
import type { StackInBrowser } from './running-stack.js';

const folder = join('docs', 'images', 'console');
/** Most that all pictures of the documentation may take, bytes. */
export const mostBytes = 3_000_000;
const quality = 82;
const size = { width: 1360, height: 900 };

/** Name of the picture and the page of each room. */
const rooms = [
  'overview',
  'payments',
  'payment',
  'customers',
  'desk',
  'letter',
  'books',
  'targets',
  'events',
  'audit',
  'settings',
] as const;

/** Pictures of every room in both themes, of the running stack. @returns whether all were taken and fit. */
export async function takeScreenshots(stack: StackInBrowser, say: (line: string) => void): Promise<boolean> {
  mkdirSync(join(workspaceRoot, folder), { recursive: true });
  let isWhole = true;
  for (const room of rooms) {
    const address = await addressOfName(stack, room);
    if (address === undefined) {
      say(`not ok ${room}: there is nothing of it`);
      isWhole = false;
      continue;
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await stack.open(address, { colorScheme, viewport: size });
      const file = join(folder, `${room === 'overview' ? 'today' : room}-${colorScheme}.webp`);
      writeFileSync(join(workspaceRoot, file), await webp(page));
      await page.close();
      say(`ok     ${file}`);
    }
  }
  const all = join(workspaceRoot, 'docs', 'images');
  const bytes = readdirSync(all, { recursive: true }).reduce((sum, name) => sum + statSync(join(all, String(name))).size, 0);
  say(`${bytes <= mostBytes ? 'ok    ' : 'not ok'} docs/images has ${bytes} bytes`);
  return isWhole && bytes <= mostBytes;
}

/** What the page shows, as WebP: a third of a PNG. */
async function webp(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
  return Buffer.from(data, 'base64');
}
