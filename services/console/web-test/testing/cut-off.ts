/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/**
 * Texts that are cut off, each named by its element and its beginning: in an element that hides what does not fit it, or beyond the edge of the table or the
 * window that it stands in. A text that can be had whole on purpose does not count: by a `title`, or in a field that is scrolled by whoever types.
 */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const parts = ':is(main, header, nav) :is(td, th, h1, h2, h3, h4, a, button, summary, label, dt, dd, p, li, code, strong, span, div, select)';
    const name = (element) => element.tagName + '.' + element.className + ' ' + (element.innerText || '').trim().slice(0, 40);
    const width = document.documentElement.clientWidth;
    const isOnlyRead = (element) => element.closest('thead') !== null && getComputedStyle(element.closest('thead')).clipPath !== 'none';
    const isSeen = (element) =>
      element.checkVisibility({ visibilityProperty: true }) && !element.closest('.hidden, [aria-hidden=true]') && !isOnlyRead(element) && element.getBoundingClientRect().width > 1;
    const hasWhole = (element) => element.closest('[title]:not([title=""])') !== null || element.querySelector(':scope > [title]:not([title=""])') !== null;
    const found = new Set();
    for (const element of document.querySelectorAll(parts)) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
      const { overflowX, display } = getComputedStyle(element);
      if (!isSeen(element) || hasWhole(element)) continue;
      const hides = ['hidden', 'clip'].includes(overflowX);
      if (hides && display !== 'inline' && element.scrollWidth > element.clientWidth + 1) found.add('cut: ' + name(element));
      if (!own) continue;
      const { left, right } = element.getBoundingClientRect();
      const list = element.closest('.scroll');
      const edge = list ? list.getBoundingClientRect() : { left: 0, right: width };
      if (element.closest('pre, .code, .cm-editor') === null && (right > edge.right + 1 || left < edge.left - 1)) found.add('beyond: ' + name(element));
    }
    return [...found];
  })()`);
}
