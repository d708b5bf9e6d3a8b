import { useEffect } from 'react';
import { routeOf } from '@tributary/console/routes';
import type { SignedIn } from '../identity/read-who-am-i.js';
import { mayDo } from './live-context.js';
import { navigate } from './navigation.js';
import { queryClient } from './query.js';
import { moveRow } from './rows.js';
import { readSetting } from './settings.js';

/** Name of the setting that turns single keys off: speech input and some readers send them unintended (WCAG 2.1.4). */
export const keysSetting = 'single-keys';

const desk = '/desk';

/** What each key does, for the help sheet. */
export const keyTexts: readonly (readonly [key: string, text: string])[] = [
  ['/', 'Search by any id, an amount, a number or an e-mail address; also Ctrl-K or Cmd-K'],
  ['j', 'Next row of the list; after the last one, the next page'],
  ['k', 'Row before; before the first one, the page before'],
  ['Enter', 'Open the row'],
  ['e', 'Export the list; show and edit the message of a letter'],
  ['d', 'To the desk, for whoever may see it; dry run of a letter'],
  ['r', 'Read what is shown again'],
  ['Space', 'Select the row, at the desk'],
  ['p', 'Replay what is selected, at the desk'],
  ['Esc', 'Close what is open'],
  ['?', 'This sheet'],
];

/** What single keys do, by key. */
export type KeyActions = Readonly<Record<string, () => unknown>>;

/** Acts on single keys, except while somebody types, or has turned them off. */
export function useKeys(actions: KeyActions): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (!Object.hasOwn(actions, event.key) || readSetting(keysSetting) === 'off') return;
      actions[event.key]?.();
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}

/** The keys of every page beside those of the search and of the help sheet. A button of the page that has a key as its own comes first. */
export function pageKeys(person: SignedIn | null): KeyActions {
  return {
    j: () => moveRow(1),
    k: () => moveRow(-1),
    e: () => pressed('e') || document.querySelector<HTMLAnchorElement>('main a[data-export]')?.click(),
    r: () => void queryClient.invalidateQueries(),
    d: () => {
      const route = routeOf(desk)?.route;
      if (!pressed('d') && route && mayDo(person, route.needs)) navigate(desk);
    },
  };
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox], [type=radio]), textarea, select') ||
      target.closest('dialog[open]') !== null)
  );
}

/** Presses the first button of the page that has this key as its own. @returns whether there is one. */
function pressed(key: string): boolean {
  const button = [...document.querySelectorAll<HTMLButtonElement>('main button[data-key]')].find(({ dataset }) => dataset.key === key);
  button?.click();
  return button !== undefined;
}
