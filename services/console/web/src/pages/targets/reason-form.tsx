import { useState } from 'react';
import { Problem } from '../../components/problem.js';
import { Field } from '../../identity/field.js';
import { useSubmit } from '../../identity/use-submit.js';

interface Props {
  /** What the button says and does. */
  readonly action: string;
  /** What happens, in one sentence. */
  readonly effect: string;
  /** Whom it is about, for those who cannot see beside what it stands. */
  readonly label: string;
  readonly hint: string;
  readonly onSend: (reason: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** Asks why something is ordered, and says what will happen. What was typed stays when the order fails. */
export function ReasonForm({ action, effect, label, hint, onSend, onCancel }: Props) {
  const [reason, setReason] = useState('');
  const { busy, problem, onSubmit } = useSubmit(() => onSend(reason.trim()));
  return (
    <form className="reason-form" aria-label={label} onSubmit={onSubmit}>
      <p>{effect}</p>
      <Field label="Why" value={reason} onChange={setReason} autoComplete="off" hint={hint} autoFocus />
      <Problem text={problem} />
      <p className="actions">
        <button type="submit" className="primary" disabled={busy || reason.trim() === ''}>
          {busy ? 'Sending …' : action}
        </button>{' '}
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </p>
    </form>
  );
}
