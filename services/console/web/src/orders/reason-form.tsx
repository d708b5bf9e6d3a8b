import { useId, useState } from 'react';
import { useSubmit } from '../identity/use-submit.js';
import { Problem } from '../components/problem.js';

interface Props {
  /** What the button does: `Pause`. */
  readonly verb: string;
  /** What happens, as a sentence. */
  readonly text: string;
  readonly onConfirm: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks why, and does it then: everything that somebody decides is kept with a reason. */
export function ReasonForm({ verb, text, onConfirm, onClose }: Props) {
  const id = useId();
  const [reason, setReason] = useState('');
  const { busy, problem, onSubmit } = useSubmit(async () => {
    await onConfirm(reason);
    onClose();
  });
  return (
    <form className="reason-form" onSubmit={onSubmit} aria-label={verb}>
      <p>{text}</p>
      <p className="field">
        <label htmlFor={id}>Why</label>
        <input
          id={id}
          value={reason}
          required
          minLength={3}
          maxLength={1_000}
          autoFocus
          onChange={(event) => setReason(event.target.value)}
        />
      </p>
      <Problem text={problem} />
      <p className="buttons">
        <button type="submit" className="primary" disabled={busy}>
          {verb}
        </button>{' '}
        <button type="button" onClick={onClose}>
          Do nothing
        </button>
      </p>
    </form>
  );
}
