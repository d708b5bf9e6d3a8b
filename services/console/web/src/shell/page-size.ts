import { useSyncExternalStore } from 'react';
import { readSetting, storeSetting } from './settings.js';

/** How many rows a page of a list may have. recon answers with no more than the last of them. */
export const pageSizes = [50, 200, 1_000] as const;

const setting = 'rows-per-page';
const listeners = new Set<() => void>();

/** The rows of a page that somebody chose in this browser; undefined: the list's own number. */
function chosen(): number | undefined {
  return pageSizes.find((size) => String(size) === readSetting(setting));
}

/** How many rows the pages of lists have. @param otherwise where nobody chose: what the list has by itself. */
export function usePageSize(otherwise = 50): number {
  return useSyncExternalStore(subscribed, chosen, () => undefined) ?? otherwise;
}

/** Keeps how many rows somebody wants to see, for every list of this browser. */
export function choosePageSize(size: string): void {
  storeSetting(setting, size);
  for (const changed of listeners) changed();
}

function subscribed(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
