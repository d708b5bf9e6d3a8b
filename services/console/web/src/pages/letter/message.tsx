import { Suspense, useMemo, useState } from 'react';
import { placeOf } from '../../code/json-place.js';
import { jsonText } from '../../code/json-text.js';
import { JsonView } from '../../code/lazy.js';
import type { Mark } from '../../code/marks.js';
import { Problem } from '../../components/problem.js';
import { counted, longTextLimit, visibleText } from '../../format/text.js';
import { draftOf } from '../../shell/drafts.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { useMessage } from './api.js';
import { TryIt } from './dry-run.js';
import { Editor } from './editor.js';
import { guiltyPlace } from './guilty-place.js';
import type { Case } from './read-case.js';
import type { Message as MessageShape } from './read-message.js';

/** What the message of a letter holds, when somebody wants to see it: reading it is recorded. */
export function Message({ found }: { readonly found: Case }) {
  const { letter, kept } = found;
  const { person } = useShell();
  const [wanted, setWanted] = useState(() => draftOf(`edit ${letter.id}`) !== undefined);
  const may = mayDo(person, 'payloads.read');
  const { data: message, problem } = useMessage(letter.id, wanted && may);
  return (
    <section className="card" aria-labelledby="message-title">
      <h2 id="message-title">The message</h2>
      {!may && (
        <p className="notice muted">
          What it holds may be about people, and is shown to whoever has the permission <code>payloads.read</code>.
        </p>
      )}
      {!kept && <p className="notice">Its bytes are not kept any more, or cannot be read, so it can be neither shown nor replayed.</p>}
      {may && !wanted && (
        <p>
          <button type="button" data-key="e" onClick={() => setWanted(true)}>
            Show the message
          </button>{' '}
          <span className="muted">That you read it is recorded in the audit trail.</span>
        </p>
      )}
      <Problem text={problem} />
      {may && wanted && message === undefined && problem === undefined && <p className="notice muted">Loading the message.</p>}
      {message !== undefined && <Contents found={found} message={message} />}
    </section>
  );
}

function Contents({ found: { letter, guilty: named }, message }: { readonly found: Case; readonly message: MessageShape }) {
  const { person } = useShell();
  const text = useMemo(() => jsonText(message.value), [message.value]);
  const guilty = useMemo(() => guiltyPlace(named, message.value), [named, message.value]);
  const marks = useMemo(() => marksOf(guilty), [guilty]);
  const [editing, setEditing] = useState(() => draftOf(`edit ${letter.id}`) !== undefined);
  const mayEdit = mayDo(person, 'orders.edit') && letter.state === 'open' && message.problem === null;
  const isShown = message.value !== null;
  return (
    <>
      {message.problem !== null && <p className="notice bad">It cannot be shown in full: {visibleText(message.problem, longTextLimit)}.</p>}
      {isShown && <GuiltyNote guilty={guilty} text={text} />}
      {isShown && (
        <Suspense fallback={<p className="notice muted">Loading the view.</p>}>
          <JsonView label="What the message holds" text={text} marks={marks} />
        </Suspense>
      )}
      <p className="muted">{counted(message.length, 'byte')}.</p>
      <SchemaDocs schema={message.schema} />
      <Headers message={message} />
      {message.problem === null && !editing && <TryIt letter={letter.id} />}
      {mayEdit && !editing && (
        <p>
          <button type="button" data-key="e" onClick={() => setEditing(true)}>
            Edit it
          </button>
        </p>
      )}
      {letter.state !== 'open' && <LeftDraft letter={letter.id} />}
      {mayEdit && editing && <Editor letter={letter.id} before={text} onClose={() => setEditing(false)} />}
    </>
  );
}

/** What was typed before somebody else decided about the letter: it is not ordered, and not lost. */
function LeftDraft({ letter }: { readonly letter: string }) {
  const text = draftOf(`edit ${letter}`);
  if (text === undefined) return null;
  return (
    <details open>
      <summary>What you typed, which is not ordered</summary>
      <pre className="left-draft">{text.split('\n').map((line) => `${visibleText(line, longTextLimit)}\n`)}</pre>
    </details>
  );
}

function marksOf(guilty: Case['guilty']): readonly Mark[] {
  return guilty === null || guilty.path === null || guilty.path === ''
    ? []
    : [{ path: guilty.path, text: `It failed because of ${guilty.named}` }];
}

/** Which field is to blame, or that nobody knows. */
export function GuiltyNote({ guilty, text }: { readonly guilty: Case['guilty']; readonly text: string }) {
  if (guilty === null) return <p className="notice muted">The failure names no field, so none is marked.</p>;
  const named = <code>{visibleText(guilty.named, 200)}</code>;
  if (guilty.path === null)
    return <p className="notice">The failure names {named}: a field of the ERP document that a mapping fills, not one of this message.</p>;
  if (guilty.path === '') return <p className="notice">The failure is about the whole message.</p>;
  const place = placeOf(text, guilty.path);
  if (place?.exact) return <p className="notice">It failed because of {named}, which is marked.</p>;
  return <p className="notice">It failed because of {named}, which the message does not have; what should have it is marked.</p>;
}

function SchemaDocs({ schema }: { readonly schema: MessageShape['schema'] }) {
  if (schema === null) return <p className="muted">It is JSON, without a registered schema.</p>;
  const { id, name, version, isCurrent, doc, fields } = schema;
  return (
    <details>
      <summary>
        Schema <code>{visibleText(name, 120)}</code> ({version === null ? '' : `version ${version}, `}id {visibleText(id, 20)}
        {isCurrent ? ', as messages are written today' : ', not the schema of today: messages are written with another version now'}),{' '}
        {counted(fields.length, 'field')}
      </summary>
      {doc !== null && <p>{visibleText(doc, longTextLimit)}</p>}
      <dl className="letter-facts">
        {fields.map(({ path, type, doc: meaning }, index) => (
          <div key={index}>
            <dt>
              <code>{visibleText(path, 200)}</code>
            </dt>
            <dd>
              <span className="muted">{visibleText(type, 120)}</span> {meaning === null ? '' : visibleText(meaning, 400)}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Headers({ message: { key, headers } }: { readonly message: MessageShape }) {
  return (
    <details>
      <summary>Key and {counted(headers.length, 'header')}</summary>
      <dl className="letter-facts">
        {[{ name: 'Key', value: key }, ...headers].map(({ name, value }, index) => (
          <div key={index}>
            <dt>{visibleText(name, 80)}</dt>
            <dd>
              <code>{visibleText(value, longTextLimit)}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
