import { useEffect } from 'react';
import { visibleText } from '../format/text.js';

/** Longest title of a tab, in characters; browsers shorten titles far earlier. */
const titleLimit = 120;

/** Sets the title of the tab, which also names its bookmark and its entry in the history. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${visibleText(title, titleLimit)} · Tributary`;
  }, [title]);
}
