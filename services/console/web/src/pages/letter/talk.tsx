import { useId, useState } from 'react';
import { Instant } from '../../components/instant.js';
import { Problem } from '../../components/problem.js';
import { counted, longTextLimit, visibleText } from '../../format/text.js';
import { useAction } from '../../identity/use-action.js';
import { useSubmit } from '../../identity/use-submit.js';
import { draftOf, keepDraft } from '../../shell/drafts.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { assign, comment, useColleagues } from './api.js';
import type { Case, Comment, Person } from './read-case.js';

const longestComment = 2_000;

/** Who looks after a letter, and what people say about it. */
export function Talk({ found: { letter, comments } }: { readonly found: Case }) {
  const { person } = useShell();
  const may = mayDo(person, 'letters.discuss');
  return (
    <section className="card" aria-labelledby="talk-title">
      <h2 id="talk-title">Who looks after it</h2>
      <Assignee id={letter.id} now={letter.assignee} may={may} me={person?.subject} />
      <h3>{comments.length === 0 ? 'Nothing was said about it yet' : counted(comments.length, 'comment')}</h3>
      <ol className="comments">
        {comments.map((one) => (
          <Said key={one.id} comment={one} />
        ))}
      </ol>
      {may && <NewComment id={letter.id} />}
    </section>
  );
}

function Said({ comment: { at, by, text } }: { readonly comment: Comment }) {
  return (
    <li>
      <p className="muted">
        {visibleText(by, 80)}, <Instant at={at} />
      </p>
      {text === null ? (
        <p className="muted">Deleted.</p>
      ) : (
        text.split('\n').map((line, index) => <p key={index}>{visibleText(line, longTextLimit) || '\u00a0'}</p>)
      )}
    </li>
  );
}

interface AssigneeProps {
  readonly id: string;
  readonly now: Person | null;
  readonly may: boolean;
  /** Subject of whoever looks at the page; undefined: no identity is configured. */
  readonly me: string | undefined;
}

function Assignee({ id, now, may, me }: AssigneeProps) {
  const { busy, problem, run } = useAction();
  const list = useId();
  const { data: colleagues = [] } = useColleagues(may && me !== undefined);
  const others = colleagues.filter(({ subject }) => subject !== me && subject !== now?.subject);
  const give = (assignee: 'me' | Person | null): void => run(() => assign(id, assignee, now?.subject ?? null));
  return (
    <>
      <p>{now === null ? 'Nobody looks after it.' : <strong>{visibleText(now.name, 80)}</strong>}</p>
      {may && (
        <p className="buttons">
          {(me === undefined ? now === null : now?.subject !== me) && (
            <button type="button" disabled={busy} onClick={() => give('me')}>
              Take it
            </button>
          )}
          {now !== null && (
            <button type="button" disabled={busy} onClick={() => give(null)}>
              Give it back
            </button>
          )}
          {others.length > 0 && (
            <>
              <label htmlFor={list}>Give it to</label>
              <select
                id={list}
                value=""
                disabled={busy}
                onChange={(event) => give(others.find(({ subject }) => subject === event.target.value) ?? null)}
              >
                <option value="">somebody else</option>
                {others.map(({ subject, name }) => (
                  <option key={subject} value={subject}>
                    {visibleText(name, 80)}
                  </option>
                ))}
              </select>
            </>
          )}
        </p>
      )}
      <Problem text={problem} />
    </>
  );
}

function NewComment({ id }: { readonly id: string }) {
  const field = useId();
  const about = `comment ${id}`;
  const [text, setText] = useState(() => draftOf(about) ?? '');
  const change = (next: string): void => {
    setText(next);
    keepDraft(about, next === '' ? undefined : next);
  };
  const { busy, problem, onSubmit } = useSubmit(async () => {
    await comment(id, text);
    change('');
  });
  return (
    <form className="new-comment" onSubmit={onSubmit}>
      <p>
        <label htmlFor={field}>Say something about it</label>
        <textarea
          id={field}
          value={text}
          rows={3}
          required
          maxLength={longestComment}
          aria-describedby={`${field}-hint`}
          onChange={(event) => change(event.target.value)}
        />
        <span id={`${field}-hint`} className="muted">
          Plain text, which nobody can change later. {longestComment - text.length} characters left.
        </span>
      </p>
      <Problem text={problem} />
      <button type="submit" disabled={busy}>
        Comment
      </button>
    </form>
  );
}
