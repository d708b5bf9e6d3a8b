/** Names of the links to the pages around a list, by which keys find them. */
export const pageLinks = { next: 'next-page', previous: 'page-before' } as const;

/** How long the rows of another page are waited for, ms. */
const pageWithinMs = 10_000;
const rows = 'tbody tr, [data-row]';

/** A step down or up. */
export type RowStep = 1 | -1;

/**
 * Place of the row where a step leads. @param at place of the row that has the focus, -1: none has. @param count rows.
 */
export function placeAfter(at: number, count: number, step: RowStep): number {
  if (at === -1) return step === 1 ? 0 : count - 1;
  return Math.min(Math.max(at + step, 0), count - 1);
}

/** Moves the focus to the first link, or in a row without one the first button, of the next row, from wherever it is; after the last row of a page to the first one of the next page. */
export function moveRow(step: RowStep): void {
  const focused = document.activeElement?.closest(rows) ?? null;
  const list = focused?.closest<HTMLElement>('.card') ?? null;
  const link = focused && firstLink(focused);
  const page = list?.querySelector<HTMLAnchorElement>(`a[data-link="${step === 1 ? pageLinks.next : pageLinks.previous}"]`);
  if (list && page && link === linksOf(list).at(step === 1 ? -1 : 0)) {
    onOtherRows(list, (links) => links.at(step === 1 ? 0 : -1)?.focus());
    page.click();
    return;
  }
  const links = linksOf(document.querySelector('main'));
  links[placeAfter(link ? links.indexOf(link) : -1, links.length, step)]?.focus();
}

const firstLink = (row: Element): HTMLElement | null =>
  row.querySelector<HTMLElement>('a[href]') ?? row.querySelector<HTMLElement>('button:enabled');
const linksOf = (list: ParentNode | null): HTMLElement[] =>
  [...(list?.querySelectorAll(rows) ?? [])].flatMap((row) => firstLink(row) ?? []);
const textOf = (list: ParentNode): string => [...list.querySelectorAll(rows)].map(({ textContent }) => textContent).join('\n');

let waiting: AbortController | undefined;

/** Acts once a list has other rows than now, unless somebody presses something before. */
function onOtherRows(list: HTMLElement, act: (links: readonly HTMLElement[]) => void): void {
  waiting?.abort();
  const { signal } = (waiting = new AbortController());
  const abort = waiting.abort.bind(waiting);
  const before = textOf(list);
  const watched = new MutationObserver(() => {
    const links = linksOf(list);
    if (links.length === 0 || textOf(list) === before) return;
    abort();
    act(links);
  });
  watched.observe(list, { childList: true, subtree: true, characterData: true });
  const end = setTimeout(abort, pageWithinMs);
  for (const kind of ['pointerdown', 'keydown'] as const) window.addEventListener(kind, abort, { signal, capture: true });
  signal.addEventListener('abort', () => {
    watched.disconnect();
    clearTimeout(end);
  });
}
