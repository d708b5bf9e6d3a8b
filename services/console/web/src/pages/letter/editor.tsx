import { Suspense, useMemo, useState } from 'react';
import { JsonDifference, JsonEditor } from '../../code/lazy.js';
import type { Mark } from '../../code/marks.js';
import { ConfirmButton } from '../../components/confirm-button.js';
import { counted, visibleText } from '../../format/text.js';
import { draftOf, keepDraft } from '../../shell/drafts.js';
import { DecisionForm } from './decision-form.js';
import { TryIt } from './dry-run.js';
import { useEditState } from './edit-state.js';
import type { EditProblem, EditState } from './edit-state.js';
import type { MoneyChange } from './read-message.js';

interface Props {
  readonly letter: string;
  /** The message as JSON, as it was. */
  readonly before: string;
  readonly onClose: () => void;
}

/** An edit of a message: checked while somebody types, shown beside what was, tried, and ordered. The draft stays in this tab until it is sent. */
export function Editor({ letter, before, onClose }: Props) {
  const about = `edit ${letter}`;
  const [text, setText] = useState(() => draftOf(about) ?? before);
  const [begin] = useState(text);
  const state = useEditState(letter, text, before);
  const marks = useMemo<readonly Mark[]>(() => (state.kind === 'wrong' ? state.problems : []), [state]);
  const change = (next: string): void => {
    setText(next);
    keepDraft(about, next === before ? undefined : next);
  };
  const throwAway = (): void => {
    keepDraft(about, undefined);
    onClose();
  };
  const good = state.kind === 'good' ? state : undefined;
  return (
    <div className="edit">
      <h3>Edit</h3>
      <Suspense fallback={<p className="notice muted">Loading the editor.</p>}>
        <JsonEditor label="The message, to edit" text={begin} marks={marks} onChange={change} />
      </Suspense>
      <StateNote state={state} />
      {good && <MoneyNote money={good.money} />}
      {good && (
        <Suspense fallback={null}>
          <h4>What changes</h4>
          <JsonDifference before={before} after={text} />
        </Suspense>
      )}
      <TryIt letter={letter} edited={{ value: good?.value }} disabled={!good} />
      <DecisionForm
        letter={letter}
        name="Replay the edit"
        verb={good && good.money.length > 0 ? 'Replay it like this, when somebody else approves' : 'Replay it like this'}
        decision={good ? { action: 'replay', editedValue: good.value } : undefined}
        onOrdered={() => keepDraft(about, undefined)}
      />
      <p>
        {text === before ? (
          <button type="button" onClick={throwAway}>
            Stop editing
          </button>
        ) : (
          <ConfirmButton label="Throw the edit away" question="Throw away what you typed?" onConfirm={throwAway}>
            Throw it away
          </ConfirmButton>
        )}
      </p>
    </div>
  );
}

function StateNote({ state }: { readonly state: EditState }) {
  return (
    <div className="edit-state" role="status">
      {state.kind === 'same' && <p className="muted">Nothing is changed yet.</p>}
      {state.kind === 'checking' && <p className="muted">Checking.</p>}
      {state.kind === 'good' && <p className="good">It fits its schema. {counted(state.changes, 'field')} changed.</p>}
      {state.kind === 'wrong' && (
        <ul className="problems">
          {state.problems.map((problem, index) => (
            <li key={index}>
              <ProblemText problem={problem} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ProblemText({ problem: { path, text, line } }: { readonly problem: EditProblem }) {
  return (
    <>
      {line !== undefined && <>Line {line}: </>}
      {path !== '' && <code>{visibleText(path, 200)} </code>}
      {visibleText(text, 400)}
    </>
  );
}

/** Changes about money, called out: nobody changes an amount alone. */
export function MoneyNote({ money }: { readonly money: readonly MoneyChange[] }) {
  if (money.length === 0) return null;
  return (
    <div className="news bad" role="alert">
      <p>
        <strong>It changes money.</strong> An order with it waits until somebody else approves it.
      </p>
      <ul>
        {money.map(({ path, before, after }, index) => (
          <li key={index}>
            <code>{visibleText(path === '' ? 'all of it' : path, 200)}</code> from {visibleText(before, 200)} to {visibleText(after, 200)}
          </li>
        ))}
      </ul>
    </div>
  );
}
