import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

const media = 'print';

/** Whether the page is being printed: what is folded, or drawn in part, is drawn whole then. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribed, isPrinting, () => false);
}

function isPrinting(): boolean {
  return window.matchMedia(media).matches;
}

/** The browser takes its picture right after it says that it prints: the page has to be drawn by then. */
function subscribed(changed: () => void): () => void {
  const list = window.matchMedia(media);
  const onChange = (): void => flushSync(changed);
  list.addEventListener('change', onChange);
  return () => list.removeEventListener('change', onChange);
}
