/**
 * What somebody is typing and has not sent, by what it is about. It is in the memory of this tab only: it may hold names and addresses of people,
 * so it is never in a storage of the browser, and is gone when the tab is closed or its person signs out.
 */
const drafts = new Map<string, string>();

/** Most drafts at once; the oldest is dropped. */
const mostDrafts = 20;

/** What was typed about this before; undefined: nothing. */
export function draftOf(about: string): string | undefined {
  return drafts.get(about);
}

/** Keeps what is typed. @param text undefined: it was sent or thrown away. */
export function keepDraft(about: string, text: string | undefined): void {
  drafts.delete(about);
  if (text !== undefined) drafts.set(about, text);
  const [oldest] = drafts.keys();
  if (drafts.size > mostDrafts && oldest !== undefined) drafts.delete(oldest);
}

/** Forgets all of them. */
export function forgetDrafts(): void {
  drafts.clear();
}
