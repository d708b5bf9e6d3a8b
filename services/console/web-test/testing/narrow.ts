/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** A phone, px. */
export const phone = { width: 360, height: 740 } as const;

/**
 * What does not fit the width of the window: the page itself where it scrolls sideways, a table that scrolls within it, and a cell that is cut off or stands
 * beyond the edge. Each is named by its text. What nobody sees (texts for screen readers, folded parts) does not count.
 */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const width = document.documentElement.clientWidth;
    const found = document.documentElement.scrollWidth > width ? ['the page: ' + document.documentElement.scrollWidth] : [];
    const name = (element) => element.tagName + ' ' + (element.innerText || '').trim().slice(0, 60);
    const isSeen = (element) => element.checkVisibility() && element.closest('.hidden, thead') === null && element.getBoundingClientRect().width > 1;
    for (const list of document.querySelectorAll('main .scroll'))
      if (isSeen(list) && list.scrollWidth > list.clientWidth + 1) found.push('scrolls: ' + (list.getAttribute('aria-label') || name(list)));
    for (const cell of document.querySelectorAll('main td, main tbody th')) {
      if (!isSeen(cell)) continue;
      const { left, right } = cell.getBoundingClientRect();
      const isCut = cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).display !== 'inline';
      if (isCut || left < -1 || right > width + 1) found.push('cut: ' + name(cell));
    }
    return found;
  })()`);
}
