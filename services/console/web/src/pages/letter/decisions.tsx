import { useId, useState } from 'react';
import { longTextLimit, visibleText } from '../../format/text.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import type { Decision } from './api.js';
import { DecisionForm } from './decision-form.js';
import type { Case, Letter } from './read-case.js';
import { StandingNote } from './standing-note.js';

const ofPostings = /^postings\./;
/** recon cannot replay what it reads itself. */
const ownGroup = 'tributary-recon';

/** What can be decided about an open letter by whoever looks at it. */
export function Decisions({ found }: { readonly found: Case }) {
  const { letter, question } = found;
  const { person } = useShell();
  const standing = <StandingNote found={found} />;
  if (letter.state !== 'open')
    return (
      <section className="card" aria-labelledby="decide-title">
        <h2 id="decide-title">Decide</h2>
        {standing}
      </section>
    );
  const mayOrder = mayDo(person, 'orders.create');
  const mayResolve = mayDo(person, 'orders.resolve');
  return (
    <section className="card" aria-labelledby="decide-title">
      <h2 id="decide-title">Decide</h2>
      {standing}
      {!mayOrder && !mayResolve && (
        <p className="notice muted">
          You may look at it. Replaying and skipping need the permission <code>orders.create</code>.
        </p>
      )}
      {mayOrder && question !== null && <Answer letter={letter} question={question} />}
      {mayOrder && letter.group === ownGroup && (
        <p className="notice">
          It cannot be replayed: recon reads this message itself. Correct the cause, rebuild the views, then skip it.
        </p>
      )}
      {mayOrder && letter.group !== ownGroup && (
        <details open={question === null}>
          <summary>Replay it as it is</summary>
          <DecisionForm letter={letter.id} name="Replay" verb="Replay it" decision={{ action: 'replay' }}>
            <p className="muted">Its group processes it again, and what waits behind it goes on when that succeeds.</p>
          </DecisionForm>
        </details>
      )}
      {mayOrder && (
        <details>
          <summary>Skip it</summary>
          <DecisionForm letter={letter.id} name="Skip" verb="Skip it" decision={{ action: 'skip' }}>
            <p className="muted">Nothing is done about it any more. What waits behind it goes on.</p>
          </DecisionForm>
        </details>
      )}
      {mayResolve && (ofPostings.test(letter.topic) ? <Resolve letter={letter} /> : <PutRight letter={letter} />)}
    </section>
  );
}

/** The question of a flow, with its text as evidence, and the answers that it offers as choices. */
function Answer({ letter, question }: { readonly letter: Letter; readonly question: NonNullable<Case['question']> }) {
  const [answer, setAnswer] = useState<string>();
  const group = useId();
  const decision: Decision | undefined = answer === undefined ? undefined : { action: 'replay', answer };
  return (
    <DecisionForm letter={letter.id} name="Answer" verb="Answer it" decision={decision}>
      <fieldset>
        <legend>
          It asks <code>{visibleText(question.code, 80)}</code>
        </legend>
        <p>{visibleText(letter.text ?? 'The text of the question is not kept any more.', longTextLimit)}</p>
        {question.answers.map((one) => (
          <p key={one}>
            <label>
              <input type="radio" name={group} value={one} checked={answer === one} onChange={() => setAnswer(one)} />{' '}
              {visibleText(one, 80)}
              {one === 'skip' && <span className="muted"> (nothing is posted)</span>}
            </label>
          </p>
        ))}
      </fieldset>
    </DecisionForm>
  );
}

/** Says that what a message is about was put right by hand. No ledger can be asked for it, so somebody else has to approve it. */
function PutRight({ letter }: { readonly letter: Letter }) {
  return (
    <details>
      <summary>It was put right by hand</summary>
      <DecisionForm letter={letter.id} name="Resolve" verb="Resolve it" decision={{ action: 'resolve' }}>
        <p className="muted">
          Nothing is done about it any more, and what waits behind it goes on. It asks for no document that a ledger could be asked for, so
          somebody else has to approve it.
        </p>
      </DecisionForm>
    </details>
  );
}

/** Says which document of the ledger stands for a posting. The ledger is asked whether it has it. */
function Resolve({ letter }: { readonly letter: Letter }) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [accept, setAccept] = useState(false);
  const [nameId, valueId] = [useId(), useId()];
  const [key, is] = [name.trim(), value.trim()];
  const named: Decision = { action: 'resolve', reference: { [key]: is }, ...(accept ? { acceptDifference: true } : {}) };
  const decision: Decision | undefined =
    key === '' && is === '' && !accept ? { action: 'resolve' } : key === '' || is === '' ? undefined : named;
  return (
    <details>
      <summary>It is in the ledger already</summary>
      <DecisionForm letter={letter.id} name="Resolve" verb="Resolve it" decision={decision}>
        <p className="muted">
          The document is looked up in the ledger by its posting key and compared; nothing is posted. Without a key below, it is the
          document that the ledger has.
        </p>
        <p className="field">
          <label htmlFor={nameId}>Key of the document, such as HeadNum</label>
          <input id={nameId} value={name} autoComplete="off" spellCheck={false} onChange={(event) => setName(event.target.value)} />
        </p>
        <p className="field">
          <label htmlFor={valueId}>Its value, such as 881</label>
          <input id={valueId} value={value} autoComplete="off" spellCheck={false} onChange={(event) => setValue(event.target.value)} />
        </p>
        <p>
          <label>
            <input type="checkbox" checked={accept} onChange={(event) => setAccept(event.target.checked)} /> Also when the ledger does not
            say so: somebody else has to approve it then
          </label>
        </p>
      </DecisionForm>
    </details>
  );
}
