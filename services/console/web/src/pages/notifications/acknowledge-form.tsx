import { useState } from 'react';
import { Problem } from '../../components/problem.js';
import { Field } from '../../identity/field.js';
import { useSubmit } from '../../identity/use-submit.js';
import { acknowledge } from './api.js';

/** Says that somebody looks after it. @param says the notification as it is shown. */
export function AcknowledgeForm({ id, says }: { readonly id: string; readonly says: string }) {
  const [reason, setReason] = useState('');
  const { busy, problem, onSubmit } = useSubmit(() => acknowledge(id, reason));
  return (
    <details className="acknowledge">
      <summary aria-label={`Acknowledge: ${says}`}>Acknowledge</summary>
      <form onSubmit={onSubmit} className="stacked">
        <Problem text={problem} />
        <Field label="Why" value={reason} onChange={setReason} autoComplete="off" hint="Nobody is reminded any more until it is over." />
        <p>
          <button type="submit" className="primary" disabled={busy}>
            Acknowledge
          </button>
        </p>
      </form>
    </details>
  );
}
