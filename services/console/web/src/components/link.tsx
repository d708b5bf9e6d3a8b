import type { MouseEvent, ReactNode } from 'react';
import { navigate } from '../shell/navigation.js';

interface Props {
  readonly href: string;
  readonly className?: string;
  readonly title?: string;
  readonly label?: string;
  readonly current?: boolean;
  /** What keys find it by. */
  readonly name?: string;
  readonly children: ReactNode;
}

/**
 * A link within the console. A plain click changes the page without a reload; the browser handles everything else (new tab, copy,
 * bookmark).
 */
export function Link({ href, className, title, label, current, name, children }: Props) {
  const onClick = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    navigate(href);
  };
  return (
    <a
      href={href}
      className={className}
      title={title}
      aria-label={label}
      aria-current={current ? 'page' : undefined}
      data-link={name}
      onClick={onClick}
    >
      {children}
    </a>
  );
}
