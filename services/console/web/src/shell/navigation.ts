import { createBrowserHistory } from '@tanstack/react-router';
import type { RouterHistory } from '@tanstack/react-router';

let history: RouterHistory | undefined;

/** The history of this tab, which the router follows. Made when it is first needed: there is none where a page is only drawn. */
export function consoleHistory(): RouterHistory {
  return (history ??= createBrowserHistory());
}

/** Goes to another address of the console. `replace` adds no entry to the history, for changes while somebody types. */
export function navigate(href: string, options: { replace?: boolean } = {}): void {
  if (options.replace) consoleHistory().replace(href);
  else consoleHistory().push(href);
}

/** Goes one step back, or to `otherwise` when the page was opened from outside the console. */
export function goBack(otherwise: string): void {
  if (consoleHistory().canGoBack()) consoleHistory().back();
  else navigate(otherwise);
}
