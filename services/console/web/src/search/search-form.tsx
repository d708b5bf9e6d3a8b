import { useId } from 'react';
import { counted, visibleText } from '../format/text.js';
import { searchable } from './labels.js';
import { Results } from './results.js';
import { useChoices } from './use-choices.js';
import type { SearchState } from './use-search.js';

const longestSearch = 600;

interface Props {
  /** Who is signed in: recent searches are theirs. */
  readonly subject: string | undefined;
  /** Called when something was opened. */
  readonly onDone: () => void;
}

/** The field with what it finds, as a combobox with a list (WAI-ARIA Authoring Practices, "Combobox"). */
export function SearchForm({ subject, onDone }: Props) {
  const id = useId();
  const { typed, search, choices, active, type, take, onKeyDown } = useChoices(subject, onDone);
  return (
    <>
      <label className="hidden" htmlFor={`${id}field`}>
        Search by any id, an amount, a document number or an e-mail address
      </label>
      <input
        id={`${id}field`}
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={choices.length > 0}
        aria-controls={`${id}list`}
        aria-activedescendant={choices[active] ? `${id}${active}` : undefined}
        aria-describedby={`${id}state`}
        autoFocus
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={longestSearch}
        placeholder="Id, amount, document number, e-mail"
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Results id={id} choices={choices} active={active} onTake={take} />
      <State id={`${id}state`} typed={typed.trim()} search={search} />
    </>
  );
}

interface StateProps {
  readonly id: string;
  readonly typed: string;
  readonly search: SearchState;
}

/** Where the search stands, for readers of the screen as well. */
function State({ id, typed, search: { answer, problem, searches } }: StateProps) {
  if (problem !== undefined)
    return (
      <p id={id} className="notice bad" role="alert">
        {visibleText(problem)}
      </p>
    );
  return (
    <div id={id} className="search-state muted" role="status">
      {typed === '' ? (
        <p>{searchable}</p>
      ) : searches || !answer ? (
        <p>Searching.</p>
      ) : (
        <>
          <p>
            {answer.found.length === 0
              ? `Nothing is known by ${visibleText(typed, 60)}. Ids are searched as a whole, not in parts.`
              : `${counted(answer.found.length, 'result')}${answer.more ? ', and there are more: type more of it' : ''}. Arrow keys choose, Enter opens.`}
          </p>
          {answer.hint !== null && <p>{visibleText(answer.hint, 400)}</p>}
        </>
      )}
    </div>
  );
}
