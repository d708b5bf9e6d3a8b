import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { visibleText } from '../../format/text.js';
import { useSubmit } from '../../identity/use-submit.js';
import { draftOf, keepDraft } from '../../shell/drafts.js';
import { decide } from './api.js';
import type { Decision, Ordered } from './api.js';
import { orderHref } from './leads.js';

interface Props {
  readonly letter: string;
  readonly name: string;
  /** What the button does: `Replay it`. */
  readonly verb: string;
  /** undefined: it cannot be ordered yet. */
  readonly decision: Decision | undefined;
  readonly onOrdered?: () => void;
  readonly children?: ReactNode;
}

/** Orders something about one letter, with the reason, and says what came of the order. What was typed stays when it is refused. */
export function DecisionForm({ letter, name, verb, decision, onOrdered, children }: Props) {
  const field = useId();
  const about = `why ${name} ${letter}`;
  const [reason, setReason] = useState(() => draftOf(about) ?? '');
  const change = (next: string): void => {
    setReason(next);
    keepDraft(about, next === '' ? undefined : next);
  };
  const [ordered, setOrdered] = useState<Ordered>();
  const { busy, problem, onSubmit } = useSubmit(async () => {
    if (!decision) return;
    setOrdered(await decide(letter, decision, reason));
    change('');
    onOrdered?.();
  });
  if (ordered) return <OrderedNote ordered={ordered} />;
  return (
    <form className="decision" onSubmit={onSubmit} aria-label={name}>
      {children}
      <p className="field">
        <label htmlFor={field}>Why</label>
        <input
          id={field}
          value={reason}
          required
          minLength={3}
          maxLength={1_000}
          autoComplete="off"
          onChange={(event) => change(event.target.value)}
        />
      </p>
      <Problem text={problem} />
      <button type="submit" className="primary" disabled={busy || !decision}>
        {verb}
      </button>
    </form>
  );
}

/** What became of an order in the moment when it was given. */
export function OrderedNote({ ordered: { id, waitsFor } }: { readonly ordered: Ordered }) {
  return (
    <div className="notice" role="status">
      <p>
        Ordered as <code>{visibleText(id, 60)}</code>.{' '}
        {waitsFor.length === 0 ? 'It is carried out now.' : 'It waits until somebody else approves it:'}{' '}
        <Link href={orderHref(id)}>What becomes of it</Link>
      </p>
      {waitsFor.map((why, index) => (
        <p key={index}>{visibleText(why, 600)}</p>
      ))}
    </div>
  );
}
