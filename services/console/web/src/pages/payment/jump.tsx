import type { MouseEvent, ReactNode } from 'react';

/** Id of the element that shows a document or the steps of an event, for links within the page. */
export function placeOf(kind: string, id: string): string {
  return `${kind}-${[...id].map((character) => (/[A-Za-z0-9_-]/.test(character) ? character : '.')).join('')}`.slice(0, 200);
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
    const found = document.getElementById(place);
    if (!found) return;
    for (let parent = found.parentElement; parent; parent = parent.parentElement)
      if (parent instanceof HTMLDetailsElement) parent.open = true;
    found.scrollIntoView({ block: 'center' });
    found.focus();
  };
  return (
    <a href={`#${place}`} onClick={onClick} aria-label={label}>
      {children}
    </a>
  );
}
