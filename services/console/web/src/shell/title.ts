import { useEffect } from 'react';
import { visibleText } from '../format/text.js';

/** Longest title of a tab, in characters; browsers shorten titles far earlier. */
const titleLimit = 120;

/** Sets the title of the tab, which also names its bookmark and its entry in the history. @param title undefined: another part of the page names it. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${visibleText(title, titleLimit)} · Tributary`;
  }, [title]);
}
