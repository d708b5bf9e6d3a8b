import { useEffect, useState } from 'react';
import { keysSetting } from '../../shell/keys.js';
import { readSetting } from '../../shell/settings.js';

/** Rows that somebody selected, by their keys. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  readonly toggle: (key: string) => void;
  /** Selects all of them, or none when all are. */
  readonly toggleAll: (keys: readonly string[]) => void;
  readonly clear: () => void;
}

/**
 * Selects rows: by their box, or with the space key while the row has the focus (`j`, `k`). `p` replays. A row says its key as `data-key`, in characters of an address.
 * @param onReplay what `p` does.
 */
export function useSelection(onReplay: () => void): Selection {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string): void =>
    setKeys((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isInControl(event.target) && !(event.key === 'p' && isBox(event.target))) return;
      if (event.key === ' ') {
        const key = rowOf(event.target);
        if (key === undefined) return;
        toggle(key);
      } else if (event.key === 'p' && readSetting(keysSetting) !== 'off') onReplay();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  return {
    keys,
    toggle,
    toggleAll: (all) => setKeys((before) => (all.every((key) => before.has(key)) ? new Set() : new Set(all))),
    clear: () => setKeys(new Set()),
  };
}

/** A box takes the space key for itself, and no letter. */
function isBox(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'checkbox';
}

function rowOf(target: EventTarget | null): string | undefined {
  return target instanceof HTMLElement ? target.closest<HTMLElement>('tr[data-key]')?.dataset.key : undefined;
}

/** Where keys have a meaning of their own: what is typed, buttons and boxes, and an open dialog. */
function isInControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea, select, button') || target.closest('dialog[open]') !== null);
}
