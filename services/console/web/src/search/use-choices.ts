import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { navigate } from '../shell/navigation.js';
import { foundHref } from './found-href.js';
import { kindLabels } from './labels.js';
import type { Found, SearchAnswer } from './read-search.js';
import { recentSearches, rememberSearch } from './recent-searches.js';
import type { Choice } from './results.js';
import { useSearchOf } from './use-search.js';
import type { SearchState } from './use-search.js';

/** The list of a search, and what was typed. */
export interface Choices {
  readonly typed: string;
  readonly search: SearchState;
  readonly choices: readonly Choice[];
  /** Place of the active line; -1: none is. */
  readonly active: number;
  readonly type: (text: string) => void;
  readonly take: (choice: Choice) => void;
  /** Arrow keys and Enter in the field. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** @param subject who is signed in: recent searches are theirs. @param onDone called when something is opened. */
export function useChoices(subject: string | undefined, onDone: () => void): Choices {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(-1);
  /** Enter was pressed before the answer was there. */
  const opensFirst = useRef(false);
  const search = useSearchOf(typed);
  const choices = typed.trim() === '' ? recentSearches(subject).map((recent): Choice => ({ recent })) : choicesOf(search.answer);
  const type = (text: string): void => {
    opensFirst.current = false;
    setTyped(text);
    setActive(-1);
  };
  const take = ({ href, recent }: Choice): void => {
    if (recent !== undefined) return type(recent);
    if (href === undefined) return;
    rememberSearch(subject, typed.trim());
    onDone();
    navigate(href);
  };
  useEffect(() => {
    if (search.searches) return;
    const [first] = choicesOf(search.answer);
    setActive(first ? 0 : -1);
    if (opensFirst.current && first) take(first);
    opensFirst.current = false;
  }, [search.answer, search.searches]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && choices.length > 0) setActive(placeAfter(active, step, choices.length));
    else if (event.key !== 'Enter') return;
    else if (choices[active]) take(choices[active]);
    else if (search.searches) opensFirst.current = true;
    else if (search.problem !== undefined) search.again();
    event.preventDefault();
  };
  return { typed, search, choices, active, type, take, onKeyDown };
}

/** The line after or before the active one, around the ends of the list. */
function placeAfter(active: number, step: number, lines: number): number {
  return active === -1 ? (step === 1 ? 0 : lines - 1) : (active + step + lines) % lines;
}

/** Results in the order of their headings; kinds that this console does not know come last. */
function choicesOf(answer: SearchAnswer | undefined): readonly Choice[] {
  const known = Object.keys(kindLabels);
  const place = ({ kind }: Found): number => (known.includes(kind) ? known.indexOf(kind) : known.length);
  return (answer?.found ?? []).toSorted((a, b) => place(a) - place(b)).map((found) => ({ found, href: foundHref(found) }));
}
