import { useEffect } from 'react';
import { navigate } from './navigation.js';
import { readSetting } from './settings.js';

/** Name of the setting that turns single keys off: speech input and some readers send them unintended (WCAG 2.1.4). */
export const keysSetting = 'single-keys';

/** How long the search field is waited for, in frames: about two seconds. */
const framesWaited = 120;

/** What each key does, for the help sheet. */
export const keyTexts: readonly (readonly [key: string, text: string])[] = [
  ['/', 'Find a payment'],
  ['j', 'Next row of the list'],
  ['k', 'Row before'],
  ['Enter', 'Open the row'],
  ['e', 'Show and edit the message of a letter'],
  ['d', 'Dry run of a letter'],
  ['Esc', 'Close what is open'],
  ['?', 'This sheet'],
];

/** Acts on single keys, except while somebody types, or has turned them off. @param onHelp opens or closes the help sheet. */
export function useKeys(onHelp: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (readSetting(keysSetting) === 'off') return;
      if (event.key === '?') onHelp();
      else if (event.key === '/') find();
      else if (event.key === 'j') moveRow(1);
      else if (event.key === 'k') moveRow(-1);
      else if (!pressed(event.key)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onHelp]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select') || target.closest('dialog[open]') !== null)
  );
}

/** Presses the first button of the page that has this key as its own. @returns whether there is one. */
function pressed(key: string): boolean {
  const button = [...document.querySelectorAll<HTMLButtonElement>('main button[data-key]')].find(({ dataset }) => dataset.key === key);
  button?.click();
  return button !== undefined;
}

/** To the search field of the page, else to the list of payments, which has one. */
function find(): void {
  const field = document.querySelector<HTMLInputElement>('main input[type=search]');
  if (field) return field.focus();
  navigate('/payments');
  focusWhenDrawn('main input[type=search]', framesWaited);
}

/** The page may have to be loaded first. */
function focusWhenDrawn(selector: string, frames: number): void {
  const field = document.querySelector<HTMLInputElement>(selector);
  if (field) field.focus();
  else if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(selector, frames - 1));
}

/** Moves the focus to the first link of the next row, from wherever it is. */
function moveRow(step: 1 | -1): void {
  const links = [...document.querySelectorAll('main tbody tr, main [data-row]')].flatMap(
    (row) => row.querySelector<HTMLElement>('a[href]') ?? [],
  );
  const focused = document.activeElement?.closest('tr, [data-row]')?.querySelector('a[href]');
  const at = links.findIndex((link) => link === focused);
  const next = at === -1 ? (step === 1 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
  links[next]?.focus();
}
