import { useEffect } from 'react';
import { visibleText } from '../format/text.js';

/** Longest title of a tab, in characters; browsers cut far earlier. */
const titleLimit = 120;

/** Names the tab (and so the bookmark and the entry in the history) after what it shows. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${visibleText(title, titleLimit)} · Tributary`;
  }, [title]);
}
