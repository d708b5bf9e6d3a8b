import { useEffect, useRef } from 'react';
import type { MouseEvent } from 'react';
import { Amount } from '../components/amount.js';
import { labelOf } from '../components/chip.js';
import { Instant } from '../components/instant.js';
import { visibleText } from '../format/text.js';
import { kindLabels, wordLabels } from './labels.js';
import type { Found } from './read-search.js';

/** One line of the list: something that was found, or a search of before. */
export interface Choice {
  readonly found?: Found;
  /** Page that shows it; undefined: the console has none. */
  readonly href?: string | undefined;
  readonly recent?: string;
}

interface Props {
  /** Start of the ids of the lines. */
  readonly id: string;
  readonly choices: readonly Choice[];
  readonly active: number;
  readonly onTake: (choice: Choice) => void;
}

/** What can be chosen, grouped by kind. The field keeps the focus, and says which line is the active one. */
export function Results({ id, choices, active, onTake }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const groups = [...Map.groupBy([...choices.entries()], ([, choice]) => headingOf(choice))];
  return (
    <div ref={list} id={`${id}list`} role="listbox" aria-label="Results" className="search-results" hidden={choices.length === 0}>
      {groups.map(([heading, lines], group) => (
        <div key={heading} role="group" aria-labelledby={`${id}group${group}`}>
          <p id={`${id}group${group}`} role="presentation" className="search-kind">
            {heading}
          </p>
          {lines.map(([index, choice]) => (
            <Line key={index} id={`${id}${index}`} choice={choice} isActive={index === active} onTake={onTake} />
          ))}
        </div>
      ))}
    </div>
  );
}

function headingOf({ found }: Choice): string {
  return found ? labelOf(kindLabels, found.kind) : 'Searched for in this tab';
}

interface LineProps {
  readonly id: string;
  readonly choice: Choice;
  readonly isActive: boolean;
  readonly onTake: (choice: Choice) => void;
}

/** A link, so that it can be opened in another tab; a plain click stays in this one. */
function Line({ id, choice, isActive, onTake }: LineProps) {
  const onClick = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onTake(choice);
  };
  return (
    <a id={id} role="option" tabIndex={-1} aria-selected={isActive} href={choice.href} className="search-line" onClick={onClick}>
      {choice.found ? <FoundLine found={choice.found} /> : <code>{visibleText(choice.recent ?? '', 120)}</code>}
    </a>
  );
}

function FoundLine({ found: { id, amount, word, at } }: { readonly found: Found }) {
  return (
    <>
      <code>{visibleText(id, 120)}</code>{' '}
      <span className="search-what">
        {amount && <Amount amount={amount} />}{' '}
        {word !== null && <span>{Object.hasOwn(wordLabels, word) ? wordLabels[word] : visibleText(word, 120)}</span>}
      </span>{' '}
      <span className="muted">
        <Instant at={at} />
      </span>
    </>
  );
}
