import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { navigate } from '../../shell/navigation.js';
import { reveal } from './jump.js';

interface Props {
  /** Id of the element, and what stands behind `#` in the address while it is open. */
  readonly place: string;
  readonly title: ReactNode;
  /** Its name for those who cannot see beside what it stands. */
  readonly label: string;
  /** Drawn once it is open. */
  readonly children: () => ReactNode;
}

/** Something behind a step that opens where it stands. The address of the page leads to what was opened last. */
export function InPlace({ place, title, label, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="evidence"
      id={place}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
        if (event.currentTarget.open) keepInAddress(place);
      }}
    >
      <summary aria-label={label}>{title}</summary>
      {open && children()}
    </details>
  );
}

function keepInAddress(place: string): void {
  const { pathname, search, hash } = window.location;
  if (hash !== `#${place}`) navigate(`${pathname}${search}#${place}`, { replace: true });
}

/** Opens what the address names. @param isDrawn whether the page has its parts already. */
export function usePlaceOfAddress(isDrawn: boolean): void {
  useEffect(() => {
    if (!isDrawn) return;
    const show = (): void => reveal(window.location.hash.slice(1));
    show();
    window.addEventListener('hashchange', show);
    return () => window.removeEventListener('hashchange', show);
  }, [isDrawn]);
}
