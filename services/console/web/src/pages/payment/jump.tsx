import type { MouseEvent, ReactNode } from 'react';

/** Id of the element that shows a document or the steps of an event, for links within the page. */
export function placeOf(kind: string, id: string): string {
  return `${kind}-${[...id].map((character) => (/[A-Za-z0-9_-]/.test(character) ? character : '.')).join('')}`.slice(0, 200);
}

/** Opens a part of the page and everything that it stands in, scrolls there, and moves the focus. */
export function reveal(place: string): void {
  const found = place === '' ? null : document.getElementById(place);
  if (!found) return;
  for (let part: HTMLElement | null = found; part; part = part.parentElement) if (part instanceof HTMLDetailsElement) part.open = true;
  found.scrollIntoView({ block: 'center' });
  (found instanceof HTMLDetailsElement ? found.querySelector('summary') : found)?.focus();
}

interface Props {
  readonly kind: string;
  readonly id: string;
  readonly label?: string;
  readonly children: ReactNode;
}

/** A link to a part of this page: it scrolls there and moves the focus, and the address stays. */
export function Jump({ kind, id, label, children }: Props) {
  const place = placeOf(kind, id);
  const onClick = (event: MouseEvent): void => {
    event.preventDefault();
    reveal(place);
  };
  return (
    <a href={`#${place}`} onClick={onClick} aria-label={label}>
      {children}
    </a>
  );
}
